namespace MarketMaker.Venue.Orders;

/// <summary>All sequenced messages of an order session, kept for replay: chunks that are taken as the session grows, up to a bound.</summary>
/// <remarks>It is also every client's outgoing buffer: a client that does not read only falls behind in it. Belongs to one thread.</remarks>
public sealed class SequencedStore(long bytesMax)
{
    private const int ChunkBytes = 1 << 20;
    private const int IndexBlock = 1 << 16;

    private readonly List<byte[]> _chunks = [];
    private readonly List<long[]> _index = [];
    private int _used = ChunkBytes;

    /// <summary>The number of the last message; 0 while there is none.</summary>
    public long Last { get; private set; }

    /// <summary>Whether less than one chunk is left of the bound: time to take no more orders.</summary>
    public bool IsNearlyFull => (_chunks.Count + 1L) * ChunkBytes > bytesMax;

    /// <summary>Appends a message.</summary>
    /// <returns>Its number; 0 when the bound is reached, and then nothing is kept.</returns>
    public long Add(ReadOnlySpan<byte> message)
    {
        int bytes = sizeof(ushort) + message.Length;
        if (_used + bytes > ChunkBytes)
        {
            if ((_chunks.Count + 1L) * ChunkBytes > bytesMax) return 0;
            _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes));
            _used = 0;
        }

        if (Last % IndexBlock == 0) _index.Add(new long[IndexBlock]);
        _index[^1][Last % IndexBlock] = (_chunks.Count - 1L) * ChunkBytes + _used;
        Span<byte> place = _chunks[^1].AsSpan(_used);
        BitConverter.TryWriteBytes(place, (ushort)message.Length);
        message.CopyTo(place[sizeof(ushort)..]);
        _used += bytes;
        return ++Last;
    }

    /// <summary>The message with a number from 1 to <see cref="Last"/>.</summary>
    public ReadOnlySpan<byte> this[long sequence]
    {
        get
        {
            long at = _index[(int)((sequence - 1) / IndexBlock)][(sequence - 1) % IndexBlock];
            ReadOnlySpan<byte> place = _chunks[(int)(at / ChunkBytes)].AsSpan((int)(at % ChunkBytes));
            return place.Slice(sizeof(ushort), BitConverter.ToUInt16(place));
        }
    }
}
