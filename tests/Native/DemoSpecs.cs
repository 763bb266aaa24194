using System.Text.Json;
using System.Text.RegularExpressions;

namespace MarketMaker.Tests.Native;

public sealed class DemoSpecs : IDisposable
{
    private static readonly string[] Numbers =
    [
        "offersSent", "offersSeen", "feedLost", "kernelDrops", "gaps", "executesSent", "wins", "losses", "rejects", "unknown", "executions", "buys", "sells",
        "executesPerSecond", "executionsPerSecond", "journalRows", "databaseRows", "venueExecutions", "cash", "inventoryValue", "profit", "gcCollections",
        "allocatedBytes", "rssAnonBytes", "startupMs", "seconds", "rate",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("mm-native-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void should_reconcile_account_for_every_offer_and_collect_no_garbage()
    {
        JsonElement report = Run(["--seconds", "6", "--rate", "20000"], out string page);
        Assert.All(Numbers, name => Assert.True(report.GetProperty(name).ValueKind == JsonValueKind.Number, $"{name} is no number"));
        foreach (string histogram in new[] { "tickToOrderNs", "answerToDurableNs" })
        {
            long[] ns = [.. new[] { "p50", "p90", "p99", "p999", "max", "count" }.Select(name => report.GetProperty(histogram).GetProperty(name).GetInt64())];
            Assert.Equal(ns[..5], ns[..5].Order());
            Assert.InRange(ns[5], 1, long.MaxValue);
        }

        AssertReconciled(report);
        Assert.Equal(0, report.GetProperty("gcCollections").GetInt64());
        Assert.Equal(0, report.GetProperty("unknown").GetInt64());
        Assert.Equal(Long(report, "executesSent"), Long(report, "wins") + Long(report, "losses") + Long(report, "rejects"));
        Assert.Contains("races won", page, StringComparison.Ordinal);
        string[] files = ["ledger.db", "venue-fills.csv", "journal", "engine.ini", "marketmaker.log", "mm-venue.log", "mm-shipper.log"];
        Assert.All(files, name => Assert.True(Path.Exists(Path.Combine(_folder, "data", name)), $"{name} is not in the folder"));
    }

    [SkippableFact]
    public void should_reconcile_when_the_feed_loses_doubles_and_disorders_packets()
    {
        JsonElement report = Run(["--seconds", "6", "--rate", "20000", "--venue=--loss=0.01", "--venue=--duplicate=0.01", "--venue=--reorder=0.01"], out _);
        AssertReconciled(report);
        Assert.InRange(Long(report, "gaps"), 1, long.MaxValue);
        Assert.Equal(0, Long(report, "feedLost"));
        // What a re-request brought back is seen, and never traded.
        Assert.InRange(report.GetProperty("refused").GetProperty("Recovered").GetInt64(), 1, long.MaxValue);
    }

    [SkippableFact]
    public void should_reconcile_when_the_engine_is_killed_in_the_middle()
    {
        JsonElement report = Run(["--seconds", "6", "--rate", "20000", "--kill-engine-at", "3"], out _);
        AssertReconciled(report);
        Assert.Equal(2, Long(report, "engineStarts"));
    }

    [SkippableFact]
    public void should_end_with_the_page_and_0_when_it_is_interrupted()
    {
        using RunningProgram demo = Start(["--seconds", "60", "--rate", "20000", "--competitors", "0"]);
        demo.WaitUntil(() => Regex.IsMatch(demo.Output, "   [2-9] s  offers.* durable +[1-9]"), "trade for two seconds");
        demo.Signal(RunningProgram.Interrupt);
        Assert.True(demo.WaitForExit() == 0, demo.Output);
        AssertReconciled(ReadReport());
        Assert.InRange(ReadReport().GetProperty("seconds").GetDouble(), 1, 30);
        Assert.Contains("reconciled: every execution of the venue", demo.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_not_touch_a_folder_that_is_not_its_own()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        File.WriteAllText(Path.Combine(data, "letters"), "dear");
        using RunningProgram demo = Start(["--seconds", "1"]);
        Assert.Equal(1, demo.WaitForExit());
        Assert.Contains("name another folder with --data", demo.Output, StringComparison.Ordinal);
        Assert.Equal("dear", File.ReadAllText(Path.Combine(data, "letters")));
    }

    private static long Long(JsonElement report, string name) => report.GetProperty(name).GetInt64();

    private static void AssertReconciled(JsonElement report)
    {
        Assert.True(report.GetProperty("reconciled").GetBoolean(), report.ToString());
        long[] executions = [Long(report, "venueExecutions"), Long(report, "journalRows"), Long(report, "databaseRows")];
        Assert.Single(executions.Distinct());
        Assert.InRange(executions[0], 1, long.MaxValue);
        if (report.GetProperty("engineStarts").GetInt32() > 1) return;
        long refused = report.GetProperty("refused").EnumerateObject().Sum(reason => reason.Value.GetInt64());
        Assert.Equal(Long(report, "offersSeen"), refused + Long(report, "executesSent"));
    }

    private RunningProgram Start(string[] arguments) => RunningProgram.Start(
        "mm-demo", ["--dist", Published.Folder, "--config", Published.HostIni, "--data", Path.Combine(_folder, "data"), "--json", Path.Combine(_folder, "report.json"), .. arguments]);

    private JsonElement Run(string[] arguments, out string page)
    {
        using RunningProgram demo = Start(arguments);
        int status = demo.WaitForExit();
        page = demo.Output;
        Assert.True(status == 0, $"the demo ended with {status}:\n{page}");
        return ReadReport();
    }

    private JsonElement ReadReport() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "report.json"))).RootElement;
}
