using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Journal;
using MarketMaker.Ledger.Verification;
using MarketMaker.Measuring;
using MarketMaker.Records;

namespace MarketMaker.Harness.Ledger;

/// <summary>Records a second that <c>mm-ledger verify</c> proves and <c>mm-ledger reconcile</c> compares, on one core, from the page cache.</summary>
internal static class LedgerCommand
{
    private const double CoreGoal = 1_000_000, PostgresGoal = 100_000;

    internal static Command Create()
    {
        Option<string> path = new("--path")
        {
            Description = "Folder for the journal and the venue's record.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<long> records = new("--records") { Description = "Records of the journal, 1,000 to 20,000,000.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> runs = new("--runs") { Description = "Runs of each; the median counts.", DefaultValueFactory = _ => 5 };
        Option<string?> postgres = new("--postgres") { Description = "A connection string without a password to an empty PostgreSQL database with the ledger's tables: its rows are measured too." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("ledger", "Records verified and executions reconciled a second.") { path, records, runs, postgres, json };
        command.SetAction(parsed =>
        {
            MeasureReport report = Measure(parsed.GetRequiredValue(path), Math.Clamp(parsed.GetValue(records), 1000, 20_000_000), Math.Clamp(parsed.GetValue(runs), 1, 100), parsed.GetValue(postgres));
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(string path, long records, int runs, string? postgres)
    {
        Directory.CreateDirectory(path);
        string work = Directory.CreateDirectory(Path.Combine(path, $"ledger-{Environment.ProcessId}")).FullName;
        try
        {
            LedgerLoad load = LedgerLoad.Make(work, records);
            using JournalReader reader = JournalReader.Open(load.JournalFolder);
            List<MeasureRow> rows =
            [
                Row("verify", CoreGoal, runs, records, () => Verify(reader, records)),
                Row("reconcile: the comparison inside, in memory", CoreGoal, runs, records, load.ComparisonInMemory(reader)),
                Row("reconcile: journal against the venue's record", CoreGoal, runs, records, () => Reconcile(new ReconciliationInput { Journal = reader, VenueFiles = [load.VenueFile], Participant = LedgerLoad.Participant }, records)),
            ];
            if (postgres is not null)
            {
                using LedgerDatabase database = load.FillPostgres(postgres, reader);
                rows.Add(Row("reconcile: journal against PostgreSQL", PostgresGoal, runs, records, () => Reconcile(new ReconciliationInput { Journal = reader, Database = database }, records)));
            }

            return new MeasureReport("ledger", HostFingerprint.Take(path), $"{records:N0} records in one venue session, all in the page cache; one thread; a second is one of the process's CPU time, since other work may share the cores", rows);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static MeasureRow Row(string name, double goal, int runs, long records, Action run)
    {
        // The first is for the compiler and the page cache.
        run();
        List<double> rates = [], wallRates = [];
        for (int i = 0; i < runs; i++)
        {
            long startedAt = Stopwatch.GetTimestamp();
            TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
            run();
            rates.Add(records / (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds);
            wallRates.Add(records / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }

        double median = Samples.Of(rates).Median;
        return new MeasureRow($"{name} (by the clock on the wall {Samples.Of(wallRates).Median:N0})", "records/s of CPU", median, null, null, $">= {goal:N0}/s", median >= goal);
    }

    private static void Verify(JournalReader reader, long records)
    {
        VerifyResult result = new JournalVerifier(reader, (id, problem) => throw new MeasureException($"record {id} {problem}")).Run();
        if (result.Records != records) throw new MeasureException($"verify saw {result.Records} of {records} records");
    }

    private static void Reconcile(ReconciliationInput input, long records)
    {
        ReconciliationResult result = Reconciliation.Run(input, difference => throw new MeasureException(difference.Detail));
        if (result.Journal != records || (result.Pairs != records && result.Database != records)) throw new MeasureException($"reconcile compared {result}");
    }
}
