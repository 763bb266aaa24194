namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>Takes the messages that <see cref="MoldReceiver"/> delivers. A struct type parameter, so that a call is direct.</summary>
public interface IMoldMessageHandler
{
    /// <summary>One message, the first copy of its number.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="message">Its bytes, inside the packet: valid during the call.</param>
    /// <param name="isRecovered">It fills a gap: messages with higher numbers have been delivered before it.</param>
    void OnMessage(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered);
}
