using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Load;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.InMemory;

/// <summary>
/// Decode, price, decide and order bytes in memory on one core: offers a second against a C loop over the same packets, and tick to order at a given rate with
/// the journal on.
/// </summary>
internal static class EngineCommand
{
    private const int Packets = 2_048, OffersPerPacket = 32, BatchPackets = 16;
    private const double RateGoal = 10e6, RatioGoal = 5, MedianGoalNs = 1_000, P99GoalNs = 5_000;
    private const double WarmUpSeconds = 1;

    /// <summary>Percent of the time: half of the hundredth that a p99 leaves out.</summary>
    private const double StolenShareMax = 0.5;

    /// <summary>Away oftener than that over the bare core, it was stalled by itself. How long, an interrupt decides that finds the caches full of something else.</summary>
    private const double AwayGoal = 1.25;

    /// <summary>A second; fewer are chance, whatever their ratio.</summary>
    private const double AwayBeyondMax = 10;

    internal static Command Create()
    {
        Option<int> repeats = new("--repeats") { Description = "Alternating repeats, 5 to 1,000.", DefaultValueFactory = _ => 9 };
        Option<long> rate = new("--rate") { Description = "Offers a second of the tick-to-order part, one packet each.", DefaultValueFactory = _ => 500_000 };
        Option<double> seconds = new("--seconds") { Description = "Seconds of each repeat of that part.", DefaultValueFactory = _ => 2 };
        Option<string> data = new("--data") { Description = "Folder on a disk for its journal.", DefaultValueFactory = _ => "artifacts/latency" };
        Option<bool> record = new("--record") { Description = "Add the run to perf/Records." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("engine", "The in-memory engine against a C loop, and tick to order in process.") { repeats, rate, seconds, data, record, json };
        command.SetAction(parsed => Measurement.Show("measure engine", parsed.GetValue(record), parsed.GetValue(json), "four stages fused on core 0, 5,000 tickers, one offer in a hundred pays; alternating with the C loop",
            (figures, run) => Measure(figures, run, Math.Clamp(parsed.GetValue(repeats), 5, 1_000), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetRequiredValue(data))));
        return command;
    }

    private static List<MeasureRow> Measure(List<Figure> figures, string run, int repeats, long rate, double seconds, string data)
    {
        Measurement.Pin(0);
        List<double> ours = [], floor = [];
        string file = Path.Combine(Path.GetTempPath(), $"mm-speed-{Environment.ProcessId}.packets");
        OfferStream stream = new(Packets, OffersPerPacket);
        stream.Save(file);
        try
        {
            MemoryPackets packets = new(stream, BatchPackets);
            MemoryVenue venue = new(packets, 0);
            using InMemoryEngine engine = new(packets, venue, null);
            FlatOut(engine, packets, venue, 40);
            for (int i = 0; i < repeats; i++)
            {
                ours.Add(FlatOut(engine, packets, venue, 40));
                floor.Add(RunFloor(file, 200));
            }
        }
        finally
        {
            File.Delete(file);
        }

        Samples ratio = Samples.Of(ours.Zip(floor, (mine, theirs) => mine / theirs));
        double perSecond = 1e9 / Samples.Of(ours).Median;
        Measurement.Add(figures, run, "engine/memory", "offer", "ns", ours);
        Measurement.Add(figures, run, "engine/memory", "c-loop-offer", "ns", floor);
        Measurement.Add(figures, run, "engine/memory", "offer-over-c-loop", "ratio", ours.Zip(floor, (mine, theirs) => mine / theirs));
        List<MeasureRow> rows =
        [
            new("offers, flat out", "ns each", Samples.Of(ours).Median, Samples.Of(floor).Median, ratio, $"<= {RatioGoal}x C", ratio.Median <= RatioGoal),
            new("offers, flat out", "1/s", perSecond, 1e9 / Samples.Of(floor).Median, null, $">= {RateGoal:N0}/s", perSecond >= RateGoal),
        ];
        rows.AddRange(TickToOrder(figures, run, repeats, rate, seconds, data));
        return rows;
    }

    /// <summary>Hands all packets to the engine so many times.</summary>
    /// <returns>Ns per offer.</returns>
    internal static double FlatOut(InMemoryEngine engine, MemoryPackets packets, MemoryVenue venue, int rounds)
    {
        long allowed = (long)Packets * rounds, ordersBefore = venue.Orders;
        packets.Allow(allowed);
        long begun = Stopwatch.GetTimestamp();
        while (packets.Left > 0) engine.Turn();
        long tookNs = Stopwatch.GetTimestamp() - begun;
        while (engine.Turn() > 0)
        {
        }

        // One in a hundred pays; a few are stopped by signals, which is as it should be. More would mean that what is timed is something else.
        long orders = venue.Orders - ordersBefore, due = allowed * OffersPerPacket / 100;
        if (orders < due * 95 / 100) throw new MeasureException($"only {orders:N0} of {due:N0} paying offers became orders: {Refusals(engine.Counters)}");
        return (double)tookNs / (allowed * OffersPerPacket);
    }

    internal static (MemoryPackets Packets, MemoryVenue Venue, InMemoryEngine Engine) NewFlatOut()
    {
        MemoryPackets packets = new(new OfferStream(Packets, OffersPerPacket), BatchPackets);
        MemoryVenue venue = new(packets, 0);
        return (packets, venue, new InMemoryEngine(packets, venue, null));
    }

    internal static long OffersOf(int rounds) => (long)Packets * OffersPerPacket * rounds;

    private static double RunFloor(string file, int rounds)
    {
        int packetBytes = 20 + OffersPerPacket * 38;
        Dictionary<string, double> result = FloorProgram.Run("tick_to_order", file, $"{packetBytes}", $"{rounds}", $"{OfferStream.Tickers}", "0");
        return result["ns_per_message"];
    }

    private static IEnumerable<MeasureRow> TickToOrder(List<Figure> figures, string run, int repeats, long rate, double seconds, string data)
    {
        string folder = Path.Combine(Path.GetFullPath(data), $"memory-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        List<double> p50 = [], p99 = [], p999 = [], own99 = [], away = [], timesAway = [], stolen99 = [], stolen999 = [], stolen = [], timesStolen = [];
        List<HopFigures[]> hops = [];
        try
        {
            MemoryPackets packets = new(new OfferStream(Packets * OffersPerPacket, 1), BatchPackets);
            MemoryVenue venue = new(packets, (int)(rate * Math.Max(seconds, WarmUpSeconds) / 50) + 1_000);
            using InMemoryEngine engine = new(packets, venue, Path.Combine(folder, "journal"));
            HopWindows windows = new(engine.Counters);
            Paced(engine, packets, rate, WarmUpSeconds);
            for (int i = 0; i < repeats; i++)
            {
                venue.Samples = 0;
                windows.Open();
                Paced(engine, packets, rate, seconds);
                hops.Add(windows.Close());
                away.Add(packets.Stolen.Share * 100);
                timesAway.Add(packets.Stolen.Count / seconds);
                long[] sorted = Sorted(venue.Kept.ToArray());
                long[] own = Sorted([.. venue.Kept.ToArray().Where(sample => !packets.Stolen.Covers(sample.IntendedNs))]);
                if (sorted.Length < rate * seconds / 200) throw new MeasureException($"only {sorted.Length} orders at {rate:N0} offers/s: {Refusals(engine.Counters)}");
                Dictionary<string, double> probe = FloorProgram.Run("stolen", $"{(int)(seconds * 1_000)}", "0");
                stolen99.Add(probe["p99_ns"]);
                stolen999.Add(probe["p999_ns"]);
                stolen.Add(probe["stolen_ppm"] / 10_000);
                timesStolen.Add(probe["long_gaps"] / seconds);
                own99.Add(own[own.Length * 99 / 100]);
                p50.Add(sorted[sorted.Length / 2]);
                p99.Add(sorted[sorted.Length * 99 / 100]);
                p999.Add(sorted[sorted.Length * 999 / 1000]);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string scenario = $"engine/tick-to-order/{rate.ToString(CultureInfo.InvariantCulture)}";
        Measurement.Add(figures, run, scenario, "tick-to-order-p50", "ns", p50);
        Measurement.Add(figures, run, scenario, "tick-to-order-p99", "ns", p99);
        Measurement.Add(figures, run, scenario, "tick-to-order-p999", "ns", p999);
        Measurement.Add(figures, run, scenario, "tick-to-order-p99-while-not-away", "ns", own99);
        Measurement.Add(figures, run, scenario, "away-share", "%", away);
        Measurement.Add(figures, run, scenario, "stolen-share", "%", stolen);
        Measurement.Add(figures, run, scenario, "times-away", "stalls/s", timesAway);
        Measurement.Add(figures, run, scenario, "times-stolen", "stalls/s", timesStolen);
        Measurement.Add(figures, run, scenario, "stolen-p99", "ns", stolen99);
        Measurement.Add(figures, run, scenario, "stolen-p999", "ns", stolen999);
        yield return new($"tick to order at {rate:N0}/s, journal on, from the intended arrival: p50", "ns", Samples.Of(p50).Median, null, null, $"<= {MedianGoalNs:N0}", Samples.Of(p50).Median <= MedianGoalNs);
        // What others take from this core no program can give back. Where that is near a hundredth of the time, it is the hundredth: the goal is for a core that is ours.
        bool isOurCore = Samples.Of(stolen).Median < StolenShareMax;
        yield return new($"  p99, beside the wait for the bare core{(isOurCore ? "" : ", from which others take too much to judge")}", "ns", Samples.Of(p99).Median, Samples.Of(stolen99).Median, null, isOurCore ? $"<= {P99GoalNs:N0}" : null, Samples.Of(p99).Median <= P99GoalNs);
        yield return new($"  p99 of what arrived while the core was not away for {StolenTime.GapMinNs / 1_000} us or more", "ns", Samples.Of(own99).Median, null, null, $"<= {P99GoalNs:N0}", Samples.Of(own99).Median <= P99GoalNs);
        Samples awayRatio = Samples.Of(timesAway.Zip(timesStolen, (mine, bare) => mine / Math.Max(1, bare)));
        yield return new("  how often it was away, beside the bare core", "1/s", Samples.Of(timesAway).Median, Samples.Of(timesStolen).Median, awayRatio, $"<= {AwayGoal}x, or {AwayBeyondMax} more",
            awayRatio.Median <= AwayGoal || Samples.Of(timesAway).Median - Samples.Of(timesStolen).Median <= AwayBeyondMax);
        yield return new("  time that it was away and caught up, beside what is taken from the bare core", "%", Samples.Of(away).Median, Samples.Of(stolen).Median, null);
        yield return new("  p99.9, beside the same", "ns", Samples.Of(p999).Median, Samples.Of(stolen999).Median, null);
        for (int i = 0; i < hops[0].Length; i++)
        {
            string hop = hops[0][i].Name;
            if (hops.Exists(taken => taken[i].Count == 0)) continue;
            double[] hop50 = [.. hops.Select(taken => (double)taken[i].P50)], hop99 = [.. hops.Select(taken => (double)taken[i].P99)];
            Measurement.Add(figures, run, scenario, $"{hop}-p50", "ns", hop50);
            Measurement.Add(figures, run, scenario, $"{hop}-p99", "ns", hop99);
            yield return new($"  the engine's own {hop}: p50", "ns", Samples.Of(hop50).Median, null, null);
            yield return new("    p99", "ns", Samples.Of(hop99).Median, null, null);
        }
    }

    private static long[] Sorted((long IntendedNs, long OrderedNs)[] samples)
    {
        long[] sorted = Array.ConvertAll(samples, sample => sample.OrderedNs - sample.IntendedNs);
        Array.Sort(sorted);
        return sorted;
    }

    private static void Paced(InMemoryEngine engine, MemoryPackets packets, long rate, double seconds)
    {
        packets.Allow((long)(rate * seconds), new Schedule(Stopwatch.GetTimestamp(), rate));
        while (packets.Left > 0) engine.Turn();
        while (engine.Turn() > 0)
        {
        }
    }

    private static string Refusals(CounterFile counters) => string.Join(", ", Enum.GetValues<RefusalReason>()
        .Select(reason => (reason, Count: counters.ReadRefused(Counter.FeedRefused, reason) + counters.ReadRefused(Counter.DecisionRefused, reason) + counters.ReadRefused(Counter.ExecutionRefused, reason)))
        .Where(refused => refused.Count > 0).Select(refused => $"{refused.reason} {refused.Count:N0}"));
}
