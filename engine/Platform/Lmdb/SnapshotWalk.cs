using System.Buffers.Binary;
using System.Collections;

namespace MarketMaker.Platform.Lmdb;

/// <summary>Which tree a walk is in: what its leaves hold.</summary>
internal enum WalkedTree
{
    /// <summary>Pages that may be written anew.</summary>
    Free,

    /// <summary>The named tables.</summary>
    Main,

    /// <summary>Rows.</summary>
    Table,

    /// <summary>Rows with a checksum of their own.</summary>
    CheckedTable,
}

/// <summary>What is walked of a snapshot.</summary>
internal enum WalkedPart
{
    /// <summary>All trees.</summary>
    Everything,

    /// <summary>The tables, without the one whose rows have checksums.</summary>
    OtherTables,

    /// <summary>Some rows of that one.</summary>
    CheckedRows,
}

/// <summary>Walks the trees of one snapshot: every page once, in the order of its keys, with the counts its tree promises.</summary>
/// <param name="pages">Reads and proves one page.</param>
/// <param name="meta">Where the snapshot's trees begin.</param>
/// <param name="checkedTable">The table whose rows carry checksums.</param>
/// <param name="isWhole">Compares one of them.</param>
/// <param name="seen">A bit for each page of the snapshot, all of them 0.</param>
internal sealed class SnapshotWalk(LmdbPageCheck pages, LmdbMetaPage meta, byte[] checkedTable, LmdbRowCheck isWhole, BitArray seen)
{
    private long _branches, _leaves, _overflows, _entries;

    internal long PagesSeen { get; private set; }

    internal WalkedPart Part { get; init; } = WalkedPart.Everything;

    /// <summary>First key wanted of <see cref="WalkedPart.CheckedRows"/>.</summary>
    internal long From { get; init; }

    /// <summary>Rows wanted of <see cref="WalkedPart.CheckedRows"/>.</summary>
    internal long RowsWanted { get; set; }

    /// <summary>Whether a damaged row of <see cref="WalkedPart.CheckedRows"/> is damage here, and not left to who reads it.</summary>
    internal bool RowsMustBeWhole { get; init; }

    /// <summary>Key of the last row that was wanted and walked.</summary>
    internal long LastRow { get; private set; }

    internal void Walk(LmdbTree tree, WalkedTree kind, int depth = 0)
    {
        if (tree.Root == LmdbTree.NoRoot)
        {
            if (tree.Entries != 0 || tree.Depth != 0) throw LmdbPage.Damaged(meta.TransactionId & 1, "or a table's row has entries and no root");
            return;
        }

        (long, long, long, long) outer = (_branches, _leaves, _overflows, _entries);
        (_branches, _leaves, _overflows, _entries) = (0, 0, 0, 0);
        Follow(tree, kind, tree.Root, tree.Depth, depth, default);
        bool isWalkedWhole = Part != WalkedPart.CheckedRows;
        if (isWalkedWhole && (_branches, _leaves, _overflows, _entries) != (tree.BranchPages, tree.LeafPages, tree.OverflowPages, tree.Entries))
            throw LmdbPage.Damaged(tree.Root, "is the root of a tree that has not the pages and entries it is said to have");
        (_branches, _leaves, _overflows, _entries) = outer;
    }

    private void Follow(in LmdbTree tree, WalkedTree kind, long number, int levels, int depth, ReadOnlySpan<byte> least)
    {
        if (levels < 1) throw LmdbPage.Damaged(number, "lies deeper than its tree");
        LmdbPage page = pages.ReadTreePage(depth, number, isLeaf: levels == 1, meta, out bool isAsWritten);
        See(number, 1);
        if (!isAsWritten) Explain(page, number, canBeRow: levels == 1 && kind == WalkedTree.CheckedTable);
        CheckOrder(page, number, tree, isLeaf: levels == 1, least);
        if (levels == 1)
        {
            _leaves++;
            Rows(page, kind, depth);
            return;
        }

        _branches++;
        for (int i = 0; i < page.Count && !IsDone(kind); i++)
        {
            // The next page's first key is above everything this child leads to.
            if (kind == WalkedTree.CheckedTable && Part == WalkedPart.CheckedRows && i + 1 < page.Count && Number(page.Key(i + 1)) <= From) continue;
            Follow(tree, kind, page.Child(i), levels - 1, depth + 1, i == 0 ? least : page.Key(i));
        }
    }

