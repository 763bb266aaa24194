using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

public sealed class LoginSpecs : IDisposable
{
    private readonly TestNode _node = new TestNode().Prepare();

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public async Task should_say_once_that_the_login_was_refused_stay_up_halted_and_try_no_more()
    {
        await using FakePriceService prices = await FakePriceService.StartAsync("""["AAPL","MSFT"]""");
        using FakeOrderPort orders = new();
        _node.Set("prices", "address", prices.Address);
        _node.Set("prices", "start-timeout-ms", "10000");
        _node.Set("execution", "address", $"127.0.0.1:{orders.Port}");
        RunningProgram engine = _node.StartEngine();
        engine.WaitUntilItSays("the venue refused the login (reason A)");
        // Ten times the first wait before a reconnect.
        await Task.Delay(1_000);
        Assert.Equal((1, TestNode.Username), (orders.Logins, orders.LastUsername));
        Assert.False(engine.HasExited);
        using (CounterFile counters = _node.ReadCounters(engine)) Assert.Equal((long)ExecutionState.Refused, counters.Read(Counter.ExecutionState));
        Assert.Equal(0, engine.Stop());
        Assert.Single(engine.Output.Split('\n'), line => line.Contains("refused the login", StringComparison.Ordinal));
        Assert.Equal(1, orders.Logins);
        Assert.DoesNotContain(_node.Password, engine.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_not_start_when_the_snapshot_refuses_the_login()
    {
        _node.StartVenue("sim", "--tickers", "10", "--rate", "100");
        File.WriteAllText(_node.PasswordFile, "WRONG");
        (int status, string output) = _node.RunEngine();
        Assert.Equal(1, status);
        Assert.Contains("no snapshot from", output, StringComparison.Ordinal);
        Assert.Contains("or the login in [execution]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task should_refuse_a_second_engine_on_one_journal_and_leave_the_first_alone()
    {
        await using FakePriceService prices = await FakePriceService.StartAsync("""["AAPL","MSFT"]""");
        _node.Set("prices", "address", prices.Address);
        _node.Set("prices", "start-timeout-ms", "10000");
        RunningProgram first = _node.StartEngine();
        first.WaitUntilItSays("started: 2 tickers");
        (int status, string output) = _node.RunEngine();
        Assert.Equal(1, status);
        Assert.Contains("another engine holds the journal", output, StringComparison.Ordinal);
        Assert.Contains("give this one a journal of its own", output, StringComparison.Ordinal);
        // Who watches the first one still sees it.
        using (CounterFile counters = _node.ReadCounters(first)) Assert.NotEqual(0, counters.Read(Counter.FeedDutyCycles));
        Assert.Equal(0, first.Stop());
    }
}
