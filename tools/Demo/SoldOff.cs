using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Demo;

/// <summary>Sales below the usual edge: only the stock of a volatile ticker is let go like that.</summary>
/// <param name="Executions">How many.</param>
/// <param name="Tickers">In how many tickers.</param>
/// <param name="Dollars">What they brought.</param>
/// <param name="EdgeDollars">What they brought above the fair prices of their decisions; negative: given away.</param>
internal sealed record SoldOff(long Executions, int Tickers, decimal Dollars, decimal EdgeDollars)
{
    private const int BatchRecords = 4_096;

    /// <summary>Reads a journal through.</summary>
    /// <param name="journal">Whose engine has stopped.</param>
    /// <param name="usualEdgePercent">The engine's floor of sales.</param>
    public static SoldOff Read(JournalReader journal, int usualEdgePercent)
    {
        JournalRecord[] records = new JournalRecord[BatchRecords];
        HashSet<Symbol> tickers = [];
        long executions = 0, notional = 0, edge = 0;
        for (long lastId = 0; journal.ReadAfter(lastId, records) is { Count: > 0 } batch; lastId = records[batch.Count - 1].Id)
        {
            foreach (ref readonly JournalRecord record in records.AsSpan(0, batch.Count))
            {
                // An order of an earlier life has no fair price.
                if (record is not { Kind: JournalRecordKind.Execution, Side: Side.Sell, FairPrice: > 0 }) continue;
                if ((long)record.LimitPrice * 100 >= (long)record.FairPrice * (100 + usualEdgePercent)) continue;
                executions++;
                tickers.Add(record.Symbol);
                notional += (long)record.QuantityShares * record.Price;
                edge += (long)record.QuantityShares * (record.Price - record.FairPrice);
            }
        }

        return new(executions, tickers.Count, (decimal)notional / Money.UnitsPerDollar, (decimal)edge / Money.UnitsPerDollar);
    }
}
