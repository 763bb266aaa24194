using System.Buffers.Binary;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>What the start of a byte stream holds.</summary>
public enum FrameStatus
{
    /// <summary>Not yet a whole packet.</summary>
    NeedMore,

    /// <summary>A whole packet.</summary>
    Frame,

    /// <summary>No packet: the length field says 0, so not even a type follows.</summary>
    Malformed,
}

/// <summary>The frame of every packet: a big-endian length, which counts all bytes after itself, and a type letter.</summary>
public static class SoupBinFrame
{
    /// <summary>Length field and type.</summary>
    public const int HeaderBytes = 3;

    /// <summary>The longest packet that the 16-bit length can describe, length field included.</summary>
    public const int PacketBytesMax = 2 + ushort.MaxValue;

    /// <summary>The longest payload.</summary>
    public const int PayloadBytesMax = ushort.MaxValue - 1;

    /// <summary>Finds the first packet in <paramref name="buffer"/>.</summary>
    /// <param name="buffer">Bytes of the stream, from a packet's start on.</param>
    /// <param name="type">Its type letter; 0 unless there is a frame.</param>
    /// <param name="payload">The bytes after the type, inside <paramref name="buffer"/>.</param>
    /// <param name="consumed">Bytes of the whole packet; 0 unless there is a frame.</param>
    public static FrameStatus TryRead(ReadOnlySpan<byte> buffer, out byte type, out ReadOnlySpan<byte> payload, out int consumed)
    {
        type = 0;
        payload = default;
        consumed = 0;
        if (buffer.Length < 2) return FrameStatus.NeedMore;
        int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
        if (length == 0) return FrameStatus.Malformed;
        if (buffer.Length < 2 + length) return FrameStatus.NeedMore;
        type = buffer[2];
        payload = buffer.Slice(HeaderBytes, length - 1);
        consumed = 2 + length;
        return FrameStatus.Frame;
    }

    /// <summary>Writes length and type; the caller writes the payload behind them.</summary>
    /// <param name="destination">At least <see cref="HeaderBytes"/> long.</param>
    /// <param name="type">Type letter.</param>
    /// <param name="payloadBytes">At most <see cref="PayloadBytesMax"/>.</param>
    public static void WriteHeader(Span<byte> destination, byte type, int payloadBytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(payloadBytes + 1));
        destination[2] = type;
    }

    /// <summary>Appends a whole packet to <paramref name="queue"/>.</summary>
    /// <returns>False, and nothing is written, when it does not fit or the payload is longer than the length field can say.</returns>
    public static bool TryWrite(ByteQueue queue, byte type, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > PayloadBytesMax) return false;
        Span<byte> space = queue.Space(HeaderBytes + payload.Length);
        if (space.IsEmpty) return false;
        WriteHeader(space, type, payload.Length);
        payload.CopyTo(space[HeaderBytes..]);
        queue.Commit(HeaderBytes + payload.Length);
        return true;
    }
}
