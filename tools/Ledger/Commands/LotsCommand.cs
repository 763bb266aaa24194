using System.CommandLine;
using System.Globalization;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Ledger.Printing;
using Symbol = MarketMaker.Contracts.Symbol;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger lots</c>: tax lots, first in, first out, and what closing them brought.</summary>
internal static class LotsCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<int?> year = new("--year") { Description = "Only gains realised in this calendar year (New York)." };
        Option<string?> ticker = new("--ticker") { Description = "Only this ticker." };
        Option<string> show = new("--show") { Description = "gains (per ticker and year), closed (each lot closed) or open (lots still open).", DefaultValueFactory = _ => "gains" };
        show.AcceptOnlyFromAmong("gains", "closed", "open");
        Option<string> format = new("--format") { Description = "text or csv.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "csv");
        Command command = new("lots",
            "Tax lots, first in first out, and realised gains. A broken execution counts as if it had never been, also for lots that later trades closed.")
        {
            year, ticker, show, format, common.From, common.Database, common.PasswordFile,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            using BookSource source = BookSource.Open(settings, parsed.GetValue(common.From) == "database");
            LotsRequest request = new(parsed.GetValue(year), CommonOptions.Ticker(parsed.GetValue(ticker)), parsed.GetRequiredValue(show));
            return Show(source, request, new TableWriter(output, parsed.GetValue(format) == "csv"));
        }));
        return command;
    }

    internal static int Show(BookSource source, LotsRequest request, TableWriter table)
    {
        if (request.Show == "closed") table.Header("ticker", "opened_at", "opened_id", "closed_at", "closed_id", "year", "side", "shares", "cost", "proceeds", "gain");
        LotBook book = LongWork.Run("lots", source.Count, progress => LotBook.Of(source.Read, request.Show == "closed" ? Closed : null, progress));
        if (request.Show == "gains") Gains(book, request, table);
        if (request.Show == "open") Open(book, request, table);
        return ExitStatus.Success;

        void Closed(Symbol symbol, ClosedLot closed)
        {
            int year = EasternDate.Of(closed.ClosedAtNs).Year;
            if (!request.Wants(symbol) || (request.Year ?? year) != year) return;
            YearGain one = new(year);
            one.Add(closed);
            table.Row(symbol.ToString(), Date(closed.Lot.OpenedAtNs), Text(closed.Lot.OpenedId), Date(closed.ClosedAtNs), Text(closed.ClosedId), Text(year),
                closed.Lot.Shares > 0 ? "LONG" : "SHORT", Text(one.Shares), RecordFormat.Dollars(one.Cost), RecordFormat.Dollars(one.Proceeds), RecordFormat.Dollars(one.Gain));
        }
    }

    private static void Gains(LotBook book, LotsRequest request, TableWriter table)
    {
        table.Header("ticker", "year", "shares", "cost", "proceeds", "gain");
        YearGain total = new(0);
        long gain = 0;
        foreach (TickerLots ticker in book.Tickers.Where(ticker => request.Wants(ticker.Symbol)))
        {
            foreach (YearGain year in ticker.Years.Values.Where(year => (request.Year ?? year.Year) == year.Year))
            {
                table.Row(ticker.Symbol.ToString(), Text(year.Year), Text(year.Shares), RecordFormat.Dollars(year.Cost), RecordFormat.Dollars(year.Proceeds), RecordFormat.Dollars(year.Gain));
                gain = checked(gain + year.Gain);
            }
        }

        table.Total("realised gain", RecordFormat.Dollars(gain));
    }

    private static void Open(LotBook book, LotsRequest request, TableWriter table)
    {
        table.Header("ticker", "opened_at", "opened_id", "side", "shares", "price", "cost");
        foreach (TickerLots ticker in book.Tickers.Where(ticker => request.Wants(ticker.Symbol)))
        {
            foreach (Lot lot in ticker.Lots.Open)
            {
                table.Row(ticker.Symbol.ToString(), Date(lot.OpenedAtNs), Text(lot.OpenedId), lot.Shares > 0 ? "LONG" : "SHORT",
                    Text(Math.Abs(lot.Shares)), RecordFormat.Dollars(lot.Price), RecordFormat.Dollars(Math.Abs(lot.Shares) * lot.Price));
            }
        }
    }

    private static string Date(long ns) => EasternDate.Of(ns).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What of the lots is wanted.</summary>
internal sealed record LotsRequest(int? Year, Symbol? Ticker, string Show)
{
    public bool Wants(Symbol symbol) => Ticker is null || Ticker == symbol;
}
