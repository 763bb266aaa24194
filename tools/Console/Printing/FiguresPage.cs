using MarketMaker.OperatorConsole.Figures;

namespace MarketMaker.OperatorConsole.Printing;

/// <summary>The figures as plain text, for a pipe, a mail or a ticket.</summary>
internal static class FiguresPage
{
    private const int TickersMax = 20;

    /// <summary>Writes the page.</summary>
    public static void Write(EngineFigures figures, TextWriter to)
    {
        to.WriteLine($"{figures.Node}  {figures.State}  {figures.At:yyyy-MM-dd HH:mm:ss} UTC  process {figures.ProcessId}, up {Texts.Duration(figures.UptimeSeconds)}, "
            + $"heartbeat {Texts.Duration(figures.HeartbeatAgeSeconds)} ago, configuration {figures.Configuration}");
        if (figures.Alarms.Count == 0) to.WriteLine("no alarms");
        foreach (RaisedAlarm alarm in figures.Alarms) to.WriteLine($"{alarm.Severity,-8}  {alarm.Id,-18}  {alarm.Text}");
        Flow(figures, to);
        Pipeline(figures, to);
        Tickers(figures, to);
    }

    private static void Flow(EngineFigures figures, TextWriter to)
    {
        (FlowFigures flow, MoneyFigures money, PriceFigures prices, LagFigures lags) = (figures.Flow, figures.Money, figures.Prices, figures.Lags);
        to.WriteLine();
        to.WriteLine($"offers    {flow.OffersSeen:N0} seen, {flow.OffersPerSecond:N0}/s; gaps {flow.GapsOpened:N0}, lost {flow.MessagesLost:N0}, kernel dropped {flow.KernelDrops:N0}");
        to.WriteLine($"orders    {flow.Executes:N0} sent, {flow.ExecutesPerSecond:N0}/s; won {flow.Wins:N0}, lost {flow.Losses:N0} (won {flow.WinPercent:0.0} %, now {flow.RecentWinPercent:0.0} %), "
            + $"rejected {flow.Rejects:N0}, unknown {flow.Unknown:N0}, in flight {flow.InFlight:N0}; session {figures.Session}");
        to.WriteLine($"money     equity {Texts.Dollars(money.Equity)}, today {Texts.Dollars(money.DayProfit)}; free {Texts.Dollars(money.CashFree)}, reserved {Texts.Dollars(money.CashReserved)}, "
            + $"stock {Texts.Dollars(money.Stock)}; capital used {money.UsedPercent:0.0} %");
        to.WriteLine($"prices    {prices.Priced:N0} of {prices.Tickers:N0} tickers; age: half below {Texts.Duration(prices.MedianSeconds)}, 99 % below {Texts.Duration(prices.P99Seconds)}, "
            + $"oldest {Texts.Duration(prices.OldestSeconds)}; too old {prices.Stale:N0}; sell only {prices.SellOnly:N0}, denied {prices.Denied:N0}");
        to.WriteLine($"journal   {lags.Booked:N0} booked, {lags.BookedPerSecond:N0}/s, {lags.JournalEvents:N0} events behind; {lags.IdsLeft:N0} ids left, {Texts.Bytes(lags.JournalBytes)}, disk free {Texts.Bytes(lags.DiskFreeBytes)}");
        to.WriteLine($"database  {lags.Unshipped:N0} transactions behind, the oldest for {Texts.Duration(lags.UnshippedSeconds)}; shipper: {lags.Shipper}");
    }

    private static void Pipeline(EngineFigures figures, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine($"{"stage",-12}{"core",5}{"events/s",12}{"busy",8}{"cpu",8}{"waits",8}{"stalls",10}");
        foreach (StageFigures stage in figures.Stages)
            to.WriteLine($"{stage.Name,-12}{(stage.Core < 0 ? "-" : stage.Core),5}{Texts.Count(stage.WorkPerSecond),12}{Percent(stage.BusyPercent),8}{Percent(stage.CpuPercent),8}{Percent(stage.WaitPercent),8}{stage.Stalls,10:N0}");
        to.WriteLine();
        to.WriteLine($"{"ring",-12}{"slots",10}{"now",10}{"last 1 s",10}{"highest",10}");
        foreach (RingFigures ring in figures.Rings) to.WriteLine($"{ring.Name,-12}{ring.Slots,10:N0}{ring.Backlog,10:N0}{ring.RecentHighWater,10:N0}{ring.HighWater,10:N0}");
        to.WriteLine();
        string of = figures.LatencyWindowSeconds == 0 ? "of the whole run" : $"of the last {figures.LatencyWindowSeconds:0} s";
        to.WriteLine($"{"latency",-22}{"count",12}{"p50",11}{"p99",11}{"p99.9",11}{"max ever",11}   {of}");
        foreach (HopFigures hop in figures.Hops)
            to.WriteLine($"{hop.Name,-22}{hop.Count,12:N0}{Texts.Us(hop.P50Us, hop.Count),11}{Texts.Us(hop.P99Us, hop.Count),11}{Texts.Us(hop.P999Us, hop.Count),11}{Texts.Us(hop.MaxUs),11}");
        to.WriteLine();
        to.WriteLine($"{"refused by",-12}{"reason",-24}{"count",14}{"per second",14}");
        foreach (RefusalFigures refusal in figures.Refusals) to.WriteLine($"{refusal.Stage,-12}{refusal.Reason,-24}{refusal.Count,14:N0}{Texts.Count(refusal.PerSecond),14}");
        to.WriteLine();
        to.WriteLine($"{"orders to",-12}{"at an edge of",-24}{"tries",14}{"won",14}{"P(win)",10}");
        foreach (WinFigures win in figures.Wins) to.WriteLine($"{win.Side,-12}{win.Edge,-24}{win.Tries,14:N0}{win.Won,14:N0}{Percent(win.ProbabilityPercent),10}");
    }

    private static void Tickers(EngineFigures figures, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine($"{"ticker",-10}{"shares",12}{"used",16}{"price",12}{"age",10}{"open",6}  state");
        foreach (TickerFigures ticker in figures.Tickers.Take(TickersMax))
            to.WriteLine($"{ticker.Ticker,-10}{ticker.Shares,12:N0}{Texts.Dollars(ticker.Used),16}{Texts.Dollars(ticker.Price),12}{Age(ticker),10}{ticker.InFlight,6:N0}  {ticker.State}");
        if (figures.Tickers.Count > TickersMax) to.WriteLine($"and {figures.Tickers.Count - TickersMax:N0} more");
    }

    private static string Percent(double percent) => percent < 0 ? "-" : $"{percent:0.0} %";

    private static string Age(TickerFigures ticker) => ticker.PriceAgeSeconds < 0 ? "-" : Texts.Duration(ticker.PriceAgeSeconds);
}
