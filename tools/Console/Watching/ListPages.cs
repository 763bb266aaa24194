using MarketMaker.OperatorConsole.Figures;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>Tickers with stock, orders or a state, the most capital first.</summary>
internal static class TickersPage
{
    public static List<ScreenText> Lines(EngineFigures figures, ScreenState state, int room)
    {
        List<TickerFigures> chosen = [.. figures.Tickers.Where(ticker => Matches(ticker, state.Filter))];
        state.Scrolled = Math.Clamp(state.Scrolled, 0, Math.Max(0, chosen.Count - (room - 2)));
        List<ScreenText> lines =
        [
            new ScreenText().Add($"{chosen.Count:N0} of {figures.Tickers.Count:N0} tickers with stock, orders or a state", Look.Quiet),
            new ScreenText().Left("ticker", 9, Look.Quiet).Right("shares", 11, Look.Quiet).Right("used", 16, Look.Quiet).Right("price", 12, Look.Quiet).Right("age", 10, Look.Quiet).Right("open", 6, Look.Quiet).Add("  state", Look.Quiet),
        ];
        lines.AddRange(chosen.Skip(state.Scrolled).Select(ticker => new ScreenText().Left(ticker.Ticker, 9, Look.Bold).Right($"{ticker.Shares:N0}", 11).Right(Texts.Dollars(ticker.Used), 16)
            .Right(Texts.Dollars(ticker.Price), 12).Right(ticker.PriceAgeSeconds < 0 ? "-" : Texts.Duration(ticker.PriceAgeSeconds), 10).Right($"{ticker.InFlight:N0}", 6).Add($"  {ticker.State}")));
        return lines;
    }

    private static bool Matches(TickerFigures ticker, string filter) =>
        filter.Length == 0 || ticker.Ticker.Contains(filter, StringComparison.OrdinalIgnoreCase) || ticker.State.Contains(filter, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Stages, rings and latencies in full.</summary>
internal static class MachinePage
{
    public static List<ScreenText> Lines(EngineFigures figures, ScreenState state, int room)
    {
        List<ScreenText> lines = [new ScreenText().Left("stage", 12, Look.Quiet).Right("core", 5, Look.Quiet).Right("events/s", 11, Look.Quiet).Right("busy", 9, Look.Quiet).Right("cpu", 9, Look.Quiet).Right("waits", 9, Look.Quiet).Right("stalls", 11, Look.Quiet)];
        lines.AddRange(figures.Stages.Select(stage => new ScreenText().Left(stage.Name, 12, Look.Bold).Right(stage.Core < 0 ? "-" : $"{stage.Core}", 5).Right(Texts.Count(stage.WorkPerSecond), 11)
            .Right(Percent(stage.BusyPercent), 9).Right(Percent(stage.CpuPercent), 9).Right(Percent(stage.WaitPercent), 9).Right($"{stage.Stalls:N0}", 11)));
        string of = figures.LatencyWindowSeconds == 0 ? "whole run" : $"last {figures.LatencyWindowSeconds:0} s";
        lines.Add(new ScreenText().Left($"latency, {of}", 22, Look.Quiet).Right("count", 12, Look.Quiet).Right("p50", 11, Look.Quiet).Right("p99", 11, Look.Quiet).Right("p99.9", 11, Look.Quiet).Right("max ever", 11, Look.Quiet));
        lines.AddRange(figures.Hops.Select(hop => new ScreenText().Left(hop.Name, 22, Look.Bold).Right(Texts.Count(hop.Count), 12).Right(Texts.Us(hop.P50Us, hop.Count), 11)
            .Right(Texts.Us(hop.P99Us, hop.Count), 11).Right(Texts.Us(hop.P999Us, hop.Count), 11).Right(Texts.Us(hop.MaxUs), 11)));
        lines.Add(new ScreenText().Left("ring", 12, Look.Quiet).Right("slots", 10, Look.Quiet).Right("now", 10, Look.Quiet).Right("last 1 s", 10, Look.Quiet).Right("highest", 10, Look.Quiet).Right("", 9));
        lines.AddRange(figures.Rings.Select(ring => new ScreenText().Left(ring.Name, 12, Look.Bold).Right($"{ring.Slots:N0}", 10).Right($"{ring.Backlog:N0}", 10)
            .Right($"{ring.RecentHighWater:N0}", 10).Right($"{ring.HighWater:N0}", 10).Right($"{ring.HighWaterPercent:0} %", 9)));
        state.Scrolled = Math.Clamp(state.Scrolled, 0, Math.Max(0, lines.Count - room));
        return [.. lines.Skip(state.Scrolled)];
    }

    private static string Percent(double percent) => percent < 0 ? "-" : $"{percent:0.0} %";
}

/// <summary>Why offers were passed on, the most frequent first; and which orders win.</summary>
internal static class RefusalsPage
{
    public static List<ScreenText> Lines(EngineFigures figures, ScreenState state, int room)
    {
        int most = Math.Max(figures.Refusals.Count, figures.Wins.Count);
        state.Scrolled = Math.Clamp(state.Scrolled, 0, Math.Max(0, most - (room - 1)));
        List<ScreenText> lines =
        [
            new ScreenText().Left("reason", 20, Look.Quiet).Left("stage", 10, Look.Quiet).Right("count", 10, Look.Quiet).Right("/s", 9, Look.Quiet).Add("    ")
                .Left("orders", 13, Look.Quiet).Right("tries", 7, Look.Quiet).Right("P(win)", 7, Look.Quiet),
        ];
        for (int i = state.Scrolled; i < most; i++)
        {
            ScreenText line = new();
            if (i < figures.Refusals.Count) line.Left(figures.Refusals[i].Reason, 20, Look.Bold).Left(figures.Refusals[i].Stage, 10).Right(Texts.Count(figures.Refusals[i].Count), 10).Right(Texts.Count(figures.Refusals[i].PerSecond), 9);
            line.To(53);
            if (i < figures.Wins.Count) line.Left($"{figures.Wins[i].Side,-4} {figures.Wins[i].Edge.Replace(" %", "%", StringComparison.Ordinal)}", 13).Right(Texts.Count(figures.Wins[i].Tries), 7).Right($"{figures.Wins[i].ProbabilityPercent:0.0}%", 7);
            lines.Add(line);
        }

        return lines;
    }
}

/// <summary>The keys.</summary>
internal static class KeysPage
{
    private static readonly (string Key, string What)[] Keys =
    [
        ("1 or o", "overview: the pipeline, flow, money, prices, lags"),
        ("2 or t", "tickers with stock, open orders or a state"),
        ("3 or m", "machine: stages, rings and latencies in full"),
        ("4 or r", "refusals: why offers were passed on, and which orders win"),
        ("/", "filter tickers by name or state; Enter keeps it, Esc clears it"),
        ("up, down", "scroll a list; PgUp and PgDn by a screen"),
        ("left, right", "recording: ten seconds back or on; Home and End: its ends"),
        ("space", "recording: stop or go on"),
        ("k", "kill switch: type halt or reduce, then Enter; 'marketmaker resume' goes on"),
        ("q", "quit; the engine does not notice"),
    ];

    public static List<ScreenText> Lines() => [.. Keys.Select(key => new ScreenText().Left(key.Key, 14, Look.Bold).Add(key.What))];
}
