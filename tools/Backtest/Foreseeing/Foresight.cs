using System.Globalization;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Clairvoyant;

namespace MarketMaker.Backtest.Foreseeing;

/// <summary>A trader who knows the future, as a policy by name: <c>best:FLOOR_PPM</c> all of it, <c>sees:SECONDS:FLOOR_PPM</c> some seconds.</summary>
/// <param name="HorizonSeconds">How far he sees; 0: to the end of the day.</param>
/// <param name="FloorPpm">The least edge of what he takes.</param>
internal readonly record struct Foresight(int HorizonSeconds, int FloorPpm)
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Reads a policy's name.</summary>
    public static bool TryParse(string name, out Foresight foresight)
    {
        string[] parts = name.Split(':');
        foresight = parts switch
        {
            ["best", var floor] when TryParseNumber(floor, out int ppm) => new Foresight(0, ppm),
            ["sees", var seconds, var floor] when TryParseNumber(seconds, out int ahead) && ahead > 0 && TryParseNumber(floor, out int ppm) => new Foresight(ahead, ppm),
            _ => new Foresight(-1, 0),
        };
        return foresight.HorizonSeconds >= 0;
    }

    /// <summary>Does a run. Of <c>best</c>, the profits are bounds that nobody can exceed; of <c>sees</c>, what a plan earns.</summary>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public RunResult Run(BacktestOptions options, CancellationToken stop)
    {
        TradingDay day = Day(options, FloorPpm, stop);
        if (HorizonSeconds == 0)
        {
            ClairvoyantResult byEdge = ClairvoyantTrader.Solve(day, Accounting.Edge, stop: stop);
            ClairvoyantResult byMoney = ClairvoyantTrader.Solve(day, Accounting.Money, stop: stop);
            return Result(options, day, byMoney.Bound, byEdge.Bound, byEdge.Plan);
        }

        TradePlan plan = HorizonTrader.Solve(day, Accounting.Edge, HorizonSeconds * NsPerSecond, stop: stop);
        return Result(options, day, plan.MoneyProfit, plan.EdgeProfit, plan);
    }

    /// <summary>The day as the clairvoyant knows it: all offers and outcomes whose true edge is at least the floor when our order would arrive.</summary>
    /// <remarks>What our own trades change (competitors with more capital left, a better offer met on the way to another) is not in it.</remarks>
    public static TradingDay Day(BacktestOptions options, int floorPpm, CancellationToken stop)
    {
        (IReadOnlyList<OfferOutcome> outcomes, int[] startPrices, int[] endPrices) = OfferOutcomes.Of(options, stop);
        TradingDay day = new()
        {
            Opportunities = [.. outcomes.Select(o => new Opportunity(o.AtNs, o.Ticker, o.OfferSide, o.Price, o.FairPrice, o.Shares))],
            Cash = options.Cash,
            StartFairPrices = startPrices,
            EndFairPrices = endPrices,
            LiquidationPpm = options.LiquidationPpm,
        };
        return day.WithFloors(floorPpm, floorPpm);
    }

    private static bool TryParseNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static RunResult Result(BacktestOptions options, TradingDay day, long profit, long edgeProfit, TradePlan plan)
    {
        long taken = 0;
        foreach (long shares in plan.Shares) taken += shares > 0 ? 1 : 0;
        Dictionary<string, long> known = new()
        {
            ["profit"] = profit,
            ["edge_profit"] = edgeProfit,
            ["start_cash"] = options.Cash,
            ["offers"] = day.Opportunities.Count,
            ["orders"] = taken,
            ["orders_won"] = taken,
        };
        return new RunResult
        {
            Verdicts = [],
            SentByEdge = [],
            WonByEdge = [],
            Series = [],
            Violations = [],
            Figures = [.. RunResult.Names.Select(name => (name, known.GetValueOrDefault(name)))],
        };
    }
}
