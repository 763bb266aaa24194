using System.Runtime.InteropServices;
using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Ledger.Verification;

/// <summary>Cash and positions, added up from the journal's first record on, to be compared with its checkpoint.</summary>
internal sealed class RunningSum
{
    private readonly Dictionary<Symbol, long> _shares = [];
    private long _transactions;

    /// <param name="genesis">What the journal took over from one that was lost; null: nothing.</param>
    /// <param name="openingCash">What it began with else.</param>
    public RunningSum(Checkpoint? genesis, long openingCash)
    {
        Cash = genesis?.Cash ?? openingCash;
        _transactions = genesis?.Transactions ?? 0;
        foreach ((Symbol symbol, long shares) in genesis?.PositionsShares ?? new Dictionary<Symbol, long>()) _shares[symbol] = shares;
    }

    /// <summary>In 1/10,000 dollar.</summary>
    public long Cash { get; private set; }

    public void Add(in JournalRecord record)
    {
        Cash += Bookkeeping.CashChange(record);
        _transactions++;
        if (record.QuantityShares != 0) CollectionsMarshal.GetValueRefOrAddDefault(_shares, record.Symbol, out _) += Bookkeeping.SharesChange(record);
    }

    /// <summary>Compares with a checkpoint at its record.</summary>
    /// <returns>What differs, or null.</returns>
    public string? Compare(Checkpoint checkpoint, in JournalRecord last)
    {
        if (last.Checksum != checkpoint.LastChecksum) return "is not the one its checkpoint was written at: their checksums differ";
        if (Cash != checkpoint.Cash) return $"does not agree with the checkpoint: cash is {Cash} by the records and {checkpoint.Cash} by the checkpoint, in 1/10,000 dollar";
        if (_transactions != checkpoint.Transactions) return $"does not agree with the checkpoint: {_transactions} records are there, and the checkpoint sums up {checkpoint.Transactions}";
        foreach (Symbol symbol in _shares.Keys.Union(checkpoint.PositionsShares.Keys))
        {
            (long ours, long theirs) = (_shares.GetValueOrDefault(symbol), checkpoint.PositionsShares.GetValueOrDefault(symbol));
            if (ours != theirs) return $"does not agree with the checkpoint: {symbol} is at {ours} shares by the records and {theirs} by the checkpoint";
        }

        return null;
    }
}
