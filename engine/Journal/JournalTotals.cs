using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Journal;

/// <summary>Cash, positions and tallies of everything booked, today and before; shown in the counters after each commit.</summary>
internal sealed class JournalTotals
{
    private readonly long[] _positionsShares;
    private long _lastId, _booked, _buys, _sells, _sharesBought, _sharesSold;

    internal JournalTotals(RecoveredState recovered, Universe universe)
    {
        _positionsShares = new long[universe.Count];
        for (int i = 0; i < universe.Count; i++) _positionsShares[i] = recovered.PositionOf(universe[i]);
        (Cash, _lastId, _booked) = (recovered.Cash, recovered.LastId, recovered.Transactions);
        (_buys, _sells, _sharesBought, _sharesSold) = (recovered.Buys, recovered.Sells, recovered.SharesBought, recovered.SharesSold);
    }

    internal long Cash { get; private set; }

    internal long PositionShares(int tickerIndex) => _positionsShares[tickerIndex];

    /// <summary>Adds one record; a Break counts as the trade that undoes the original.</summary>
    internal void Add(in JournalRecord record, int tickerIndex)
    {
        long shares = Bookkeeping.SharesChange(record);
        Cash = checked(Cash + Bookkeeping.CashChange(record));
        _positionsShares[tickerIndex] += shares;
        _lastId = record.Id;
        _booked++;
        if (shares > 0)
        {
            _buys++;
            _sharesBought += shares;
        }
        else
        {
            _sells++;
            _sharesSold -= shares;
        }
    }

    internal void Publish(CounterFile counters, JournalStore store)
    {
        counters.Set(Counter.JournalBooked, _booked);
        counters.Set(Counter.JournalLastId, _lastId);
        counters.Set(Counter.JournalIdsLeft, store.Ids.Left);
        counters.Set(Counter.JournalBuys, _buys);
        counters.Set(Counter.JournalSells, _sells);
        counters.Set(Counter.JournalSharesBought, _sharesBought);
        counters.Set(Counter.JournalSharesSold, _sharesSold);
        counters.Set(Counter.JournalCash, Cash);
        counters.Set(Counter.JournalUsedBytes, store.Environment.UsedBytes);
    }
}
