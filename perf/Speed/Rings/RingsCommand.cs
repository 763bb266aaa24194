using System.CommandLine;
using MarketMaker.Measuring;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Rings;

/// <summary>The engine's ring between two cores against raw cache lines, a ring in C, and a bounded channel.</summary>
internal static class RingsCommand
{
    private const int Rounds = 200_000, Events = 1 << 21, ChannelEvents = 1 << 19, Batch = 16;
    private const int PollsBetweenLooks = 16;
    private const double HopMedianGoal = 1.35, HopTailGoal = 1.6, BatchGoal = 1.5, SingleGoalNs = 25, ChannelGoal = 5;

    /// <summary>Cores of one cache: some 100 ns; of two: 400 and more.</summary>
    private const double NearRoundTripMaxNs = 200;

    internal static Command Create()
    {
        Option<int> repeats = new("--repeats") { Description = "Alternating repeats, 5 to 1,000.", DefaultValueFactory = _ => 9 };
        Option<bool> record = new("--record") { Description = "Add the run to perf/Records." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("rings", "Rings against the machine's cache lines, a C ring and channels.") { repeats, record, json };
        command.SetAction(parsed => Measurement.Show("measure rings", parsed.GetValue(record), parsed.GetValue(json), "threads on cores 0 and 1, both spin with pause; slots of 64 bytes, 1,024 of them; streams with a paced consumer, 16 polls between looks; repeats alternate",
            (figures, run) => Measure(figures, run, Math.Clamp(parsed.GetValue(repeats), 5, 1_000))));
        return command;
    }

    private static List<MeasureRow> Measure(List<Figure> figures, string run, int repeats)
    {
        if (Environment.ProcessorCount < 2) throw new MeasureException("rings join two cores, and this host has one");
        List<double> hop50 = [], hop99 = [], hop999 = [], raw50 = [], raw99 = [], raw999 = [], batch = [], batchC = [], single = [], singleC = [], channel = [], eager = [], eagerBatch = [];
        for (int i = 0; i < repeats; i++)
        {
            Dictionary<string, double> raw = FloorProgram.Run("cache_line", $"{Rounds}", "0", "1");
            long[] hop = HandOver.RoundTrips(Rounds);
            raw50.Add(raw["p50_ns"]);
            raw99.Add(raw["p99_ns"]);
            raw999.Add(raw["p999_ns"]);
            hop50.Add(hop[hop.Length / 2]);
            hop99.Add(hop[hop.Length * 99 / 100]);
            hop999.Add(hop[hop.Length * 999L / 1000]);
            batchC.Add(FloorProgram.Run("spsc_ring", $"{Events}", $"{Batch}", "0", "1")["ns_per_event"]);
            batch.Add(HandOver.Ring(Events, Batch, PollsBetweenLooks));
            eagerBatch.Add(HandOver.Ring(Events, Batch, 0));
            singleC.Add(FloorProgram.Run("spsc_ring", $"{Events}", "1", "0", "1")["ns_per_event"]);
            single.Add(HandOver.Ring(Events, 1, PollsBetweenLooks));
            eager.Add(HandOver.Ring(Events, 1, 0));
            channel.Add(HandOver.BoundedChannel(ChannelEvents));
        }

        Add("hop-round-trip-p50", "ns", hop50);
        Add("raw-round-trip-p50", "ns", raw50);
        Add("hop-round-trip-p99", "ns", hop99);
        Add("raw-round-trip-p99", "ns", raw99);
        Add("batch-16", "ns", batch);
        Add("batch-16-c", "ns", batchC);
        Add("batch-16-unpaced", "ns", eagerBatch);
        Add("one-by-one", "ns", single);
        Add("one-by-one-unpaced", "ns", eager);
        Add("one-by-one-c", "ns", singleC);
        Add("bounded-channel", "ns", channel);
        Add("hop-over-raw-p50", "ratio", Ratios(hop50, raw50));
        Add("hop-over-raw-p99", "ratio", Ratios(hop99, raw99));
        Add("batch-16-over-c", "ratio", Ratios(batch, batchC));
        Add("channel-over-batch-16", "times", Ratios(channel, batch));
        double alone = Samples.Of(single).Median;
        // A virtual machine's two cores may be neighbours now and far apart a minute later.
        bool areNear = Samples.Of(raw50).Median <= NearRoundTripMaxNs;
        return
        [
            Against("hop, round trip, p50", hop50, raw50, HopMedianGoal),
            Against("hop, round trip, p99", hop99, raw99, HopTailGoal),
            new("hop, round trip, p99.9", "ns", Samples.Of(hop999).Median, Samples.Of(raw999).Median, Samples.Of(Ratios(hop999, raw999))),
            Against("one producer, one consumer, batch 16, per event", batch, batchC, BatchGoal),
            new("one by one, per event", "ns", alone, Samples.Of(singleC).Median, Samples.Of(Ratios(single, singleC)), areNear ? $"<= {SingleGoalNs} ns near" : null, alone <= SingleGoalNs),
            new("  without pacing, batch 16", "ns", Samples.Of(eagerBatch).Median, Samples.Of(batch).Median, Samples.Of(Ratios(eagerBatch, batch))),
            new("  without pacing, one by one", "ns", Samples.Of(eager).Median, alone, Samples.Of(Ratios(eager, single))),
            new("bounded channel over batch 16", "times", Samples.Of(channel).Median, Samples.Of(batch).Median, Samples.Of(Ratios(channel, batch)), $">= {ChannelGoal}x", Samples.Of(Ratios(channel, batch)).Median >= ChannelGoal),
        ];

        void Add(string name, string unit, IEnumerable<double> values) => Measurement.Add(figures, run, "rings", name, unit, values);
    }

    private static MeasureRow Against(string name, List<double> ours, List<double> floor, double goal)
    {
        Samples ratio = Samples.Of(Ratios(ours, floor));
        return new MeasureRow(name, "ns", Samples.Of(ours).Median, Samples.Of(floor).Median, ratio, $"<= {goal}x", ratio.Median <= goal);
    }

    private static IEnumerable<double> Ratios(List<double> ours, List<double> floor) => ours.Zip(floor, (mine, theirs) => mine / theirs);
}
