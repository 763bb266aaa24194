using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Simulation;

/// <summary>Lives under seeded faults, each captured while it trades, each decided once more from its file.</summary>
public sealed class CaptureSpecs(ITestOutputHelper output)
{
    private const int Seeds = 12;

    [Fact]
    public void should_decide_the_same_from_the_capture_of_every_life_killed_or_not()
    {
        (long offers, long orders, int complete, int truncated, long responses) = (0, 0, 0, 0, 0);
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using World world = new(seed, captures: true);
            world.Trade(2_000, cutsPerSecond: 3, killsPerSecond: 1.5);
            world.StopInOrder();
            long decidedLast = world.Life.Counters.Read(Counter.DecisionExecutes);
            for (int life = 0; life < world.Captures.Count; life++)
            {
                CaptureReplayResult replay = CaptureReplay.Run(world.Captures[life]);
                Assert.True(replay.IsEqual, $"seed {seed}, life {life}: {replay.Difference}");
                bool isLast = life == world.Captures.Count - 1;
                Assert.Equal(isLast ? CaptureEnding.Complete : CaptureEnding.Truncated, replay.Ending);
                // A killed life loses what was not on file yet, one that stopped in order nothing.
                if (isLast) Assert.Equal(decidedLast, replay.Orders);
                else Assert.InRange(replay.Orders, 0, world.Decided[life]);
                (offers, orders, responses) = (offers + replay.Offers, orders + replay.Orders, responses + replay.Responses);
                if (isLast) complete++;
                else truncated++;
            }
        }

        output.WriteLine($"{complete} lives stopped in order, {truncated} killed: {offers} offers, {orders} orders, {responses} responses replayed");
        Assert.True(truncated >= Seeds && orders > 100 * Seeds && responses > orders, $"{truncated} killed, {orders} orders, {responses} responses");
    }
}
