using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

public sealed class ReplaySpecs
{
    [SkippableFact]
    public void should_trade_against_a_recorded_day_and_reconcile()
    {
        string recording = MarketData.PathOrSkip(MarketData.Aapl);
        using TestNode node = new TestNode().Prepare();
        // Against its own mid price a book offers one percent almost never; any edge will do here.
        node.Set("decision", "mode", "adaptive");
        node.Set("decision", "buy-edge-ppm", "0");
        node.Set("decision", "offer-flow-moved-ppm", "0");
        node.Set("decision", "sell-edge-ppm", "0");
        node.Set("decision", "short-selling", "true");
        RunningProgram venue = node.StartVenue("replay", recording, "--open", "--rate", "2000", "--wait-for-client", "--split", "0.3");
        RunningProgram engine = node.StartEngine();
        using CounterFile counters = node.ReadCounters(engine);
        engine.WaitUntil(() => counters.Read(Counter.ExecutionExecutions) > 0, "win a race against the recorded book");
        Assert.Equal(0, engine.Stop());
        Assert.Equal(0, venue.Stop());
        Assert.InRange(counters.Read(Counter.FeedOffersSeen), 1, 4758 + 2 + 7);
        Assert.Equal(counters.Read(Counter.FeedOffersSeen), TestNode.RefusedInAll(counters) + counters.Read(Counter.ExecutionSent));
        Assert.Equal(node.VenueTrades(), node.JournalTrades());
        Assert.All(node.JournalTrades(), trade => Assert.Contains(" AAPL ", trade, StringComparison.Ordinal));
    }
}
