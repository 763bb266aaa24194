using MarketMaker.Contracts;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Simulation;

/// <summary>Where intents are durable, no order leaves before its intent is on the disk, and none stays there after its order is over.</summary>
public sealed class DurableIntentSpecs(ITestOutputHelper output)
{
    private const int SeedCount = 30;
    private const int VirtualMs = 1_500;

    [Fact]
    public void should_have_every_intent_on_the_disk_before_its_order_is_sent_whatever_breaks()
    {
        (int kills, int checkedOrders, int openAtStart) = (0, 0, 0);
        for (int seed = 1; seed <= SeedCount; seed++)
        {
            using World world = new(seed, durableIntents: true);
            world.Trade(VirtualMs / 2, cutsPerSecond: 3, killsPerSecond: 3);
            openAtStart += world.Life.Recovered.OpenIntents;
            world.Trade(VirtualMs / 2, cutsPerSecond: 3, killsPerSecond: 3);
            world.StopInOrder();
            Assert.Equal((seed, 0L), (seed, world.Life.Counters.Read(Counter.JournalOpenIntents)));
            WorldChecks.AtTheEnd(world);
            Assert.Equal((seed, 0), (seed, world.Life.Recovered.OpenIntents));
            kills += world.Kills;
            checkedOrders += world.IntentsChecked;
        }

        output.WriteLine($"{kills} kills, {checkedOrders} orders sent after their intent, {openAtStart} intents open at a start");
        Assert.True(kills > SeedCount && checkedOrders > 20 * SeedCount && openAtStart > 0, $"{kills} kills, {checkedOrders} orders, {openAtStart} open intents");
    }

    [Fact]
    public void should_take_up_the_intent_of_an_order_that_lives_on_after_a_kill()
    {
        using World world = new(seed: 1, damage: 0, durableIntents: true);
        List<VenueOrder> orders = [];
        world.Venue.Fate = orders.Add;
        world.WaitUntil(() => world.Life.IsTrading, "the session");
        world.PublishOffer(0, Side.Sell, 98_0000, 100);
        world.PublishOffer(1, Side.Sell, 97_0000, 200);
        world.WaitUntil(() => orders.Count == 2, "two orders");
        world.Venue.Accept(orders[0]);
        world.KillAndRestart(downMs: 5);
        Assert.Equal(2, world.Life.Recovered.OpenIntents);
        // The second order reached the venue, which never said a word of it.
        world.WaitUntil(() => world.Life.IsTrading && world.Life.Counters.Read(Counter.JournalOpenIntents) == 1, "the fence");
        world.Venue.Execute(orders[0], 100, 98_0000);
        world.WaitUntil(() => world.Life.Counters.Read(Counter.JournalOpenIntents) == 0, "the end of the first order");
        world.StopInOrder();
        WorldChecks.AtTheEnd(world);
    }
}
