using System.Buffers.Binary;

namespace MarketMaker.Platform.Lmdb;

/// <summary>A tree as LMDB describes it: 48 bytes in a meta page or, of a named table, in the main tree.</summary>
internal readonly record struct LmdbTree(uint Pad, ushort Flags, ushort Depth, long BranchPages, long LeafPages, long OverflowPages, long Entries, long Root)
{
    internal const int SizeBytes = 48;
    internal const ushort IntegerKey = 0x08;

    /// <summary>The root of a tree without entries.</summary>
    internal const long NoRoot = -1;

    internal static LmdbTree Parse(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        Long(bytes, 8), Long(bytes, 16), Long(bytes, 24), Long(bytes, 32), Long(bytes, 40));

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}

/// <summary>One of the two pages a snapshot begins at, as LMDB 1.0 lays it out (data format 3). Transaction N writes meta page N % 2.</summary>
internal readonly record struct LmdbMetaPage(LmdbTree Free, LmdbTree Main, long LastPage, long TransactionId)
{
    internal const int SizeBytes = 24 + 24 + 2 * LmdbTree.SizeBytes + 16;
    private const uint Magic = 0xBEEFC0DE;
    private const uint DataVersion = 3;
    private const ushort MetaFlag = 0x08;

    internal static bool IsOne(ReadOnlySpan<byte> page) =>
        BinaryPrimitives.ReadUInt16LittleEndian(page[18..]) == MetaFlag
        && BinaryPrimitives.ReadUInt32LittleEndian(page[LmdbPage.HeaderBytes..]) == Magic
        && BinaryPrimitives.ReadUInt32LittleEndian(page[(LmdbPage.HeaderBytes + 4)..]) == DataVersion;

    /// <exception cref="LmdbException">A field that never changes is not what it must be.</exception>
    internal static LmdbMetaPage Parse(int index, ReadOnlySpan<byte> page, int pageBytes)
    {
        ReadOnlySpan<byte> meta = page[LmdbPage.HeaderBytes..];
        LmdbMetaPage parsed = new(LmdbTree.Parse(meta[24..]), LmdbTree.Parse(meta[72..]),
            BinaryPrimitives.ReadInt64LittleEndian(meta[120..]), BinaryPrimitives.ReadInt64LittleEndian(meta[128..]));
        string? damage =
            !IsOne(page) ? "is no meta page of this format"
            : BinaryPrimitives.ReadInt64LittleEndian(meta[8..]) != 0 ? "wants an address"
            : parsed.Free.Pad != pageBytes ? $"names pages of {parsed.Free.Pad} bytes"
            : parsed.Free.Flags != LmdbTree.IntegerKey || parsed.Main.Flags != 0 ? "has flags that are never set"
            : null;
        return damage is null ? parsed : throw LmdbPage.Damaged(index, damage);
    }
}
