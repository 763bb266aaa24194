using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Executions of a journal that was lost: kept until their session is over, because a broken trade may name them.</summary>
internal static class RestoredExecutions
{
    /// <summary>Puts them, oldest first.</summary>
    internal static void Put(LmdbTransaction transaction, JournalTables tables, SessionId session, IReadOnlyList<BookedExecution> executions)
    {
        JournalException.ThrowUnlessSuccess(transaction.Put(tables.Meta, JournalMeta.RestoredSessionKey, session), "noting the restored session");
        for (int i = 0; i < executions.Count; i++)
        {
            BookedExecution booked = executions[i];
            RestoredRow row = new()
            {
                MatchNumber = booked.MatchNumber,
                Symbol = booked.Symbol,
                Price = booked.Price,
                QuantityShares = booked.QuantityShares,
                UserRefNum = booked.UserRefNum,
                Side = booked.Side,
            };
            JournalException.ThrowUnlessSuccess(transaction.Put(tables.Restored, i + 1L, StructBytes.Of(ref row), LmdbPutOptions.Append), "putting a restored execution");
        }
    }

    /// <summary>Whether there are some of another session than the one at hand.</summary>
    internal static bool AreOver(LmdbEnvironment environment, JournalTables tables, SessionId session)
    {
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out LmdbTransaction transaction), "reading the journal");
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.RestoredSessionKey, out ReadOnlySpan<byte> name);
        bool areOver = status == LmdbStatus.Success && !name.IsEmpty && !name.SequenceEqual(session);
        transaction.Abort();
        return areOver;
    }

    internal static void Drop(LmdbTransaction transaction, JournalTables tables)
    {
        JournalException.ThrowUnlessSuccess(transaction.Clear(tables.Restored), "dropping restored executions");
        JournalException.ThrowUnlessSuccess(transaction.Put(tables.Meta, JournalMeta.RestoredSessionKey, default), "dropping restored executions");
    }
}
