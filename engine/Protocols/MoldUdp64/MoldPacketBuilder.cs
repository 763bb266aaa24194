using System.Buffers.Binary;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>The sending side: numbers the messages of a session and packs them.</summary>
/// <remarks>
/// Add messages until one does not fit, send what <see cref="Finish"/> returns, go on. Every span returned is the builder's own
/// buffer and stays valid until the next call. Belongs to one thread; allocates nothing after its constructor.
/// </remarks>
public sealed class MoldPacketBuilder
{
    /// <summary>A packet that fits an Ethernet frame with room for IP, UDP and tunnels.</summary>
    public const int PacketBytesDefault = 1400;

    private readonly byte[] _packet;
    private readonly MoldSession _session;
    private int _length = MoldHeader.Length;

    /// <summary>Starts a session, or goes on with one.</summary>
    /// <param name="session">The name of the stream.</param>
    /// <param name="packetBytesMax">Longest packet, header included.</param>
    /// <param name="firstSequence">Number of the first message; a session begins at 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The packet would have no room for a message.</exception>
    public MoldPacketBuilder(MoldSession session, int packetBytesMax = PacketBytesDefault, ulong firstSequence = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packetBytesMax, MoldHeader.Length + MoldPacket.BlockLengthBytes);
        _session = session;
        _packet = new byte[packetBytesMax];
        NextSequence = firstSequence;
    }

    /// <summary>The number the next message will get.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>Messages in the packet that is being built.</summary>
    public int MessageCount { get; private set; }

    /// <summary>Makes room for a message to be written in place; its number is <see cref="NextSequence"/> before the call.</summary>
    /// <returns>False when it does not fit any more: send the packet first.</returns>
    public bool TryReserve(int messageBytes, out Span<byte> message)
    {
        int end = _length + MoldPacket.BlockLengthBytes + messageBytes;
        if (messageBytes > ushort.MaxValue || end > _packet.Length || MessageCount == MoldHeader.MessageCountMax)
        {
            message = default;
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(_length), (ushort)messageBytes);
        message = _packet.AsSpan(_length + MoldPacket.BlockLengthBytes, messageBytes);
        _length = end;
        MessageCount++;
        NextSequence++;
        return true;
    }

    /// <summary>Adds a message; false when it does not fit any more.</summary>
    public bool TryAdd(ReadOnlySpan<byte> message)
    {
        if (!TryReserve(message.Length, out Span<byte> place)) return false;
        message.CopyTo(place);
        return true;
    }

    /// <summary>Completes the packet and begins the next; empty when no message was added.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (MessageCount == 0) return default;
        new MoldHeader(_session, NextSequence - (ulong)MessageCount, (ushort)MessageCount).Write(_packet);
        ReadOnlySpan<byte> packet = _packet.AsSpan(0, _length);
        MessageCount = 0;
        _length = MoldHeader.Length;
        return packet;
    }

    /// <summary>A packet without messages, for about every second of silence. Empty while a packet is being built.</summary>
    public ReadOnlySpan<byte> Heartbeat() => Bare(MoldHeader.Heartbeat);

    /// <summary>The packet that takes the heartbeat's place once the session is over. Empty while a packet is being built.</summary>
    public ReadOnlySpan<byte> EndOfSession() => Bare(MoldHeader.EndOfSession);

    private ReadOnlySpan<byte> Bare(ushort messageCount)
    {
        // The number of messages already in an unfinished packet would be announced before they were sent.
        if (MessageCount != 0) return default;
        new MoldHeader(_session, NextSequence, messageCount).Write(_packet);
        return _packet.AsSpan(0, MoldHeader.Length);
    }
}
