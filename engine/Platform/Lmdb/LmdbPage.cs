using System.Buffers.Binary;

namespace MarketMaker.Platform.Lmdb;

/// <summary>One page of a tree, in memory of our own: nothing in it is believed before <see cref="Check"/> has returned.</summary>
/// <param name="bytes">The whole page.</param>
internal readonly ref struct LmdbPage(ReadOnlySpan<byte> bytes)
{
    internal const int HeaderBytes = 24;
    internal const int OverflowReferenceBytes = 24;
    private const int NodeHeaderBytes = 8;
    private const ushort Branch = 0x01, Leaf = 0x02, Overflow = 0x04;
    private const ushort BigData = 0x01, SubData = 0x02;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal long Number => Long(0);

    internal long TransactionId => Long(8);

    internal int Count => Lower >> 1;

    /// <summary>Pages of an overflow value.</summary>
    internal uint OverflowPages => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[20..]);

    private ushort Flags => Short(18);

    private int Lower => Short(20);

    private int Upper => Short(22);

    internal static LmdbException Damaged(long number, string how) =>
        new($"page {number} of data.mdb is damaged: it {how}", LmdbStatus.Corrupted);

    /// <summary>Whether its bytes are those that were written; of a page without a checksum, always.</summary>
    internal bool IsAsWritten(bool hasChecksum) => !hasChecksum || PageChecksum.IsRight(_bytes);

    /// <summary>Proves that the page is the one wanted and that every node lies inside it.</summary>
    /// <exception cref="LmdbException">It is not. Names the page.</exception>
    internal void Check(long number, bool isLeaf, long newestTransactionId, bool hasChecksum)
    {
        if (Number != number) throw Damaged(number, $"says that it is page {Number}");
        if (TransactionId < 0 || TransactionId > newestTransactionId) throw Damaged(number, "is newer than the last commit");
        if (Flags != (isLeaf ? Leaf : Branch)) throw Damaged(number, $"is not the {(isLeaf ? "leaf" : "branch")} that the page above it names");
        int end = _bytes.Length - HeaderBytes - (hasChecksum ? PageChecksum.Bytes : 0);
        if ((Lower & 1) != 0 || Lower > Upper || Upper > end || Count == 0) throw Damaged(number, "names its own bounds wrongly");
        for (int i = 0; i < Count; i++)
        {
            int at = Offset(i);
            bool isInside = at >= Upper && (at & 1) == 0 && at + NodeHeaderBytes <= end && at + NodeHeaderBytes + KeyBytes(i) <= end;
            if (!isInside || (isLeaf && !IsLeafNodeInside(i, end))) throw Damaged(number, $"has a node {i} that lies outside it");
        }
    }

    internal void CheckOverflow(long number, long newestTransactionId, long pages, bool hasChecksum)
    {
        if (!IsAsWritten(hasChecksum)) throw Damaged(number, "does not match its checksum");
        if (Number != number || Flags != Overflow || OverflowPages != pages || TransactionId > newestTransactionId)
            throw Damaged(number, "is not the large value that a leaf names");
    }

    internal ReadOnlySpan<byte> Key(int i) => _bytes.Slice(HeaderBytes + Offset(i) + NodeHeaderBytes, KeyBytes(i));

    /// <summary>A leaf's value in the page, or the reference to its overflow pages.</summary>
    internal ReadOnlySpan<byte> Value(int i) => _bytes.Slice(HeaderBytes + DataAt(i), IsBig(i) ? OverflowReferenceBytes : (int)DataBytes(i));

    internal long ValueBytes(int i) => DataBytes(i);

    internal bool IsBig(int i) => NodeFlags(i) == BigData;

    internal bool IsTable(int i) => NodeFlags(i) == SubData;

    internal long Child(int i)
    {
        ReadOnlySpan<byte> node = Node(i);
        return BinaryPrimitives.ReadUInt32LittleEndian(node) | (long)BinaryPrimitives.ReadUInt16LittleEndian(node[4..]) << 32;
    }

    private bool IsLeafNodeInside(int i, int end) =>
        NodeFlags(i) is 0 or BigData or SubData && DataAt(i) + (IsBig(i) ? OverflowReferenceBytes : DataBytes(i)) <= end;

    private int DataAt(int i) => Offset(i) + NodeHeaderBytes + (KeyBytes(i) + 1 & ~1);

    private long DataBytes(int i) => BinaryPrimitives.ReadUInt32LittleEndian(Node(i));

    private ushort NodeFlags(int i) => BinaryPrimitives.ReadUInt16LittleEndian(Node(i)[4..]);

    private int KeyBytes(int i) => BinaryPrimitives.ReadUInt16LittleEndian(Node(i)[6..]);

    private int Offset(int i) => Short(HeaderBytes + 2 * i);

    private ReadOnlySpan<byte> Node(int i) => _bytes[(HeaderBytes + Offset(i))..];

    private ushort Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[at..]);

    private long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes[at..]);
}
