using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Reads the whole journal once at start: every record is proven whole and chained to the one before.</summary>
internal static class RecoveryScan
{
    internal static RecoveredState Run(LmdbTransaction transaction, JournalTables tables, JournalMeta meta)
    {
        RecoveredState state = new() { Cash = meta.OpeningCash };
        ReadSession(transaction, tables, state);
        using LmdbCursor cursor = OpenCursor(transaction, tables.Executions);
        LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
        {
            long id = BitConverter.ToInt64(key);
            Check(id, value, state.LastChecksum, out JournalRecord record);
            Apply(record, state);
        }

        if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "reading the journal's records");
        return state;
    }

    private static void Check(long id, ReadOnlySpan<byte> value, ulong previousChecksum, out JournalRecord record)
    {
        string? damage = !StructBytes.TryRead(value, out record) ? $"is {value.Length} bytes long"
            : !RecordChecksum.IsIntact(ref record) ? "does not match its checksum"
            : record.Id != id ? $"is filed under id {id} and says {record.Id}"
            : record.PreviousChecksum != previousChecksum ? "does not follow the record before it: one was taken out or exchanged"
            : record.Kind is < JournalRecordKind.Execution or > JournalRecordKind.Adjustment ? $"is of the unknown kind {(int)record.Kind}"
            : null;
        if (damage is null) return;
        throw new JournalException(
            $"record {id} of the journal is damaged: it {damage}. Do not trade on it: restore the folder from a copy, or make a new journal "
            + "with 'marketmaker init' and take positions over from the database.");
    }

    private static void Apply(in JournalRecord record, RecoveredState state)
    {
        long shares = Bookkeeping.SharesChange(record);
        state.Cash = checked(state.Cash + Bookkeeping.CashChange(record));
        if (shares != 0) state.PositionsShares[record.Symbol] = state.PositionOf(record.Symbol) + shares;
        state.Transactions++;
        state.LastId = record.Id;
        state.LastChecksum = record.Checksum;
        // Brought in or corrected by a person: no trade.
        if (record.Kind == JournalRecordKind.Adjustment) return;
        if (shares > 0)
        {
            state.Buys++;
            state.SharesBought += shares;
        }
        else
        {
            state.Sells++;
            state.SharesSold -= shares;
        }

        if (record.Session != state.Session) return;
        if (record.Kind == JournalRecordKind.Break) state.Executions.Remove(record.MatchNumber);
        else state.Executions[record.MatchNumber] = new(record.Symbol, record.Side, record.Price, record.QuantityShares, record.UserRefNum);
    }

    private static void ReadSession(LmdbTransaction transaction, JournalTables tables, RecoveredState state)
    {
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.LastSessionKey, out ReadOnlySpan<byte> name);
        if (status == LmdbStatus.NotFound) return;
        JournalException.ThrowUnlessSuccess(status, "reading the journal's last session");
        SessionId session = default;
        name.CopyTo(session);
        JournalException.ThrowUnlessSuccess(transaction.Get(tables.Sessions, session, out ReadOnlySpan<byte> bytes), "reading the journal's last session");
        if (!StructBytes.TryRead(bytes, out SessionRow row)) throw new JournalException("the row of the journal's last session has a wrong length");
        state.Session = session;
        state.BookedThrough = row.BookedThrough;
        state.ReplayFrom = row.ReplayFrom;
        state.TradingDate = row.TradingDate;
    }

    private static LmdbCursor OpenCursor(LmdbTransaction transaction, LmdbDatabase table)
    {
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, table, out LmdbCursor cursor), "walking the journal");
        return cursor;
    }
}
