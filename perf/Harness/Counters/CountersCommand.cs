using System.CommandLine;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Harness.Counters;

/// <summary>What a reader of the counter file costs the thread that writes it: ns of an offer with and without one, in turn.</summary>
internal static class CountersCommand
{
    private const double RatioGoal = 1.02;
    private const int ConsolePeriodMs = 500;

    internal static Command Create()
    {
        Option<string> path = new("--path")
        {
            Description = "Folder for the counter file.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> pairs = new("--pairs") { Description = "Pairs of windows for each reader, 1 to 1,000.", DefaultValueFactory = _ => 40 };
        Option<double> window = new("--window") { Description = "Length of a window in seconds, 0.05 to 60.", DefaultValueFactory = _ => 0.5 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("counters", "Prices and Decision with a reader attached to their counters, against none.") { path, pairs, window, json };
        command.SetAction(parsed =>
        {
            string folder = Path.GetFullPath(parsed.GetRequiredValue(path));
            Directory.CreateDirectory(folder);
            string file = Path.Combine(folder, $"counters-{Environment.ProcessId}");
            TimeSpan length = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(window), 0.05, 60));
            int count = Math.Clamp(parsed.GetValue(pairs), 1, 1000);
            try
            {
                using CounterLoad load = new(file);
                load.Run(TimeSpan.FromSeconds(2));
                List<MeasureRow> rows =
                [
                    Compare("no reader twice: what the machine itself varies", null),
                    Compare($"a reader every {ConsolePeriodMs} ms, as mm-console watch", ConsolePeriodMs),
                    Compare("a reader every 20 ms", 20),
                    Compare("a reader without pause", 0),
                ];
                load.Check();
                MeasureReport report = new("counters", HostFingerprint.Take(folder),
                    $"{CounterLoad.Tickers:N0} tickers, offers in batches of 64, 1 % taken, rows of tickers shown each second; windows of {length.TotalSeconds} s, ABBA; ours is with the reader, floor without", rows);
                report.Print();
                report.Write(parsed.GetValue(json));

                MeasureRow Compare(string name, int? periodMs)
                {
                    List<double> with = [], without = [];
                    for (int pair = 0; pair < count; pair++)
                    {
                        // ABBA: what drifts does so for both.
                        if (pair % 2 == 0) without.Add(Take(null));
                        with.Add(Take(periodMs));
                        if (pair % 2 != 0) without.Add(Take(null));
                    }

                    Samples ratio = Samples.Of(with.Zip(without, (a, b) => a / b));
                    bool isGoal = periodMs == ConsolePeriodMs;
                    return new MeasureRow(name, "ns/offer", Samples.Of(with).Median, Samples.Of(without).Median, ratio,
                        isGoal ? $"<= {RatioGoal}x" : null, isGoal ? ratio.Median <= RatioGoal : null);
                }

                double Take(int? periodMs)
                {
                    using Reader? reader = periodMs is { } every ? new Reader(file, every) : null;
                    load.Positions.Release();
                    load.Positions.Ask();
                    return load.Run(length);
                }
            }
            finally
            {
                File.Delete(file);
                File.Delete(file + ".new");
            }

            return 0;
        });
        return command;
    }

    /// <summary>Copies the whole file into an image again and again, as the console does, from a thread of its own.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ManualResetEventSlim _stop = new();
        private readonly Thread _thread;

        internal Reader(string file, int everyMs)
        {
            CounterFile counters = CounterFile.OpenRead(file);
            _thread = new Thread(() =>
            {
                using CounterFile mine = counters;
                CounterImage image = new();
                do mine.CopyTo(image);
                while (!_stop.Wait(everyMs));
            });
            _thread.Start();
        }

        public void Dispose()
        {
            _stop.Set();
            _thread.Join();
            _stop.Dispose();
        }
    }
}
