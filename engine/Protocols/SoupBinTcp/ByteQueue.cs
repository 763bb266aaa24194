using MarketMaker.Platform.Network;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>
/// Bytes on their way in or out of one connection: a bounded, contiguous first-in-first-out buffer. Its memory is taken once.
/// Belongs to one thread.
/// </summary>
/// <param name="capacityBytes">The most it can hold.</param>
public sealed class ByteQueue(int capacityBytes)
{
    // Pinned, so that the kernel can read and write it without the collector's knowledge.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(capacityBytes, pinned: true);
    private int _head;
    private int _tail;

    /// <summary>The most it can hold, in bytes.</summary>
    public int CapacityBytes => _bytes.Length;

    /// <summary>Bytes held.</summary>
    public int Count => _tail - _head;

    /// <summary>Bytes that still fit.</summary>
    public int FreeBytes => _bytes.Length - Count;

    /// <summary>The bytes held, oldest first.</summary>
    public ReadOnlySpan<byte> Pending => _bytes.AsSpan(_head, Count);

    /// <summary>Room for new bytes, at least <paramref name="wantedBytes"/> of it if that much is free, else empty.</summary>
    public Span<byte> Space(int wantedBytes)
    {
        if (wantedBytes > FreeBytes) return default;
        if (wantedBytes > _bytes.Length - _tail) Compact();
        return _bytes.AsSpan(_tail);
    }

    /// <summary>Keeps <paramref name="bytes"/> that were written into <see cref="Space"/>.</summary>
    public void Commit(int bytes) => _tail += bytes;

    /// <summary>Drops the oldest <paramref name="bytes"/>.</summary>
    public void Take(int bytes)
    {
        _head += bytes;
        if (_head == _tail) Clear();
    }

    /// <summary>Keeps the oldest <paramref name="bytes"/> and forgets the rest.</summary>
    public void Truncate(int bytes) => _tail = _head + bytes;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _head = _tail = 0;

    /// <summary>Writes what the stream takes.</summary>
    /// <returns>Bytes taken, 0 when it is full or nothing is held, -1 when the connection broke.</returns>
    public int FlushTo<TStream>(TStream stream) where TStream : IByteStream
    {
        if (Count == 0) return 0;
        int taken = stream.Send(Pending);
        if (taken > 0) Take(taken);
        return taken;
    }

    /// <summary>Reads what the stream has and what fits.</summary>
    /// <returns>Bytes read, 0 when there are none or no room, -1 when the connection ended.</returns>
    public int FillFrom<TStream>(TStream stream) where TStream : IByteStream
    {
        Span<byte> space = Space(FreeBytes);
        if (space.IsEmpty) return 0;
        int read = stream.Receive(space);
        if (read > 0) Commit(read);
        return read;
    }

    private void Compact()
    {
        Pending.CopyTo(_bytes);
        _tail = Count;
        _head = 0;
    }
}
