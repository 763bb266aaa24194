using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

public sealed class NewDaySpecs
{
    // Found by ./build.sh torture --seed 21.
    [SkippableFact]
    public void should_trade_in_a_new_session_after_a_run_that_was_killed_on_its_way_there()
    {
        using TestNode node = new();
        node.Prepare();
        RunningProgram yesterday = node.StartVenue("sim", "--tickers", "50", "--rate", "5000", "--paying", "0.05", "--session", "YESTERDAY");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        counters.Dispose();
        Assert.Equal((0, 0), (yesterday.Stop(), engine.Stop()));

        // It starts and cannot log in: the port of yesterday is closed.
        string orders = node.OrderAddress;
        RunningProgram today = node.StartVenue("sim", "--tickers", "50", "--rate", "5000", "--paying", "0.05", "--session", "TODAY");
        string ordersOfToday = node.OrderAddress;
        node.Set("execution", "address", orders);
        RunningProgram killed = node.StartEngine();
        killed.WaitUntilItSays("started:");
        killed.Kill();

        node.Set("execution", "address", ordersOfToday);
        (engine, counters) = node.StartTrading();
        counters.Dispose();
        Assert.Equal((0, 0), (today.Stop(), engine.Stop()));
    }
}
