using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Journal;

/// <summary>Cash, positions and tallies of everything booked, today and before; shown in the counters after each commit.</summary>
internal sealed class JournalTotals
{
    private readonly Universe _universe;
    private readonly long[] _positionsShares;
    private readonly CheckpointPosition[] _others;
    private long _lastId, _booked, _buys, _sells, _sharesBought, _sharesSold;

    internal JournalTotals(RecoveredState recovered, Universe universe)
    {
        _universe = universe;
        // Stock in tickers that /all no longer names does not move, and belongs to every checkpoint.
        _others = [.. recovered.PositionsShares
            .Where(position => position.Value != 0 && universe.IndexOf(position.Key) == Universe.NoTicker)
            .Select(position => new CheckpointPosition { Symbol = position.Key, Shares = position.Value })];
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

    /// <summary>Positions a checkpoint may have.</summary>
    internal int PositionsMax => _positionsShares.Length + _others.Length;

    /// <summary>The last record added.</summary>
    internal long LastId => _lastId;

    /// <summary>Writes cash, positions and tallies into a checkpoint.</summary>
    internal void CopyTo(CheckpointBuffer buffer, ref CheckpointHeader header)
    {
        buffer.Clear();
        for (int i = 0; i < _positionsShares.Length; i++) buffer.Add(_universe[i], _positionsShares[i]);
        foreach (CheckpointPosition other in _others) buffer.Add(other.Symbol, other.Shares);
        (header.LastId, header.Cash, header.Transactions) = (_lastId, Cash, _booked);
        (header.Buys, header.Sells, header.SharesBought, header.SharesSold) = (_buys, _sells, _sharesBought, _sharesSold);
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
