using System.Globalization;
using MarketMaker.Backtest.Foreseeing;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Results;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Charts;
using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Backtest.Printing;

/// <summary>Runs what a report shows.</summary>
internal static class ReportBuilder
{
    private const int SeriesSeconds = 60;
    private const double Units = Money.UnitsPerDollar;
    private static readonly int[] LatenciesUs = [30, 100, 300, 1_000, 3_000, 10_000];

    public static StrategyReport Build(Job job, int latencyDays, int threads, CancellationToken stop)
    {
        Job fixedRule = job with { Policy = PolicyList.Fixed };
        RunResult own = job.Run(stop, SeriesSeconds);
        RunResult other = fixedRule.Run(stop, SeriesSeconds);
        DecisionOptions limits = job.Policy.Options();
        int floorPpm = Math.Min(limits.BuyEdgePpm, limits.SellEdgePpm - limits.SellReliefMaxPpm);
        TradingDay day = Foresight.Day(job.World.Options(job.Seed), floorPpm, stop);
        ClairvoyantResult best = ClairvoyantTrader.Solve(day, Accounting.Edge, stop: stop);
        string settings = string.Join(", ", job.World.Settings.Concat(job.Policy.Settings.Select(s => ($"decision.{s.Key}", s.Value))).Select(s => $"{s.Item1} = {s.Item2}"));
        return new StrategyReport
        {
            Title = $"{job.Policy.Name}, seed {job.Seed}",
            Notes =
            [
                settings.Length == 0 ? "Default settings." : settings,
                "Profit in the plots is edge at true prices: what moves of the prices add or take is left out, for the policies and for the clairvoyant alike.",
            ],
            Capital = own["start_cash"] / Units,
            Figures = [.. Figures(own, other, best)],
            Runs = [Course(job.Policy.Name, own), Course("fixed 1 % rule", other)],
            Clairvoyant = new ReportRun($"clairvoyant, floor {floorPpm / 100} bp",
                [.. PlanCourse.Of(day, best.Plan, SeriesSeconds * 1_000_000_000L).Select(p => new ReportPoint(p.TimeNs / 1e9, p.EdgeProfit / Units, p.StockValue / Units, p.StockValue / Units))]),
            WinsByEdge = [.. own.SentByEdge.Select((sent, i) => new EdgeBucket((i + 0.5) * RunStatistics.BucketPpm / 100, sent, own.WonByEdge[i]))],
            Losses = [.. Losses(own)],
            ProfitByLatency = latencyDays == 0 ? [] : [.. Latencies(job, latencyDays, threads, stop)],
        };
    }

    private static ReportRun Course(string name, RunResult result) => new(name, [.. result.Series.Select(p => new ReportPoint(
        p.AtNs / 1e9, p.EdgeProfit / Units, (p.Stock + p.Reserved) / Units, p.Stock / Units, p.RequiredBuyEdgePpm / 100.0))]);

    private static IEnumerable<IReadOnlyList<string>> Figures(RunResult own, RunResult other, ClairvoyantResult best)
    {
        yield return ["profit after all stock was sold", ResultPage.Dollars(own.Profit)];
        yield return ["of the fixed 1 % rule", ResultPage.Dollars(other.Profit)];
        yield return ["edge less the cost of what is left", ResultPage.Dollars(own["edge_profit"] - own["liquidation_cost"])];
        yield return ["at most possible, proven", ResultPage.Dollars(best.Bound)];
        yield return ["share of it", string.Create(CultureInfo.InvariantCulture, $"{best.SharePpm(own["edge_profit"] - own["liquidation_cost"]) / 1e4:F1} %")];
        yield return ["orders sent, won", string.Create(CultureInfo.InvariantCulture, $"{own["orders"]:N0}, {own["orders_won"]:N0}")];
        yield return ["loss on bad trades", ResultPage.Dollars(own["bad_trade_loss"])];
    }

    private static IEnumerable<LossReason> Losses(RunResult result)
    {
        for (int i = 1; i < result.Verdicts.Count; i++) yield return new LossReason($"{(RefusalReason)i}", result.Verdicts[i]);
        yield return new LossReason("ordered, not won", result["orders"] - result["orders_won"]);
    }

    private static IEnumerable<LatencyPoint> Latencies(Job job, int days, int threads, CancellationToken stop)
    {
        Job[] jobs = [.. LatenciesUs.SelectMany(us => Enumerable.Range(0, days).Select(day => job.With("latency", $"{us}:0.6") with { Seed = job.Seed + (ulong)day }))];
        RunResult?[] results = JobRunner.Run("latency", jobs, threads, stop);
        stop.ThrowIfCancellationRequested();
        for (int i = 0; i < LatenciesUs.Length; i++)
        {
            Estimate mean = Estimate.OfMean([.. Enumerable.Range(i * days, days).Select(at => results[at]!.Profit / Units)]);
            // One day has no interval.
            double half = days == 1 ? 0 : mean.HalfWidth;
            yield return new LatencyPoint(LatenciesUs[i], mean.Value, mean.Value - half, mean.Value + half);
        }
    }
}
