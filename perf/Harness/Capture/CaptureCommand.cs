using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Decision.Capture;
using MarketMaker.Measuring;

namespace MarketMaker.Harness.Capture;

/// <summary>What a capture costs Decision's thread and its writer, how long its file is, and how fast it is replayed.</summary>
internal static class CaptureCommand
{
    private const double ReplayGoal = 5_000_000;
    private const double NsPerSecond = 1e9;

    internal static Command Create()
    {
        Option<string> path = new("--path")
        {
            Description = "Folder for the capture.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> offers = new("--offers") { Description = "Offers in the capture, 100,000 to 1,000,000,000.", DefaultValueFactory = _ => 5_000_000 };
        Option<int> turns = new("--turns") { Description = "Times each figure is taken, 1 to 1,000.", DefaultValueFactory = _ => 7 };
        Option<string?> replay = new("--replay") { Description = "Replay this capture instead of one made here." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("capture", "Recording, writing and replaying Decision's inputs, on one core each.") { path, offers, turns, replay, json };
        command.SetAction(parsed =>
        {
            int count = Math.Clamp(parsed.GetValue(offers), 100_000, 1_000_000_000);
            int times = Math.Clamp(parsed.GetValue(turns), 1, 1_000);
            MeasureReport report = parsed.GetValue(replay) is { } file
                ? Report($"replay of {file}", parsed.GetRequiredValue(path), Replay(file, times))
                : Measure(parsed.GetRequiredValue(path), count, times);
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(string path, int offers, int turns)
    {
        Directory.CreateDirectory(path);
        string file = Path.Combine(path, $"capture-{Environment.ProcessId}");
        try
        {
            List<MeasureRow> rows = [];
            double[] without = new double[turns], recorded = new double[turns], written = new double[turns];
            for (int turn = 0; turn < turns; turn++)
            {
                // Turn by turn, so that what the machine does meanwhile meets both.
                File.Delete(file);
                without[turn] = new CaptureLoad(offers, file: null).Run().DecisionNs;
                CaptureCost cost = new CaptureLoad(offers, file).Run();
                (recorded[turn], written[turn]) = (cost.DecisionNs, cost.WriterNs);
            }

            Samples ratio = Samples.Of(recorded.Zip(without, (with, plain) => with / plain));
            rows.Add(new MeasureRow("Decision's thread, with capture against without", "ns/offer", Samples.Of(recorded).Median, Samples.Of(without).Median, ratio));
            rows.Add(new MeasureRow("  what recording adds", "ns/offer", Samples.Of(recorded.Zip(without, (with, plain) => with - plain)).Median, null, null));
            rows.Add(new MeasureRow("the writer's thread", "ns/offer", Samples.Of(written).Median, null, null));
            rows.Add(new MeasureRow("length of the file", "bytes/offer", (double)new FileInfo(file).Length / offers, null, null));
            rows.AddRange(Replay(file, turns));
            return Report($"{offers:N0} offers of {CaptureLoad.Tickers} tickers by Zipf(1), 1 % taken, prices and responses between them; one thread at a time", path, rows);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<MeasureRow> Replay(string file, int turns)
    {
        double[] perSecond = new double[turns];
        double[] reading = new double[turns];
        for (int turn = 0; turn < turns; turn++)
        {
            CaptureReplayResult replay = CaptureReplay.Run(file);
            // Its output before its speed.
            if (!replay.IsEqual) throw new MeasureException($"the replay differs: {replay.Difference}");
            perSecond[turn] = replay.Offers / replay.Elapsed.TotalSeconds;
            reading[turn] = Read(file) / replay.Offers;
        }

        double median = Samples.Of(perSecond).Median;
        return
        [
            new MeasureRow("replay: reading, proving and deciding", "offers/s", median, null, null, $">= {ReplayGoal:N0}", median >= ReplayGoal),
            new MeasureRow("  of it reading and proving", "ns/offer", Samples.Of(reading).Median, null, null),
        ];
    }

    private static double Read(string file)
    {
        long began = Stopwatch.GetTimestamp();
        using CaptureReader reader = new(file);
        while (reader.Read())
        {
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds * NsPerSecond;
    }

    private static MeasureReport Report(string setting, string path, List<MeasureRow> rows) => new("capture", HostFingerprint.Take(Path.GetFullPath(path)), setting, rows);
}
