using System.Diagnostics;

namespace MarketMaker.Micro;

/// <summary>
/// The same as <see cref="DecisionJudge"/>, timed batch by batch in turn: the median over batches is what a core of one's own would show, and holds on
/// a machine whose other work would make any mean its own.
/// </summary>
internal static class DecisionBatches
{
    private const int Rounds = 4_000;
    private const int WarmUp = 1_000;

    public static void Run()
    {
        DecisionJudge judge = new();
        judge.Build();
        double[] strategy = new double[Rounds], rule = new double[Rounds];
        long taken = 0;
        for (int i = -WarmUp; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            taken += judge.Strategy();
            long middle = Stopwatch.GetTimestamp();
            taken += judge.FixedRule();
            long end = Stopwatch.GetTimestamp();
            if (i < 0) continue;
            (strategy[i], rule[i]) = (NsPerOffer(start, middle), NsPerOffer(middle, end));
        }

        Array.Sort(strategy);
        Array.Sort(rule);
        Console.WriteLine($"{Rounds} batches of {DecisionJudge.Batch} offers, {taken} taken; ns per offer: lower quartile, median, upper quartile");
        Console.WriteLine($"strategy   {strategy[Rounds / 4]:F1}  {strategy[Rounds / 2]:F1}  {strategy[Rounds * 3 / 4]:F1}");
        Console.WriteLine($"fixed rule {rule[Rounds / 4]:F1}  {rule[Rounds / 2]:F1}  {rule[Rounds * 3 / 4]:F1}");
    }

    private static double NsPerOffer(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalNanoseconds / DecisionJudge.Batch;
}
