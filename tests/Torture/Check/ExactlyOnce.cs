using System.Diagnostics;

namespace MarketMaker.Tests.Torture.Check;

/// <summary>What was found wrong.</summary>
internal enum DifferenceKind
{
    /// <summary>The venue executed it; the ledger does not have it.</summary>
    Lost,

    /// <summary>The ledger has it more than once.</summary>
    Doubled,

    /// <summary>The ledger has it; the venue never executed it.</summary>
    Invented,

    /// <summary>Both have it, with other content.</summary>
    Altered,
}

internal readonly record struct Difference(DifferenceKind Kind, string Text);

/// <summary>Holds the venue's record against the rows of the ledger, in whatever order the two are told to it.</summary>
/// <remarks>P1: each execution of the venue is in the ledger once, with the same content. P2: nothing else is in it.</remarks>
internal sealed class ExactlyOnce
{
    private readonly Dictionary<TradeKey, Trade> _venue = [];
    private readonly Dictionary<TradeKey, LedgerRow> _ledger = [];
    private readonly Dictionary<TradeKey, long> _earlySinceMs = [];
    private readonly Queue<(TradeKey Key, long AtMs)> _awaited = [];

    /// <summary>All that was found so far.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>Trades of the venue's record so far.</summary>
    public long VenueTrades { get; private set; }

    /// <summary>Trades up to here, in the order of the venue's record, are in the ledger.</summary>
    public long CompleteThrough
    {
        get
        {
            while (_awaited.TryPeek(out (TradeKey Key, long AtMs) next) && _ledger.ContainsKey(next.Key)) _awaited.Dequeue();
            return VenueTrades - _awaited.Count;
        }
    }

    /// <summary>How long the venue's oldest trade without a row has been known, ms; 0 when none is missing.</summary>
    public long OldestAwaitedMs => CompleteThrough == VenueTrades ? 0 : Now - _awaited.Peek().AtMs;

    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    public void AddVenue(in Trade trade)
    {
        VenueTrades++;
        if (!_venue.TryAdd(trade.Key, trade)) throw new InvalidDataException($"the venue's record has {trade.Key} twice: it is no witness");
        if (_ledger.TryGetValue(trade.Key, out LedgerRow row)) Compare(trade, row);
        else _awaited.Enqueue((trade.Key, Now));
        _earlySinceMs.Remove(trade.Key);
    }

    public void AddLedger(in LedgerRow row)
    {
        if (!_ledger.TryAdd(row.Trade.Key, row))
            Differences.Add(new Difference(DifferenceKind.Doubled, $"row {row.Id} repeats row {_ledger[row.Trade.Key].Id}: {row.Trade}"));
        else if (_venue.TryGetValue(row.Trade.Key, out Trade trade)) Compare(trade, row);
        else _earlySinceMs[row.Trade.Key] = Now;
    }

    /// <summary>Rows the venue has not recorded by now though it had the time are invented. It writes its record some ms late.</summary>
    public void FindInvented(long graceMs)
    {
        foreach ((TradeKey key, long sinceMs) in _earlySinceMs)
        {
            if (Now - sinceMs < graceMs) continue;
            Differences.Add(new Difference(DifferenceKind.Invented, $"row {_ledger[key].Id} is not in the venue's record: {_ledger[key].Trade}"));
            _earlySinceMs.Remove(key);
        }
    }

    /// <summary>Both records are at rest and were told whole: what has no counterpart now never gets one.</summary>
    public void Conclude()
    {
        FindInvented(graceMs: 0);
        foreach ((TradeKey key, Trade trade) in _venue)
        {
            if (!_ledger.ContainsKey(key)) Differences.Add(new Difference(DifferenceKind.Lost, $"the ledger lacks {trade}"));
        }
    }

    private void Compare(in Trade venue, in LedgerRow row)
    {
        if (venue != row.Trade) Differences.Add(new Difference(DifferenceKind.Altered, $"row {row.Id} says {row.Trade}, the venue {venue}"));
    }
}
