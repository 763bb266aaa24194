namespace MarketMaker.Venue.Feed;

/// <summary>One of the redundant ways on which the feed's packets leave (line A, line B).</summary>
public interface IFeedLine
{
    /// <summary>Takes a packet; it leaves at the latest with <see cref="Flush"/>.</summary>
    void Send(ReadOnlySpan<byte> packet);

    /// <summary>Sends what was taken so far.</summary>
    void Flush();
}
