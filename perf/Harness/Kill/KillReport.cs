using System.Globalization;

namespace MarketMaker.Harness.Kill;

/// <summary>What the tap says of the trips.</summary>
internal static class KillReport
{
    private const double MedianGoalUs = 100, TailGoalUs = 1_000;
    private static readonly double[] Percentiles = [50, 90, 95, 99, 99.9, 100];

    /// <summary>Prints the page.</summary>
    /// <param name="trips">When the switch was thrown.</param>
    /// <param name="sends">When packets with orders left.</param>
    /// <param name="stolenNs">A trip in which the engine's thread waited longer for a core is told apart.</param>
    /// <param name="sentInAll">Orders by the engine's count; the tap must have seen as many.</param>
    /// <param name="dropped">What tcpdump says of its losses.</param>
    /// <returns>Whether the goals are reached.</returns>
    internal static bool Print(List<KillTrip> trips, List<TappedSend> sends, long stolenNs, long sentInAll, string dropped)
    {
        List<(double Us, int Sends, bool IsStolen)> results = [.. trips.Select(trip => Judge(trip, sends, stolenNs))];
        long tapped = sends.Sum(send => (long)send.Orders);
        Console.WriteLine($"tap: {sends.Count} packets with {tapped} orders; the engine counts {sentInAll}; {dropped}");
        int[] after = [results.Count(r => r.Sends == 0), results.Count(r => r.Sends == 1), results.Count(r => r.Sends > 1)];
        Console.WriteLine($"sends after the flag was stored for certain: none in {after[0]} trips, the one already begun in {after[1]}, more in {after[2]}");
        double[] all = Sorted(results.Select(r => r.Us)), held = Sorted(results.Where(r => !r.IsStolen).Select(r => r.Us));
        Line($"stored to last send, us, all {all.Length} trips", all);
        Line($"  of them, no core stolen ({held.Length})", held);
        Line("probe: engine's thread waited for a core in the 2 ms, us", Sorted(trips.Select(trip => trip.CoreWaitNs / 1000.0)));
        Line("probe: a thread beside it was away for, us", Sorted(trips.Select(trip => trip.OwnGapNs / 1000.0)));
        Line("uncertainty: the store lay within, us", Sorted(trips.Select(trip => (trip.AfterNs - trip.BeforeNs) / 1000.0)));
        bool counts = tapped == sentInAll;
        bool isReached = after[2] == 0 && counts && held.Length > 0 && At(held, 50) <= MedianGoalUs && At(held, 99) <= TailGoalUs;
        Console.WriteLine(isReached ? "goals reached: at most the send already begun, p50 <= 100 us, p99 <= 1 ms where no core was stolen" : "goals missed");
        return isReached;
    }

    // From just before the store, so that the time is never too short; sends are counted from just after it.
    private static (double Us, int Sends, bool IsStolen) Judge(KillTrip trip, List<TappedSend> sends, long stolenNs)
    {
        int first = FirstAfter(sends, trip.BeforeNs);
        long lastNs = trip.BeforeNs;
        int count = 0;
        for (int i = first; i < sends.Count && sends[i].WallNs <= trip.EndNs; i++)
        {
            lastNs = sends[i].WallNs;
            if (lastNs > trip.AfterNs) count++;
        }

        return ((lastNs - trip.BeforeNs) / 1000.0, count, trip.CoreWaitNs > stolenNs);
    }

    private static int FirstAfter(List<TappedSend> sends, long wallNs)
    {
        int low = 0, high = sends.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sends[middle].WallNs <= wallNs) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static double[] Sorted(IEnumerable<double> values) => [.. values.Order()];

    private static double At(double[] sorted, double percentile) => sorted[Math.Clamp((int)Math.Ceiling(percentile / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static void Line(string what, double[] sorted)
    {
        if (sorted.Length == 0) return;
        Console.WriteLine($"{what}: " + string.Join(", ", Percentiles.Select(p => string.Create(CultureInfo.InvariantCulture, $"{(p == 100 ? "max" : $"p{p}")} {At(sorted, p):F1}"))));
    }
}
