using System.CommandLine;
using System.Globalization;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Ledger.Printing;
using Symbol = MarketMaker.Contracts.Symbol;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger profit</c>: realised and unrealised, per ticker and in all.</summary>
internal static class ProfitCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string?> prices = new("--prices") { Description = "CSV file of ticker,price in dollars." };
        Option<bool> last = new("--last") { Description = "A ticker without a given price takes that of its last execution." };
        Option<string> format = new("--format") { Description = "text or csv.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "csv");
        Command command = new("profit", "Realised gains of closed lots, unrealised gains of open lots at given prices, and cash.")
        {
            prices, last, format, common.From, common.Database, common.PasswordFile,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            string? file = parsed.GetValue(prices);
            bool useLast = parsed.GetValue(last);
            if (file is null && !useLast) throw new FormatException("no prices: give --prices FILE, or --last for those of the last executions");
            Dictionary<Symbol, long> given = file is null ? [] : PriceFile.Read(file);
            using BookSource source = BookSource.Open(settings, parsed.GetValue(common.From) == "database");
            LotBook book = LongWork.Run("profit", source.Count, progress => LotBook.Of(source.Read, progress: progress));
            Write(ProfitStatement.Of(book, source.OpeningCash, given, useLast), new TableWriter(output, parsed.GetValue(format) == "csv"));
            return ExitStatus.Success;
        }));
        return command;
    }

    internal static void Write(ProfitStatement statement, TableWriter table)
    {
        table.Header("ticker", "shares", "price", "value", "cost", "realised", "unrealised", "profit");
        foreach (ProfitRow row in statement.Rows)
        {
            table.Row(row.Symbol.ToString(), row.Shares.ToString(CultureInfo.InvariantCulture), RecordFormat.Dollars(row.Price), RecordFormat.Dollars(row.Value),
                RecordFormat.Dollars(row.Cost), RecordFormat.Dollars(row.Realised), RecordFormat.Dollars(row.Unrealised), RecordFormat.Dollars(row.Realised + row.Unrealised));
        }

        table.Total("realised", RecordFormat.Dollars(statement.Realised));
        table.Total("unrealised", RecordFormat.Dollars(statement.Unrealised));
        table.Total("profit", RecordFormat.Dollars(statement.Profit));
        table.Total("cash", RecordFormat.Dollars(statement.Cash));
        table.Total("stock", RecordFormat.Dollars(statement.StockValue));
        table.Total("contributed by the owners", RecordFormat.Dollars(statement.Contributed));
    }
}
