using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>How much there is: what a reader asks to say how far behind it is, and when ids run low.</summary>
public sealed partial class JournalReader
{
    private const long CountMax = 100_000;

    /// <summary>A second reader of the same open journal, for another thread. Disposed before this one.</summary>
    public JournalReader OpenAnother() => new(_environment, ownsEnvironment: false);

    /// <summary>How many records follow an id. Exact within a block of ids, whose counters have no gaps; else counted, up to 100,000.</summary>
    public long LagAfter(long id)
    {
        long lastId = Extent().LastId;
        if (lastId <= id) return 0;
        return TransactionId.Block(lastId) == TransactionId.Block(id) ? lastId - id : CountAfter(id, CountMax);
    }

    /// <summary>Ids the journal has left in all its blocks.</summary>
    public long IdsLeft()
    {
        Renew();
        try
        {
            JournalException.ThrowUnlessSuccess(LmdbCursor.Open(_snapshot, _tables.Blocks, out LmdbCursor cursor), "reading the id blocks");
            using (cursor)
            {
                long left = 0;
                LmdbStatus status = cursor.MoveFirst(out _, out ReadOnlySpan<byte> value);
                for (; status == LmdbStatus.Success; status = cursor.MoveNext(out _, out value))
                {
                    if (StructBytes.TryRead(value, out BlockRow row)) left += row.End - row.Next;
                }

                return left;
            }
        }
        finally
        {
            _snapshot.Reset();
        }
    }
}
