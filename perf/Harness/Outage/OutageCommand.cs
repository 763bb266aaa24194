using System.CommandLine;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Harness.Outage;

/// <summary>The engine's tick to order with the database dead, and with the shipper dead, against quiet windows in the same run.</summary>
internal static class OutageCommand
{
    private const double Percentile = 99, RatioGoal = 1.05;
    private const int ExecutesMin = 1000;

    internal static Command Create()
    {
        Option<string> dist = new("--dist") { Description = "Folder of the published programs.", DefaultValueFactory = _ => "dist" };
        Option<string> config = new("--config") { Description = "The host's INI file; ports and paths are set for the run.", DefaultValueFactory = _ => "deploy/hosts/loopback.ini" };
        Option<string> path = new("--path")
        {
            Description = "Folder of the run: journal, logs, effective INI.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure", "outage"),
        };
        Option<int> pairs = new("--pairs") { Description = "Pairs of windows for each outage, 1 to 1,000.", DefaultValueFactory = _ => 20 };
        Option<double> window = new("--window") { Description = "Length of a window in seconds, 0.5 to 600.", DefaultValueFactory = _ => 8 };
        Option<double> settle = new("--settle") { Description = "Seconds between a change and the next window.", DefaultValueFactory = _ => 2 };
        Option<int> rate = new("--rate") { Description = "Offers a second the venue sends.", DefaultValueFactory = _ => 20_000 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("outage", "Tick to order p99 with the database dead and with the shipper dead, against quiet.") { dist, config, path, pairs, window, settle, rate, json };
        command.SetAction(parsed =>
        {
            using OutageRun run = new(
                Path.GetFullPath(parsed.GetRequiredValue(dist)), parsed.GetRequiredValue(config), parsed.GetRequiredValue(path), parsed.GetValue(rate));
            Windows windows = new(run, Seconds(parsed.GetValue(window)), Seconds(parsed.GetValue(settle)));
            int count = Math.Clamp(parsed.GetValue(pairs), 1, 1000);
            List<MeasureRow> rows =
            [
                windows.Compare("database dead", count, run.KillDatabase, run.StartDatabase),
                windows.Compare("shipper dead", count, run.KillShipper, run.StartShipper),
            ];
            string setting = $"{parsed.GetValue(rate):N0} offers/s on loopback; windows of {parsed.GetValue(window)} s, {parsed.GetValue(settle)} s after each change, alternating ABBA; p99 of each window alone; ours is with the outage, floor is quiet";
            MeasureReport report = new("outage", HostFingerprint.Take(parsed.GetRequiredValue(path)), setting, rows);
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0.5, 600));

    private sealed class Windows(OutageRun run, TimeSpan length, TimeSpan settle)
    {
        private readonly HistogramWindow _window = new(run.TickToOrder);

        internal MeasureRow Compare(string name, int pairs, Action breakIt, Action mendIt)
        {
            List<double> quiet = [], broken = [];
            for (int pair = 0; pair < pairs; pair++)
            {
                if (!Console.IsErrorRedirected) Console.Error.Write($"\r{name}: pair {pair + 1} of {pairs}   ");
                // ABBA: what drifts does so for both.
                if (pair % 2 == 0) quiet.Add(Take());
                breakIt();
                broken.Add(Take());
                mendIt();
                if (pair % 2 != 0) quiet.Add(Take());
            }

            Samples ratio = Samples.Of(broken.Zip(quiet, (dead, alive) => dead / alive));
            return new MeasureRow($"tick to order p{Percentile}, {name}", "us", Samples.Of(broken).Median, Samples.Of(quiet).Median, ratio,
                $"lower end <= {RatioGoal}x", ratio.Low <= RatioGoal);
        }

        private double Take()
        {
            Thread.Sleep(settle);
            _window.Open();
            Thread.Sleep(length);
            _window.Close();
            run.CheckIsTrading();
            if (_window.Count < ExecutesMin) throw new MeasureException($"only {_window.Count} orders were sent in a window: make --window longer or --rate higher");
            return _window.ValueAtPercentile(Percentile) / 1e3;
        }
    }
}
