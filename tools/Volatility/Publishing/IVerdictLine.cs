namespace MarketMaker.Volatility.Publishing;

/// <summary>One destination of the channel: a multicast group or an engine.</summary>
internal interface IVerdictLine
{
    /// <summary>Takes a packet; it may wait for <see cref="Flush"/>.</summary>
    void Send(ReadOnlySpan<byte> packet);

    /// <summary>Sends what waits, without waiting itself.</summary>
    void Flush();
}