    private void Rows(LmdbPage page, WalkedTree kind, int depth)
    {
        for (int i = 0; i < page.Count; i++)
        {
            _entries++;
            if (page.IsTable(i) != (kind == WalkedTree.Main)) throw LmdbPage.Damaged(page.Number, $"has a row {i} that is of the wrong kind");
            ReadOnlySpan<byte> value = page.Value(i);
            if (page.IsBig(i))
            {
                value = pages.ReadOverflow(page, i, meta, out long first, out long count);
                See(first, count);
                _overflows += count;
            }

            if (kind == WalkedTree.Free) SeeFree(page.Number, value);
            if (kind == WalkedTree.CheckedTable && Number(page.Key(i)) >= From)
            {
                RowsWanted--;
                LastRow = Number(page.Key(i));
            }

            if (kind != WalkedTree.Main) continue;
            // LMDB keeps a table's name with the zero that ends it in C.
            bool isChecked = page.Key(i).TrimEnd((byte)0).SequenceEqual(checkedTable);
            if (Part == (isChecked ? WalkedPart.OtherTables : WalkedPart.CheckedRows)) continue;
            if (value.Length != LmdbTree.SizeBytes) throw LmdbPage.Damaged(page.Number, $"describes a table in {value.Length} bytes");
            Walk(LmdbTree.Parse(value), isChecked ? WalkedTree.CheckedTable : WalkedTree.Table, depth + 1);
        }
    }

    private static void CheckOrder(LmdbPage page, long number, in LmdbTree tree, bool isLeaf, ReadOnlySpan<byte> least)
    {
        bool isNumber = (tree.Flags & LmdbTree.IntegerKey) != 0;
        // The first key of a branch stands for everything below the second, and is not kept.
        for (int i = isLeaf ? 0 : 1; i < page.Count; i++)
        {
            ReadOnlySpan<byte> key = page.Key(i), before = i > (isLeaf ? 0 : 1) ? page.Key(i - 1) : least;
            if (isNumber && key.Length != sizeof(long)) throw LmdbPage.Damaged(number, $"has a key of {key.Length} bytes");
            bool isFirst = i == (isLeaf ? 0 : 1);
            if (before.IsEmpty) continue;
            int order = isNumber ? Number(key).CompareTo(Number(before)) : key.SequenceCompareTo(before);
            if (order < 0 || (order == 0 && !isFirst)) throw LmdbPage.Damaged(number, $"has its keys in another order than the tree at node {i}");
        }
    }

    private void SeeFree(long leaf, ReadOnlySpan<byte> list)
    {
        long count = list.Length >= sizeof(long) ? Number(list) : -1;
        if (count < 0 || count > list.Length / sizeof(long) - 1) throw LmdbPage.Damaged(leaf, "lists free pages wrongly");
        for (int i = 1; i <= count; i++) See(Number(list[(i * sizeof(long))..]), 1);
    }

    private void See(long first, long count)
    {
        for (long number = first; number < first + count; number++)
        {
            if (number < 2 || number > meta.LastPage) throw LmdbPage.Damaged(number, "is listed, but lies outside the journal");
            if (seen[(int)number]) throw LmdbPage.Damaged(number, "is named twice, or is free and in use");
            seen[(int)number] = true;
            PagesSeen++;
        }
    }

    // A damaged row explains a wrong checksum of its page: who reads it sees that for himself, and can go on behind it.
    private void Explain(LmdbPage page, long number, bool canBeRow)
    {
        for (int i = 0; canBeRow && i < page.Count; i++)
        {
            if (page.IsBig(i) || page.Key(i).Length != sizeof(long) || isWhole(Number(page.Key(i)), page.Value(i))) continue;
            if (Part == WalkedPart.CheckedRows && !RowsMustBeWhole) return;
            throw LmdbPage.Damaged(number, $"does not match its checksum, because record {Number(page.Key(i))} in it is not whole");
        }

        throw LmdbPage.Damaged(number, "does not match its checksum");
    }

    private bool IsDone(WalkedTree kind) => kind == WalkedTree.CheckedTable && Part == WalkedPart.CheckedRows && RowsWanted <= 0;

    private static long Number(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
}
