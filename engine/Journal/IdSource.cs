using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Gives transactions their ids, one after another, from the leased blocks in ascending order.</summary>
/// <remarks>Belongs to the journal's thread. What was taken is durable only after <see cref="Store"/> and the commit.</remarks>
internal sealed class IdSource
{
    private readonly long[] _blocks;
    private readonly BlockRow[] _rows;
    private int _current;
    private int _firstChanged;

    private IdSource(long[] blocks, BlockRow[] rows)
    {
        _blocks = blocks;
        _rows = rows;
        foreach (BlockRow row in rows) Left += row.End - row.Next;
    }

    /// <summary>Ids left in all blocks.</summary>
    internal long Left { get; private set; }

    /// <summary>The last id taken, 0 when none: durable between two transactions.</summary>
    internal long LastId { get; private set; }

    internal static IdSource Load(LmdbTransaction transaction, JournalTables tables, long lastId)
    {
        List<long> blocks = [];
        List<BlockRow> rows = [];
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Blocks, out LmdbCursor cursor), "walking the id blocks");
        using (cursor)
        {
            LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
            {
                if (!StructBytes.TryRead(value, out BlockRow row)) throw new JournalException("a row of the id blocks has a wrong length");
                blocks.Add(BitConverter.ToInt64(key));
                rows.Add(row);
            }
        }

        IdSource source = new([.. blocks], [.. rows]) { LastId = lastId };
        if (lastId != 0) source.CheckAgainst(lastId);
        return source;
    }

    /// <summary>Takes the next id; false when there is none.</summary>
    internal bool TryTake(out long id)
    {
        while (_current < _blocks.Length && _rows[_current].Next >= _rows[_current].End) _current++;
        if (_current == _blocks.Length)
        {
            id = 0;
            return false;
        }

        id = TransactionId.Of(_blocks[_current], _rows[_current].Next++);
        LastId = id;
        Left--;
        return true;
    }

    /// <summary>Puts the blocks that ids were taken from since the last call.</summary>
    internal LmdbStatus Store(LmdbTransaction transaction, JournalTables tables)
    {
        LmdbStatus status = LmdbStatus.Success;
        for (int i = _firstChanged; i <= _current && i < _blocks.Length && status == LmdbStatus.Success; i++)
            status = transaction.Put(tables.Blocks, _blocks[i], StructBytes.Of(ref _rows[i]));
        _firstChanged = Math.Min(_current, _blocks.Length);
        return status;
    }

    /// <summary>Gives up what is left of every block.</summary>
    internal static void GiveUp(LmdbTransaction transaction, JournalTables tables)
    {
        IdSource source = Load(transaction, tables, 0);
        for (int i = 0; i < source._rows.Length; i++) source._rows[i].Next = source._rows[i].End;
        source._current = source._rows.Length;
        JournalException.ThrowUnlessSuccess(source.Store(transaction, tables), "giving up id blocks");
    }

    // Both are written in one transaction, so they can only differ when someone else wrote the file.
    private void CheckAgainst(long lastId)
    {
        int index = Array.IndexOf(_blocks, TransactionId.Block(lastId));
        if (index >= 0 && _rows[index].Next > TransactionId.Counter(lastId)) return;
        throw new JournalException($"the id blocks know nothing of the last record {lastId}: the journal was not written by this program alone.");
    }
}
