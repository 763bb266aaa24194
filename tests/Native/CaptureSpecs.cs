using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

/// <summary>The published engine captures while it trades under load; this build's Decision replays what it wrote.</summary>
public sealed class CaptureSpecs
{
    [SkippableFact]
    public void should_send_the_same_orders_from_the_capture_of_a_run_under_load()
    {
        using TestNode node = new TestNode().Prepare();
        node.Set("capture", "path", node.PathOf("day.capture"));
        node.StartVenue("sim", "--seed", "5", "--tickers", "200", "--rate", "20000", "--competitors", "2");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters)
        {
            engine.WaitUntil(() => counters.Read(Counter.DecisionExecutes) > 200 && counters.Read(Counter.ExecutionExecutions) > 20, "send 200 orders");
            engine.WaitUntil(() => counters.Read(Counter.HostCollections) >= 0, "end its warm-up");
            Assert.Equal(0, engine.Stop());
            Assert.Equal(0, counters.Read(Counter.DecisionNotCaptured));
            CaptureReplayResult replay = CaptureReplay.Run(node.PathOf("day.capture"));
            Assert.True(replay.IsEqual, replay.Difference);
            Assert.Equal(
                (CaptureEnding.Complete, counters.Read(Counter.DecisionOffersJudged), counters.Read(Counter.DecisionExecutes)),
                (replay.Ending, replay.Offers, replay.Orders));
            Assert.Equal(0, counters.Read(Counter.HostCollections));
        }
    }

    [SkippableFact]
    public void should_replay_what_a_killed_engine_captured_and_number_the_next_one()
    {
        using TestNode node = new TestNode().Prepare();
        node.Set("capture", "path", node.PathOf("day.capture"));
        node.StartVenue("sim", "--seed", "6", "--tickers", "200", "--rate", "20000", "--competitors", "2");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters)
        {
            engine.WaitUntil(() => counters.Read(Counter.DecisionExecutes) > 100 && new FileInfo(node.PathOf("day.capture")).Length > 500_000, "write half a megabyte");
            engine.Kill();
        }

        CaptureReplayResult killed = CaptureReplay.Run(node.PathOf("day.capture"));
        Assert.True(killed.IsEqual, killed.Difference);
        Assert.Equal(CaptureEnding.Truncated, killed.Ending);
        Assert.InRange(killed.Offers, 1, long.MaxValue);

        RunningProgram second = node.StartEngine();
        second.WaitUntil(() => File.Exists(node.PathOf("day.capture.2")), "make the next capture");
        using CounterFile again = node.ReadCounters(second);
        second.WaitUntil(() => again.Read(Counter.ExecutionSent) > 0, "send an order");
        Assert.Equal(0, second.Stop());
        Assert.True(CaptureReplay.Run(node.PathOf("day.capture.2")).IsEqual);
    }
}
