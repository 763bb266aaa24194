using System.Buffers.Binary;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>The twenty bytes that open every packet, and that are the whole of a request.</summary>
/// <param name="Session">The stream.</param>
/// <param name="SequenceNumber">
/// Number of the first message in the packet; of a heartbeat or an end of session, the number that comes next; of a request, the
/// first message wanted.
/// </param>
/// <param name="MessageCount">
/// Message blocks in the packet, <see cref="Heartbeat"/> or <see cref="EndOfSession"/>; of a request, how many messages are wanted.
/// </param>
public readonly record struct MoldHeader(MoldSession Session, ulong SequenceNumber, ushort MessageCount)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 20;

    /// <summary>Message count of a packet without messages.</summary>
    public const ushort Heartbeat = 0;

    /// <summary>Message count of a packet that ends the session.</summary>
    public const ushort EndOfSession = 0xFFFF;

    /// <summary>The most messages a packet can hold.</summary>
    public const ushort MessageCountMax = 0xFFFE;

    /// <summary>Blocks that follow the header of a downstream packet.</summary>
    public int BlockCount => MessageCount == EndOfSession ? 0 : MessageCount;

    /// <summary>Reads the start of a packet; false when it is too short.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out MoldHeader header)
    {
        if (packet.Length < Length)
        {
            header = default;
            return false;
        }

        packet = packet[..Length];
        header = new(
            MoldSession.Read(packet),
            BinaryPrimitives.ReadUInt64BigEndian(packet[10..]),
            BinaryPrimitives.ReadUInt16BigEndian(packet[18..]));
        return true;
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="packet"/>, which must be long enough.</summary>
    public void Write(Span<byte> packet)
    {
        packet = packet[..Length];
        Session.Write(packet);
        BinaryPrimitives.WriteUInt64BigEndian(packet[10..], SequenceNumber);
        BinaryPrimitives.WriteUInt16BigEndian(packet[18..], MessageCount);
    }
}
