using MarketMaker.Measuring;

namespace MarketMaker.Speed.Records;

/// <summary>What became of a figure.</summary>
internal enum Change
{
    /// <summary>Not to be told from chance, or no larger than what the machine itself moved.</summary>
    Noise,

    /// <summary>Better.</summary>
    Better,

    /// <summary>Worse.</summary>
    Worse,
}

/// <summary>One figure of two records.</summary>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Before">Median in the first record.</param>
/// <param name="After">Median in the second.</param>
/// <param name="P">By <see cref="MannWhitney"/>.</param>
/// <param name="LeastChange">What the medians must differ by at least, as a fraction.</param>
/// <param name="Change">The verdict.</param>
internal sealed record Comparison(string Scenario, string Name, string Unit, double Before, double After, double P, double LeastChange, Change Change)
{
    public const string FloorScenario = "floor";

    /// <summary>What may happen by chance: with five repeats on each side 0.008 is the least there is.</summary>
    public const double ChanceAllowed = 0.01;

    /// <summary>Less than a twentieth is not worth a word.</summary>
    public const double LeastChangeMin = 0.05;

    /// <summary>
    /// Compares every figure that both records have. A figure is better or worse when chance would bring such ranks in fewer than one case of a hundred and the
    /// medians differ by more than a twentieth; times and rates must differ by more than the machine's own floor did, too, since then the machine may be what changed.
    /// </summary>
    public static IEnumerable<Comparison> Of(IEnumerable<Figure> before, IEnumerable<Figure> after)
    {
        ILookup<(string, string), Figure> first = before.ToLookup(figure => (figure.Scenario, figure.Name));
        ILookup<(string, string), Figure> second = after.ToLookup(figure => (figure.Scenario, figure.Name));
        // The tails of the floors are the scheduler's.
        double drift = first.Where(group => group.Key.Item1 == FloorScenario && group.Key.Item2.EndsWith("-p50", StringComparison.Ordinal) && second.Contains(group.Key))
            .Select(group => Distance(Median(group), Median(second[group.Key]))).DefaultIfEmpty(0).Max();
        foreach (IGrouping<(string, string), Figure> group in first.Where(group => group.Key.Item1 != FloorScenario && second.Contains(group.Key)))
        {
            Figure[] a = [.. group], b = [.. second[group.Key]];
            double least = a[0].Unit == "ratio" ? LeastChangeMin : Math.Max(LeastChangeMin, drift);
            double p = MannWhitney.P([.. a.Select(figure => figure.Value)], [.. b.Select(figure => figure.Value)]);
            (double was, double became) = (Median(a), Median(b));
            bool isReal = p < ChanceAllowed && Distance(was, became) > least;
            Change change = !isReal ? Change.Noise : became < was == a[0].IsLessBetter ? Change.Better : Change.Worse;
            yield return new Comparison(a[0].Scenario, a[0].Name, a[0].Unit, was, became, p, least, change);
        }
    }

    private static double Median(IEnumerable<Figure> figures) => Samples.Of(figures.Select(figure => figure.Value)).Median;

    private static double Distance(double a, double b) => a == b ? 0 : Math.Min(a, b) <= 0 ? double.PositiveInfinity : Math.Max(a, b) / Math.Min(a, b) - 1;
}
