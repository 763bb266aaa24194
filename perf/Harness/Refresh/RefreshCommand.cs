using System.CommandLine;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Measuring;

namespace MarketMaker.Harness.Refresh;

/// <summary>What staleness costs with the engine's refresh schedule, against the best rates there are and against equal ones.</summary>
internal static class RefreshCommand
{
    private const int Tickers = 5_000;
    private const double OffersPerSecond = 25_000;
    private const double WarmUpSeconds = 600;
    private const double CountedSeconds = 600;

    internal static Command Create()
    {
        Option<int> seeds = new("--seeds") { Description = "Markets drawn, 2 to 1,000.", DefaultValueFactory = _ => 6 };
        Option<int> firstSeed = new("--first-seed") { Description = "Seed of the first.", DefaultValueFactory = _ => 901 };
        Option<int[]> budgets = new("--requests-per-second")
        {
            Description = "Budgets, several allowed.",
            DefaultValueFactory = _ => [500, 2_000, 5_000],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("refresh", "Loss from stale prices: the refresh schedule against the formula with known weights, and against equal rates.") { seeds, firstSeed, budgets, json };
        command.SetAction(parsed =>
        {
            MeasureReport report = Measure(parsed.GetRequiredValue(budgets), parsed.GetValue(firstSeed), Math.Clamp(parsed.GetValue(seeds), 2, 1_000));
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(int[] budgets, int firstSeed, int seeds)
    {
        List<MeasureRow> rows = [];
        foreach (int budget in budgets)
        {
            rows.Add(Row($"{budget}/s, weights and volatility known", budget, firstSeed, seeds, isKnown: true, againstUniform: false, 1.05));
            rows.Add(Row($"{budget}/s, both learned", budget, firstSeed, seeds, isKnown: false, againstUniform: false, 1.25));
            rows.Add(Row($"{budget}/s, both learned, against equal rates", budget, firstSeed, seeds, isKnown: false, againstUniform: true, 0.5));
        }

        return new MeasureReport(
            "refresh",
            HostFingerprint.Take(Environment.CurrentDirectory),
            $"virtual time; {Tickers} tickers, {OffersPerSecond:N0} offers/s near the threshold by Zipf(1), lognormal volatility, seeds {firstSeed} to {firstSeed + seeds - 1}, {CountedSeconds:N0} s after {WarmUpSeconds:N0} s; loss in bp^2 x offers/s",
            rows);
    }

    private static MeasureRow Row(string name, int budget, int firstSeed, int seeds, bool isKnown, bool againstUniform, double ratioMax)
    {
        double[] ours = new double[seeds];
        double[] theirs = new double[seeds];
        for (int i = 0; i < seeds; i++)
        {
            Console.Error.Write($"\r{name}: {i + 1} of {seeds}   ");
            RefreshModel model = new(Tickers, OffersPerSecond, firstSeed + i);
            ours[i] = model.ScheduleLoss(budget, isKnown, WarmUpSeconds, CountedSeconds);
            theirs[i] = againstUniform ? model.UniformLoss(budget) : model.FormulaLoss(budget);
        }

        Console.Error.WriteLine();
        Samples ratio = Samples.Of([.. ours.Zip(theirs, (our, their) => our / their)]);
        return new MeasureRow(name, "bp^2/s", ours.Average(), theirs.Average(), ratio, $"<= {ratioMax}", ratio.Median <= ratioMax);
    }
}
