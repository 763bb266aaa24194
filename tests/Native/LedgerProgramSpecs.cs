using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

/// <summary>The published <c>mm-ledger</c>: on a journal at work, and where only a person can go on.</summary>
public sealed class LedgerProgramSpecs
{
    [SkippableFact]
    public void should_trade_again_after_resolve_when_the_session_is_gone_with_orders_open()
    {
        using TestNode node = new();
        node.Prepare();
        string[] market = ["sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05"];
        RunningProgram venue = node.StartVenue([.. market, "--session", "DAY1"]);
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 5, "book some executions");
        engine.Kill();
        Assert.Equal(0, venue.Stop());
        string endOfDay = node.PathOf("day1.csv");
        File.Copy(node.Fills, endOfDay);

        venue = node.StartVenue([.. market, "--session", "DAY2"]);
        engine = node.StartEngine();
        engine.WaitUntilItSays("mm-ledger resolve");
        (int refused, string said) = Ledger("resolve", "--config", node.IniFile, "--venue-record", endOfDay, "--yes");
        Assert.True(refused == 1 && said.Contains("another engine holds the journal", StringComparison.Ordinal), said);
        engine.Stop();
        (int status, string output) = Ledger("resolve", "--config", node.IniFile, "--venue-record", endOfDay, "--yes");
        Assert.True(status == 0 && output.Contains("it is over", StringComparison.Ordinal), output);

        (engine, counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.ExecutionExecutions) > 0, "execute in the new session");
        Assert.Equal((0, 0), (venue.Stop(), engine.Stop()));
        AssertAgree("verify", "--config", node.IniFile);
        AssertAgree("reconcile", "--config", node.IniFile, "--venue-record", endOfDay, "--venue-record", node.Fills, "--all-sessions", "--without-database");
    }

    [SkippableFact]
    public void should_read_the_journal_of_an_engine_at_work_in_every_way()
    {
        using TestNode node = new();
        node.Prepare();
        RunningProgram venue = node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        RunningProgram shipper = node.Start("mm-shipper", "run", "--config", node.IniFile);
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 20, "book some executions");
        string parquet = node.PathOf("all.parquet");
        AssertAgree("verify", "--config", node.IniFile);
        AssertAgree("print", "--config", node.IniFile, "--count", "3", "--format", "json");
        AssertAgree("lots", "--config", node.IniFile, "--format", "csv");
        AssertAgree("profit", "--config", node.IniFile, "--last");
        AssertAgree("export", "--config", node.IniFile, "--format", "parquet", "--out", parquet);
        byte[] bytes = File.ReadAllBytes(parquet);
        Assert.Equal(("PAR1", "PAR1"), (System.Text.Encoding.ASCII.GetString(bytes[..4]), System.Text.Encoding.ASCII.GetString(bytes[^4..])));
        Assert.Equal((0, 0, 0), (venue.Stop(), engine.Stop(), shipper.Stop()));
        AssertAgree("reconcile", "--config", node.IniFile, "--venue-record", node.Fills, "--strict", "--all-sessions");
    }

    [SkippableFact]
    public void should_say_what_is_wrong_in_one_line_and_end_with_2()
    {
        using TestNode node = new();
        (int status, string output) = Ledger("verify");
        Assert.Equal((2, true), (status, output.Contains("give --journal DIR", StringComparison.Ordinal)));
        (status, output) = Ledger("verify", "--journal", node.PathOf("nothing"));
        Assert.Equal((1, true), (status, output.Contains("marketmaker init", StringComparison.Ordinal)));
        Assert.Equal(2, Ledger("nonsense").Status);
        Assert.Equal(0, Ledger("--help").Status);
    }

    private static void AssertAgree(params string[] arguments)
    {
        (int status, string output) = Ledger(arguments);
        Assert.True(status == 0 && output.Length > 0, $"mm-ledger {arguments[0]} ended with {status}: {output}");
    }

    private static (int Status, string Output) Ledger(params string[] arguments) => RunningProgram.RunToEnd(Published.PathOf("mm-ledger"), arguments);
}
