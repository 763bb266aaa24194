using MarketMaker.Contracts;

namespace MarketMaker.Tests.Simulation;

/// <summary>Single sequences, by name, through all stages and the journal on disk.</summary>
public sealed class RestartSpecs
{
    [Fact]
    public void should_book_both_once_when_accepted_1_accepted_2_executed_2_kill_executed_1()
    {
        using World world = new(seed: 1, damage: 0);
        List<VenueOrder> orders = [];
        world.Venue.Fate = orders.Add;
        world.WaitUntil(() => world.Life.IsTrading, "the session");
        world.PublishOffer(0, Side.Sell, 98_0000, 100);
        world.PublishOffer(1, Side.Sell, 97_0000, 200);
        world.WaitUntil(() => orders.Count == 2, "two orders");
        world.Venue.Accept(orders[0]);
        long acceptedFirst = world.Venue.LastSequence;
        world.Venue.Accept(orders[1]);
        world.Venue.Execute(orders[1], 200, 97_0000);
        world.WaitUntil(() => WorldChecks.Booked(world.Life).Count == 1, "the booking of the second order");

        world.KillAndRestart(downMs: 5);
        Assert.Equal((acceptedFirst + 2, acceptedFirst), (world.Life.Recovered.BookedThrough, world.Life.Recovered.ReplayFrom));
        world.WaitUntil(() => world.Life.IsTrading, "the fence");
        Assert.Equal((1, 100 * 98_0000L), (world.Life.Book.OrdersInFlight, world.Life.Book.CashReserved));
        world.Venue.Execute(orders[0], 100, 98_0000);

        world.StopInOrder();
        Assert.Equal([orders[1].Number, orders[0].Number], WorldChecks.Booked(world.Life).Select(fill => fill.UserRefNum));
        WorldChecks.AtTheEnd(world);
    }

    [Fact]
    public void should_book_what_was_executed_while_the_engine_was_down()
    {
        using World world = new(seed: 2, damage: 0);
        List<VenueOrder> orders = [];
        world.Venue.Fate = order =>
        {
            orders.Add(order);
            world.Venue.Accept(order);
            world.Venue.After(50, () => world.Venue.Execute(order, 60, 98_0000));
            world.Venue.After(60, () => world.Venue.Execute(order, 40, 97_0000));
        };
        world.WaitUntil(() => world.Life.IsTrading, "the session");
        world.PublishOffer(0, Side.Sell, 98_0000, 100);
        world.WaitUntil(() => orders.Count == 1, "an order");
        world.KillAndRestart(downMs: 100);
        Assert.Equal(2, world.Venue.Fills.Count);
        world.StopInOrder();
        Assert.Equal([60L, 40L], WorldChecks.Booked(world.Life).Select(fill => fill.Shares));
        WorldChecks.AtTheEnd(world);
    }

    [Fact]
    public void should_keep_money_reserved_over_a_cut_until_the_venue_says_what_became_of_the_order()
    {
        using World world = new(seed: 3, damage: 0);
        List<VenueOrder> orders = [];
        world.Venue.Fate = order =>
        {
            orders.Add(order);
            world.Venue.Accept(order);
        };
        world.WaitUntil(() => world.Life.IsTrading, "the session");
        world.PublishOffer(0, Side.Sell, 98_0000, 100);
        world.WaitUntil(() => orders.Count == 1, "an order");
        for (int i = 0; i < 5; i++)
        {
            world.Cut();
            world.Wait(200);
            Assert.Equal((1, 100 * 98_0000L), (world.Life.Book.OrdersInFlight, world.Life.Book.CashReserved));
        }

        world.Venue.Execute(orders[0], 100, 98_0000);
        world.StopInOrder();
        WorldChecks.AtTheEnd(world);
    }

    [Fact]
    public void should_book_at_the_next_start_what_the_venue_said_after_the_logout()
    {
        using World world = new(seed: 4, damage: 0);
        ulong match = 0;
        world.Venue.Fate = order =>
        {
            world.Venue.Accept(order);
            match = world.Venue.Execute(order, 100, 98_0000);
        };
        world.WaitUntil(() => world.Life.IsTrading, "the session");
        world.PublishOffer(0, Side.Sell, 98_0000, 100);
        world.WaitUntil(() => match != 0, "an execution");
        world.StopInOrder();
        world.Venue.Break(match);
        world.Reopen();
        world.StopInOrder();
        Assert.Equal([false, true], WorldChecks.Booked(world.Life).Select(fill => fill.IsBreak));
        Assert.Equal(World.OpeningCash, world.Life.Book.CashFree);
        WorldChecks.AtTheEnd(world);
    }
}
