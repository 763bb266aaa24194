using System.Buffers.Binary;
using System.Collections;
using Microsoft.Win32.SafeHandles;

namespace MarketMaker.Platform.Lmdb;

/// <summary>Whether a row with a checksum of its own is whole.</summary>
/// <param name="key">The row's number.</param>
/// <param name="value">What is under it.</param>
public delegate bool LmdbRowCheck(long key, ReadOnlySpan<byte> value);

/// <summary>
/// Proves the pages of a snapshot whole before LMDB walks them, since LMDB believes every offset in a page and would follow a damaged one
/// out of the map. Reads the file itself, checks bounds at every step, and names the page at fault.
/// </summary>
/// <remarks>
/// The snapshot must be held during a call: it keeps its pages from being written anew. One table may hold rows with checksums of
/// their own; damage inside such a row is then named by its key.
/// </remarks>
public sealed class LmdbPageCheck : IDisposable
{
    private const int DepthMax = 32;
    private const int FirstTreePage = 2;

    private readonly SafeFileHandle _file;
    private readonly int _pageBytes;
    private readonly bool _hasChecksums;
    private readonly byte[] _pages;

    private readonly byte[] _checkedTable;
    private readonly LmdbRowCheck _isWhole;
    private BitArray _seen = new(0);

    /// <summary>Reads the file beside an open environment.</summary>
    /// <param name="environment">Must stay open as long as this is used.</param>
    /// <param name="checkedTable">The table whose rows carry checksums and have numbers for keys.</param>
    /// <param name="isWhole">Compares one.</param>
    public LmdbPageCheck(LmdbEnvironment environment, ReadOnlySpan<byte> checkedTable, LmdbRowCheck isWhole)
    {
        (_checkedTable, _isWhole) = (checkedTable.ToArray(), isWhole);
        _file = File.OpenHandle(environment.DataFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _pageBytes = environment.PageBytes;
        _hasChecksums = environment.HasPageChecksums;
        _pages = new byte[(DepthMax + 1) * _pageBytes];
    }

    /// <summary>Checks every page a snapshot can reach, and that no free page is one of them.</summary>
    /// <returns>How many pages were found to be whole.</returns>
    /// <exception cref="LmdbException">One is damaged; its message names it.</exception>
    public long CheckAll(LmdbTransaction snapshot)
    {
        LmdbMetaPage meta = ReadMeta(snapshot, isAlone: true);
        SnapshotWalk walk = new(this, meta, _checkedTable, _isWhole, NoneSeen(meta));
        walk.Walk(meta.Free, WalkedTree.Free);
        walk.Walk(meta.Main, WalkedTree.Main);
        return walk.PagesSeen;
    }

    /// <summary>Checks every page of every table but the one with checked rows.</summary>
    /// <param name="snapshot">The snapshot that will be read.</param>
    /// <param name="alsoFreePages">Whether the list of free pages is checked too, which only a writer looks at.</param>
    /// <returns>How many pages were found to be whole.</returns>
    /// <exception cref="LmdbException">One is damaged; its message names it.</exception>
    public long CheckOtherTables(LmdbTransaction snapshot, bool alsoFreePages = false)
    {
        LmdbMetaPage meta = ReadMeta(snapshot, isAlone: alsoFreePages);
        SnapshotWalk walk = new(this, meta, _checkedTable, _isWhole, NoneSeen(meta)) { Part = WalkedPart.OtherTables };
        if (alsoFreePages) walk.Walk(meta.Free, WalkedTree.Free);
        walk.Walk(meta.Main, WalkedTree.Main);
        return walk.PagesSeen;
    }

    /// <summary>Checks the pages that lead to the rows with checksums, from one row on. A damaged row is left to who reads it.</summary>
    /// <param name="snapshot">The snapshot that will be read.</param>
    /// <param name="from">The first key that will be read, or the one behind which that is.</param>
    /// <param name="rows">How many will be read at most.</param>
    /// <returns>How many may be read; less than are there when a later page is damaged.</returns>
    /// <exception cref="LmdbException">Not one may be read; the message names the damaged page.</exception>
    public long CheckRows(LmdbTransaction snapshot, long from, long rows)
    {
        LmdbMetaPage meta = ReadMeta(snapshot, isAlone: false);
        SnapshotWalk walk = new(this, meta, _checkedTable, _isWhole, NoneSeen(meta)) { Part = WalkedPart.CheckedRows, From = from, RowsWanted = rows };
        try
        {
            walk.Walk(meta.Main, WalkedTree.Main);
            return rows;
        }
        catch (LmdbException) when (walk.RowsWanted < rows)
        {
            return rows - walk.RowsWanted;
        }
    }

    /// <summary>Checks the pages of one stretch of the rows with checksums. Here a damaged row counts as a damaged page.</summary>
    /// <param name="snapshot">The snapshot whose pages will be walked.</param>
    /// <param name="from">Where the stretch begins: 0, or what the call before returned.</param>
    /// <param name="rows">How many rows it has at least, as far as there are so many.</param>
    /// <returns>Where the next stretch begins; <see cref="long.MaxValue"/> when this was the last.</returns>
    /// <exception cref="LmdbException">A page is damaged; the message names it.</exception>
    public long CheckStretch(LmdbTransaction snapshot, long from, long rows)
    {
        LmdbMetaPage meta = ReadMeta(snapshot, isAlone: false);
        SnapshotWalk walk = new(this, meta, _checkedTable, _isWhole, NoneSeen(meta))
        {
            Part = WalkedPart.CheckedRows,
            From = from,
            RowsWanted = rows,
            RowsMustBeWhole = true,
        };
        walk.Walk(meta.Main, WalkedTree.Main);
        return walk.RowsWanted > 0 ? long.MaxValue : walk.LastRow + 1;
    }

    /// <summary>
    /// Whether LMDB may be let near a file: it divides by the page size it finds there. What is no LMDB file at all, it finds out itself.
    /// </summary>
    /// <exception cref="LmdbException">A meta page names another page size than the host's.</exception>
    internal static void CheckPageSize(string dataFile)
    {
        if (!File.Exists(dataFile)) return;
        using FileStream file = new(dataFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> head = stackalloc byte[LmdbMetaPage.SizeBytes];
        for (int index = 0; index < 2; index++)
        {
            file.Position = (long)index * Environment.SystemPageSize;
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return;
            if (LmdbMetaPage.IsOne(head)) LmdbMetaPage.Parse(index, head, Environment.SystemPageSize);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads a page and proves its structure; whether it is as it was written says <paramref name="isAsWritten"/>.</summary>
    internal LmdbPage ReadTreePage(int depth, long number, bool isLeaf, scoped in LmdbMetaPage meta, out bool isAsWritten)
    {
        if (number < FirstTreePage || number > meta.LastPage) throw LmdbPage.Damaged(number, "is named by a page, but lies outside the journal");
        LmdbPage page = new(Read(depth, number));
        isAsWritten = page.IsAsWritten(_hasChecksums);
        page.Check(number, isLeaf, meta.TransactionId, _hasChecksums);
        return page;
    }

    /// <summary>Reads a large value and gives its bytes, without the page's header.</summary>
    internal ReadOnlySpan<byte> ReadOverflow(scoped LmdbPage leaf, int index, scoped in LmdbMetaPage meta, out long number, out long pages)
    {
        ReadOnlySpan<byte> reference = leaf.Value(index);
        number = BinaryPrimitives.ReadInt64LittleEndian(reference);
        pages = BinaryPrimitives.ReadInt64LittleEndian(reference[16..]);
        long valueBytes = leaf.ValueBytes(index);
        bool isPossible = number >= FirstTreePage && pages > 0 && pages <= meta.LastPage && number <= meta.LastPage - pages + 1
            && valueBytes <= pages * _pageBytes - LmdbPage.HeaderBytes;
        if (!isPossible) throw LmdbPage.Damaged(leaf.Number, "names a large value that lies outside the journal");
        byte[] bytes = new byte[checked((int)(pages * _pageBytes))];
        ReadInto(bytes, number);
        new LmdbPage(bytes).CheckOverflow(number, meta.TransactionId, pages, _hasChecksums);
        return bytes.AsSpan(LmdbPage.HeaderBytes, (int)valueBytes);
    }

    // Kept from call to call: of a large journal it is a large array, and a reader asks again and again.
    private BitArray NoneSeen(in LmdbMetaPage meta)
    {
        int pages = checked((int)Math.Max(0, meta.LastPage + 1));
        if (_seen.Length < pages) _seen = new BitArray((int)Math.Min(int.MaxValue, 2L * pages));
        else _seen.SetAll(false);
        return _seen;
    }

    private LmdbMetaPage ReadMeta(LmdbTransaction snapshot, bool isAlone)
    {
        LmdbMetaPage[] metas = [LmdbMetaPage.Parse(0, Read(0, 0), _pageBytes), LmdbMetaPage.Parse(1, Read(1, 1), _pageBytes)];
        LmdbMetaPage mine = metas[snapshot.Id & 1], other = metas[snapshot.Id & 1 ^ 1];
        bool isFresh = mine.TransactionId == 0 && other.TransactionId == 0;
        if (mine.TransactionId != snapshot.Id || (!isFresh && Math.Abs(mine.TransactionId - other.TransactionId) != 1))
            throw LmdbPage.Damaged(snapshot.Id & 1, $"and its neighbour name the commits {metas[0].TransactionId} and {metas[1].TransactionId}, which do not follow one another");
        // Every commit writes one of the two roots, so the newer of them is of that commit: neither an older nor a newer one.
        if (isFresh || NewestRoot(mine) != mine.TransactionId) CheckFresh(isFresh, mine, snapshot.Id & 1);
        if (isAlone && !isFresh && other.TransactionId > 0 && NewestRoot(other) > other.TransactionId)
        {
            throw LmdbPage.Damaged(
                snapshot.Id & 1 ^ 1, "names pages newer than its own commit: the disk failed while the last commit was written, or the page was changed afterwards");
        }

        return mine;
    }

    private static void CheckFresh(bool isFresh, in LmdbMetaPage meta, long number)
    {
        if (isFresh && meta.Main.Root == LmdbTree.NoRoot && meta.Free.Root == LmdbTree.NoRoot) return;
        throw LmdbPage.Damaged(number, "does not belong to the pages it names");
    }

    // The other meta page's trees may be overwritten by now: their pages are only asked for their age, and only if they are still themselves.
    private long NewestRoot(in LmdbMetaPage meta) => Math.Max(AgeOf(meta.Free.Root), AgeOf(meta.Main.Root));

    private long AgeOf(long root)
    {
        if (root < FirstTreePage || (root + 1) * _pageBytes > RandomAccess.GetLength(_file)) return 0;
        LmdbPage page = new(Read(0, root));
        return page.Number == root ? page.TransactionId : 0;
    }

    private ReadOnlySpan<byte> Read(int depth, long number)
    {
        if (depth > DepthMax) throw LmdbPage.Damaged(number, "lies deeper than a tree can be");
        Span<byte> page = _pages.AsSpan(depth * _pageBytes, _pageBytes);
        ReadInto(page, number);
        return page;
    }

    private void ReadInto(Span<byte> bytes, long number)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file, bytes[done..], number * _pageBytes + done);
            if (read == 0) throw LmdbPage.Damaged(number, "lies beyond the end of the file");
            done += read;
        }
    }
}
