using System.Globalization;
using MarketMaker.VolatilityModel;
using Spectre.Console;

namespace MarketMaker.Volatility.Measuring;

/// <summary>Prints how soon rises are found and how often nothing is: seeded days in virtual time.</summary>
internal static class Detection
{
    private static readonly int[] PollsMs = [1_000, 2_500, 10_000];

    /// <param name="model">When a ticker counts as volatile.</param>
    /// <param name="days">Ticker-days for each time between polls.</param>
    /// <param name="firstSeed">Seeds are this one and those that follow.</param>
    public static int Print(VolatilityOptions model, int days, int firstSeed)
    {
        Table table = new Table().AddColumns("polls", "4x, s: p50 / p90 / max", "2.5x, s: p50 / p90 / max", "false verdicts per ticker-day");
        AnsiConsole.Progress().Start(progress =>
        {
            foreach (int pollMs in PollsMs)
            {
                ProgressTask task = progress.AddTask($"polls of {pollMs} ms", maxValue: days);
                List<double> fourfold = [], bigHalf = [];
                int falseVerdicts = 0;
                for (int seed = firstSeed; seed < firstSeed + days; seed++, task.Increment(1))
                {
                    DetectionTrial day = new(model, dailyVolatilityPpm: 20_000, pollMs, seed);
                    fourfold.Add(day.SecondsToFind(4, usualSeconds: 1_800) ?? double.PositiveInfinity);
                    bigHalf.Add(day.SecondsToFind(2.5, usualSeconds: 1_800) ?? double.PositiveInfinity);
                    falseVerdicts += day.FalseVerdictsInDay();
                }

                table.AddRow(
                    string.Create(CultureInfo.InvariantCulture, $"{pollMs / 1_000.0} s"), Percentiles(fourfold), Percentiles(bigHalf),
                    string.Create(CultureInfo.InvariantCulture, $"{(double)falseVerdicts / days:F4} ({falseVerdicts} in {days})"));
            }
        });
        AnsiConsole.WriteLine($"a random walk of 2 % a day, {days} ticker-days each, seeds {firstSeed} to {firstSeed + days - 1}; the rise comes after 30 min");
        AnsiConsole.Write(table);
        return 0;
    }

    private static string Percentiles(List<double> seconds)
    {
        seconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{seconds[seconds.Count / 2]:F1} / {seconds[seconds.Count * 9 / 10]:F1} / {seconds[^1]:F1}");
    }
}
