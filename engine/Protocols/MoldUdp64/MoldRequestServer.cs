namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>Answers requests for messages that a receiver missed. No I/O inside: the caller sends the answer to whoever asked.</summary>
/// <param name="session">The one session served.</param>
/// <param name="store">Where the messages are.</param>
/// <param name="packetBytesMax">Longest answer.</param>
public sealed class MoldRequestServer(
    MoldSession session, MoldMessageStore store, int packetBytesMax = MoldPacketBuilder.PacketBytesDefault)
{
    private readonly byte[] _answer = new byte[packetBytesMax];

    /// <summary>Builds the answer: from the first message wanted, as many whole ones as were asked for, are there and fit.</summary>
    /// <returns>
    /// The packet, valid until the next call; empty when the request is malformed, of another session, or its first message is not
    /// there. The document does not say what to answer then; silence is what other servers give.
    /// </returns>
    public ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> request)
    {
        if (request.Length != MoldHeader.Length || !MoldHeader.TryRead(request, out MoldHeader wanted)) return default;
        if (wanted.Session != session) return default;
        int length = MoldHeader.Length;
        ushort count = 0;
        while (count < wanted.MessageCount
            && count < MoldHeader.MessageCountMax
            && store.TryGetBlock(wanted.SequenceNumber + count, out ReadOnlySpan<byte> block)
            && length + block.Length <= _answer.Length)
        {
            block.CopyTo(_answer.AsSpan(length));
            length += block.Length;
            count++;
        }

        if (count == 0) return default;
        new MoldHeader(session, wanted.SequenceNumber, count).Write(_answer);
        return _answer.AsSpan(0, length);
    }
}
