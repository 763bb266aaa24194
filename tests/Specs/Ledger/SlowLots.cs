using MarketMaker.Contracts;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Records;

namespace MarketMaker.Tests.Specs.Ledger;

/// <summary>Tax lots the slow and obvious way: every share by itself, and broken executions struck out beforehand.</summary>
internal sealed class SlowLots
{
    public List<(long Price, int Sign)> Shares { get; } = [];

    public SortedDictionary<int, (long Gain, int Count)> Gains { get; } = [];

    public static Dictionary<Symbol, SlowLots> Of(JournalRecord[] records)
    {
        Dictionary<Symbol, SlowLots> tickers = [];
        foreach (JournalRecord record in records)
        {
            bool isBroken = records.Any(other => other.Kind == JournalRecordKind.Break && other.MatchNumber == record.MatchNumber && other.Session == record.Session);
            if (record.Kind == JournalRecordKind.Break || (record.Kind == JournalRecordKind.Execution && isBroken) || record.QuantityShares == 0) continue;
            if (!tickers.TryGetValue(record.Symbol, out SlowLots? ticker)) tickers[record.Symbol] = ticker = new SlowLots();
            for (int i = 0; i < record.QuantityShares; i++) ticker.AddOne(record);
        }

        return tickers;
    }

    private void AddOne(JournalRecord record)
    {
        int sign = record.Side == Side.Buy ? 1 : -1;
        if (Shares.Count == 0 || Shares[0].Sign == sign)
        {
            Shares.Add((record.Price, sign));
            return;
        }

        bool isWithdrawal = record.Kind == JournalRecordKind.Adjustment && record.ReasonCode == AdjustmentReason.Withdrawal;
        int year = EasternDate.Of(record.ExecutedAtNs).Year;
        (long gain, int count) = Gains.GetValueOrDefault(year);
        Gains[year] = (gain + (isWithdrawal ? 0 : Shares[0].Sign * (record.Price - Shares[0].Price)), count + 1);
        Shares.RemoveAt(0);
    }
}

/// <summary>Records as a source.</summary>
internal sealed class ArraySource(JournalRecord[] records) : ITransactionSource
{
    private int _next;

    public int Read(Span<Transaction> into)
    {
        int count = Math.Min(into.Length, records.Length - _next);
        for (int i = 0; i < count; i++) into[i] = Transaction.Of(records[_next + i]);
        _next += count;
        return count;
    }

    public void Dispose() { }
}
