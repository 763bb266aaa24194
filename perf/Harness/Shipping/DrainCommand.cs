using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Harness.Shipping;

/// <summary>A backlog, as after an hour without a database, shipped while new executions are booked: rows a second against the arrivals.</summary>
internal static class DrainCommand
{
    private const double Goal = 10;
    private const int ArrivalsPerTick = 20;

    internal static Command Create()
    {
        Option<string?> cluster = new("--cluster") { Description = "Folder of a cluster made by deploy/database/cluster.sh; its ledger is emptied. Default: a server of its own, with fsync on." };
        Option<string> path = new("--path")
        {
            Description = "Folder of the journal.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> rows = new("--rows") { Description = "Rows of the backlog, 1,000 to 10,000,000.", DefaultValueFactory = _ => 500_000 };
        Option<int> arrivals = new("--arrivals") { Description = "Executions booked each second meanwhile, 20 to 100,000.", DefaultValueFactory = _ => 500 };
        Option<int> runs = new("--runs") { Description = "How often, 1 to 100.", DefaultValueFactory = _ => 5 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("drain", "How fast a backlog is shipped while the journal grows.") { cluster, path, rows, arrivals, runs, json };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(path);
            using PostgresProcess? own = parsed.GetValue(cluster) is null ? new PostgresProcess("-c max_wal_size=4GB") : null;
            if (own?.WhyNot is { } whyNot) throw new MeasureException(whyNot);
            (string address, string? passwordFile) = parsed.GetValue(cluster) is { } made ? ClusterAddress.Of(made) : (own!.ConnectionString, null);
            int backlog = Math.Clamp(parsed.GetValue(rows), 1000, 10_000_000), perSecond = Math.Clamp(parsed.GetValue(arrivals), ArrivalsPerTick, 100_000);
            Directory.CreateDirectory(folder);
            HostFingerprint host = HostFingerprint.Take(folder);
            List<double> rates = [], arrived = [];
            for (int run = 0; run < Math.Clamp(parsed.GetValue(runs), 1, 100); run++)
            {
                (double rate, double came) = Measure(Path.Combine(folder, $"drain-{Environment.ProcessId}-{run}"), () => new PostgresDialect(address, passwordFile), backlog, perSecond);
                Console.Error.WriteLine($"drain, run {run + 1}: {rate:N0} rows/s, {came:N0} arrivals/s");
                rates.Add(rate);
                arrived.Add(came);
            }

            double median = Samples.Of(rates).Median;
            Samples ratio = Samples.Of(rates.Zip(arrived, (shipped, booked) => shipped / booked));
            MeasureRow row = new("a backlog shipped, against what is booked meanwhile", "rows/s", median, Samples.Of(arrived).Median, ratio, $">= {Goal}x", ratio.Median >= Goal);
            MeasureReport report = new("drain", host, $"a backlog of {backlog:N0} rows, {perSecond:N0} executions/s booked meanwhile, each group durable", [row]);
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    // From the first connection until the ledger holds the backlog and all that came meanwhile but the last second's.
    private static (double RowsPerSecond, double ArrivalsPerSecond) Measure(string work, Func<LedgerDialect> dialect, int backlog, int arrivalsPerSecond)
    {
        try
        {
            using ShippingJournal journal = new(work);
            journal.Book(backlog);
            EmptyLedger.Make(dialect);
            using JournalReader reader = journal.Store.OpenReader();
            using LedgerDatabase database = new(dialect());
            using CancellationTokenSource stop = new();
            ShipperOptions options = new() { JournalPath = work, Database = "", LeaseAheadIds = 0 };
            long begun = Stopwatch.GetTimestamp();
            int booked = 0;
            Task<ShippingEnd> shipping = Task.Run(() => new ShippingLoop(options, reader, database, TextWriter.Null).Run(stop.Token));
            string mark = Path.Combine(work, $"shipped.{journal.Store.Meta.Uuid:D}");
            long last = reader.Extent().LastId, target = last;
            while (!shipping.IsCompleted && Shipped(mark) < target - arrivalsPerSecond)
            {
                int due = (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * arrivalsPerSecond);
                if (due - booked >= ArrivalsPerTick)
                {
                    journal.Book(due - booked);
                    (booked, target) = (due, last + due);
                }
                else
                {
                    Thread.Sleep(1);
                }
            }

            double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            stop.Cancel();
            if (shipping.GetAwaiter().GetResult() != ShippingEnd.Complete) throw new MeasureException("the shipper ended before the backlog was shipped");
            long there = EmptyLedger.Rows(dialect);
            if (there != backlog + booked) throw new MeasureException($"{there} of {backlog + booked} rows were shipped");
            return (backlog / seconds, booked / seconds);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static long Shipped(string mark) => File.Exists(mark) ? long.Parse(File.ReadAllText(mark), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
