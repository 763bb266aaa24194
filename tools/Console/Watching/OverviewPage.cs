using MarketMaker.OperatorConsole.Figures;
using Spectre.Console;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>The page for three o'clock in the morning: the pipeline from the packet to the database, flow, money, prices, lags.</summary>
internal static class OverviewPage
{
    private const double RingFullPercent = 80;
    private const int BarMin = 10, BarMax = 40, ColumnsBesideBar = 70;

    // Stage, the ring behind it, and the latency from the packet until then.
    private static readonly (string Stage, string Ring, string Hop)[] Path =
    [
        ("Feed", "offers", "ReceivedToDecoded"),
        ("Prices", "prices", "ReceivedToPriced"),
        ("Decision", "executes", "ReceivedToDecided"),
        ("Execution", "responses", "ReceivedToSent"),
        ("Journal", "", "AnsweredToDurable"),
        ("PriceClient", "priorities", ""),
    ];

    /// <summary>The lines; the lists at the end fill what room there is.</summary>
    public static List<ScreenText> Lines(EngineFigures figures, int width, int room)
    {
        int bar = Math.Clamp(width - ColumnsBesideBar, BarMin, BarMax);
        List<ScreenText> lines = [PipelineHead(bar, figures)];
        foreach ((string stage, string ring, string hop) in Path) AddStage(lines, figures, stage, ring, hop, bar);
        lines.Add(new ScreenText());
        AddFigures(lines, figures);
        if (lines.Count < room) lines.Add(new ScreenText());
        AddLists(lines, figures, room - lines.Count);
        return lines;
    }

    private static ScreenText PipelineHead(int bar, EngineFigures figures)
    {
        string of = figures.LatencyWindowSeconds == 0 ? "run" : $"{figures.LatencyWindowSeconds:0} s";
        return new ScreenText().Left("stage", 12, Look.Quiet).Right("events/s", 9, Look.Quiet).Right("busy", 7, Look.Quiet).Add("  ")
            .Left("ring behind it", bar + 20, Look.Quiet).Right($"p50, {of}", 9, Look.Quiet).Right("p99", 10, Look.Quiet);
    }

    private static void AddStage(List<ScreenText> lines, EngineFigures figures, string stage, string ring, string hop, int bar)
    {
        if (figures.Stages.FirstOrDefault(other => other.Name == stage) is not { } figure) return;
        ScreenText line = new ScreenText().Left(stage, 12, Look.Bold).Right(Texts.Count(figure.WorkPerSecond), 9).Right(Percent(figure.BusyPercent), 7).Add("  ");
        if (figures.Rings.FirstOrDefault(other => other.Name == ring) is { } level) AddRing(line, level, bar);
        line.To(30 + bar + 20);
        if (figures.Hops.FirstOrDefault(other => other.Id == hop) is { } latency)
            line.Right(Texts.Us(latency.P50Us, latency.Count), 9).Right(Texts.Us(latency.P99Us, latency.Count), 10);
        lines.Add(line);
    }

    // The bar is the fullest moment of the last second; the number beside it the fullest since the start.
    private static void AddRing(ScreenText line, RingFigures ring, int bar)
    {
        int full = (int)Math.Ceiling(Math.Clamp(ring.RecentPercent, 0, 100) / 100 * bar);
        Style style = ring.RecentPercent >= RingFullPercent ? Look.WarningText : Style.Plain;
        line.Left(ring.Name, 11).Add(new string('█', full), style).Add(new string('░', bar - full), Look.Quiet).Add($" {ring.HighWaterPercent,3:0}%", ring.HighWaterPercent >= RingFullPercent ? Look.WarningText : Look.Quiet);
    }

    private static void AddFigures(List<ScreenText> lines, EngineFigures figures)
    {
        (FlowFigures flow, MoneyFigures money, PriceFigures prices, LagFigures lags) = (figures.Flow, figures.Money, figures.Prices, figures.Lags);
        lines.Add(Row("offers").Add(Texts.Count(flow.OffersPerSecond), Look.Bold).Add($"/s, {Texts.Count(flow.OffersSeen)} seen; gaps {Texts.Count(flow.GapsOpened)}, lost {Texts.Count(flow.MessagesLost)}, kernel dropped {Texts.Count(flow.KernelDrops)}"));
        lines.Add(Row("orders").Add(Texts.Count(flow.ExecutesPerSecond), Look.Bold).Add($"/s, {Texts.Count(flow.Executes)} sent, {flow.InFlight:N0} in flight; won ").Add($"{flow.RecentWinPercent:0.0} %", Look.Bold)
            .Add($" (run {flow.WinPercent:0.0} %), unknown {flow.Unknown:N0}"));
        lines.Add(Row("money").Add("today ").Add(Texts.Dollars(money.DayProfit), Look.Bold).Add($", equity {Texts.Dollars(money.Equity)}, free {Texts.Dollars(money.CashFree)}"));
        lines.Add(Row("stock").Add(Texts.Dollars(money.Stock), Look.Bold).Add($" in {prices.Held:N0} tickers; capital used {money.UsedPercent:0.0} %, buys need {money.RequiredBuyEdgePercent:0.00} %"));
        lines.Add(Row("prices").Add($"{prices.Priced:N0}/{prices.Tickers:N0}").Add("; age p50 ").Add(Texts.Duration(prices.MedianSeconds), Look.Bold)
            .Add($", p99 {Texts.Duration(prices.P99Seconds)}, oldest {Texts.Duration(prices.OldestSeconds)}; too old {prices.Stale:N0}"));
        lines.Add(Row("states").Add($"sell only {prices.SellOnly:N0}, denied {prices.Denied:N0}; verdicts {(!prices.VerdictsEnabled ? "off" : prices.VerdictsTrusted ? "trusted" : "not trusted")}"));
        lines.Add(Row("journal").Add($"{Texts.Count(lags.Booked)} booked, {Texts.Count(lags.BookedPerSecond)}/s, ").Add($"{lags.JournalEvents:N0}", Look.Bold).Add($" events behind; ids left {Texts.Count(lags.IdsLeft)}, disk {Texts.Bytes(lags.DiskFreeBytes)}"));
        lines.Add(Row("database").Add($"{lags.Unshipped:N0}", Look.Bold).Add($" behind for {Texts.Duration(lags.UnshippedSeconds)}; shipper {lags.Shipper}"));
    }

    // Two lists side by side: why offers are passed on, and where the capital is.
    private static void AddLists(List<ScreenText> lines, EngineFigures figures, int room)
    {
        if (room < 2) return;
        lines.Add(new ScreenText().Left("refused", 22, Look.Quiet).Right("/s", 10, Look.Quiet).Add("    ").Left("ticker", 9, Look.Quiet).Right("shares", 9, Look.Quiet).Right("used", 14, Look.Quiet).Add("  state", Look.Quiet));
        for (int i = 0; i < room - 1; i++)
        {
            ScreenText line = new();
            if (i < figures.Refusals.Count) line.Left(figures.Refusals[i].Reason, 22).Right(Texts.Count(figures.Refusals[i].PerSecond), 10);
            line.To(36);
            if (i < figures.Tickers.Count)
            {
                TickerFigures ticker = figures.Tickers[i];
                line.Left(ticker.Ticker, 9).Right($"{ticker.Shares:N0}", 9).Right(Texts.Dollars(ticker.Used), 14).Add($"  {ticker.State}");
            }

            lines.Add(line);
        }
    }

    private static ScreenText Row(string name) => new ScreenText().Left(name, 10, Look.Quiet);

    private static string Percent(double percent) => percent < 0 ? "-" : $"{percent:0.0}%";
}
