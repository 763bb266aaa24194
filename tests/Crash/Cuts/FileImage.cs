namespace MarketMaker.Tests.Crash.Cuts;

/// <summary>The bytes of a file as a disk may hold them; what was never written before its end is zero.</summary>
internal sealed class FileImage(int capacityBytes)
{
    private readonly byte[] _bytes = new byte[capacityBytes];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    internal void CopyFrom(FileImage other)
    {
        other.Bytes.CopyTo(_bytes);
        if (Length > other.Length) _bytes.AsSpan(other.Length, Length - other.Length).Clear();
        Length = other.Length;
    }

    internal void Apply(long offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan((int)offset));
        Length = Math.Max(Length, (int)offset + bytes.Length);
    }

    /// <summary>Applies those sectors of a write that a choice keeps.</summary>
    internal void ApplySectors(long offset, ReadOnlySpan<byte> bytes, int sectorBytes, Func<bool> keeps)
    {
        for (int from = 0; from < bytes.Length;)
        {
            int to = (int)Math.Min(bytes.Length, (offset + from) / sectorBytes * sectorBytes + sectorBytes - offset);
            if (keeps()) Apply(offset + from, bytes[from..to]);
            from = to;
        }
    }
}
