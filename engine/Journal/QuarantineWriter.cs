using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Keeps contradicting messages as evidence, in the commit that also books or passes over them. Bounded: beyond, they are counted.</summary>
internal sealed class QuarantineWriter
{
    private readonly JournalTables _tables;
    private readonly Universe _universe;
    private readonly CounterFile _counters;
    private readonly NodeTag _node;
    private readonly int _rowsMax;
    private long _lastNumber;
    private long _rows;
    private long _unseen;

    internal QuarantineWriter(JournalOptions options, JournalStore store, Universe universe, CounterFile counters)
    {
        Invariant.Check(NodeTag.TryParse(options.Node, out _node), "the node's name was checked when the journal was opened");
        (_tables, _universe, _counters, _rowsMax) = (store.Tables, universe, counters, options.QuarantineRowsMax);
        (_lastNumber, _rows, _unseen) = (store.Quarantine.LastNumber, store.Quarantine.Rows, store.Quarantine.Unseen);
        _counters.Set(Counter.JournalQuarantined, _unseen);
    }

    internal LmdbStatus Keep(ref ResponseEvent response, long wallClockNs, LmdbTransaction transaction)
    {
        if (_rows >= _rowsMax)
        {
            _counters.Add(Counter.JournalQuarantineDropped);
            return LmdbStatus.Success;
        }

        QuarantineRecord record = Build(ref response, wallClockNs);
        LmdbStatus status = transaction.Put(_tables.Quarantine, record.Number, StructBytes.Of(ref record), LmdbPutOptions.Append);
        if (status != LmdbStatus.Success) return status;
        _lastNumber++;
        _rows++;
        _counters.Set(Counter.JournalQuarantined, ++_unseen);
        return status;
    }

    private QuarantineRecord Build(ref ResponseEvent response, long wallClockNs)
    {
        bool isUnbookable = response.Kind == ResponseKind.Unbookable;
        QuarantineRecord record = default;
        record.Version = QuarantineRecord.CurrentVersion;
        record.Reason = response.Contradiction;
        record.Side = response.OrderSide;
        record.UserRefNum = response.UserRefNum;
        record.Number = _lastNumber + 1;
        record.VenueSequence = response.VenueSequence;
        record.MatchNumber = response.MatchNumber;
        // What does not fit our own ranges travels as the venue gave it.
        record.Price = isUnbookable ? response.OfferReference : (ulong)response.ExecutionPrice;
        record.QuantityShares = unchecked((uint)response.QuantityShares);
        if (response.TickerIndex != Universe.NoTicker) record.Symbol = _universe[response.TickerIndex];
        record.Session = response.Session;
        record.IsBooked = response.Kind is ResponseKind.Executed or ResponseKind.Broken ? (byte)1 : (byte)0;
        record.VenueTimeNs = response.VenueTimeNs;
        record.KeptAtNs = wallClockNs;
        record.Node = _node;
        RecordChecksum.Seal(ref record);
        return record;
    }
}
