namespace MarketMaker.Tests.Simulation;

/// <summary>One direction of a connection: pieces of bytes, each with the time at which it arrives. In order, as TCP promises.</summary>
internal sealed class BytesUnderWay(VirtualTime time, Random random)
{
    private const int DelayMaxNs = 1_500_000;

    private readonly Queue<(long AtNs, byte[] Bytes)> _pieces = [];
    private int _readOfFirst;
    private long _lastAtNs;

    public bool IsEmpty => _pieces.Count == 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _lastAtNs = Math.Max(_lastAtNs, time.NowNs + random.Next(20_000, DelayMaxNs));
        _pieces.Enqueue((_lastAtNs, bytes.ToArray()));
    }

    /// <summary>Reads what has arrived and fits.</summary>
    public int Read(Span<byte> into)
    {
        int read = 0;
        while (read < into.Length && _pieces.TryPeek(out (long AtNs, byte[] Bytes) piece) && piece.AtNs <= time.NowNs)
        {
            int bytes = Math.Min(into.Length - read, piece.Bytes.Length - _readOfFirst);
            piece.Bytes.AsSpan(_readOfFirst, bytes).CopyTo(into[read..]);
            read += bytes;
            _readOfFirst += bytes;
            if (_readOfFirst < piece.Bytes.Length) continue;
            _pieces.Dequeue();
            _readOfFirst = 0;
        }

        return read;
    }

    public void Clear()
    {
        _pieces.Clear();
        _readOfFirst = 0;
    }

    /// <summary>Keeps only the first part of what is under way, cut anywhere.</summary>
    public void LosePart()
    {
        byte[] left = [.. _pieces.SelectMany(piece => piece.Bytes).Skip(_readOfFirst)];
        Clear();
        Write(left.AsSpan(0, random.Next(left.Length + 1)));
    }
}
