using MarketMaker.Contracts;
using MarketMaker.Execution;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class IntentSpecs
{
    private readonly Bench _bench = Bench.Live();

    [Fact]
    public void should_name_the_intent_in_the_orders_clordid_and_in_every_response()
    {
        _bench.Want(intent: 36);
        _bench.Want();
        _bench.Run();
        Assert.Equal(["MM0100000010", "MM01"], _bench.Venue.Orders.Select(order => order.ClOrdId.ToString()));
        _bench.Venue.Accept(_bench.Venue.Orders[0].UserRefNum);
        _bench.Venue.Execute(_bench.Venue.Orders[0].UserRefNum, 100, 150_0000, match: 1);
        _bench.Run();
        Assert.Equal([36L, 36L], _bench.Responses.Where(r => r.Kind is ResponseKind.Accepted or ResponseKind.Executed).Select(r => r.IntentNumber));
    }

    [Fact]
    public void should_give_the_intent_back_with_an_order_that_is_not_sent()
    {
        _bench.Gate.Halt();
        _bench.Want(intent: 5);
        _bench.Run();
        Assert.Equal(5, Assert.Single(_bench.Of(ResponseKind.NotSent)).IntentNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void should_know_the_intent_of_an_order_of_an_earlier_run_again(bool isAcceptedBooked)
    {
        _bench.Want(intent: 1_000);
        _bench.Run();
        if (isAcceptedBooked) AcceptAndRun();
        _bench.KillAndRestart();
        if (!isAcceptedBooked) AcceptAndRun();
        _bench.Run();
        Assert.Equal(1_000, Assert.Single(_bench.Of(ResponseKind.Restored)).IntentNumber);
        // The first run's fence, and this one's.
        Assert.Equal(2, _bench.Of(ResponseKind.Fenced).Length);
        _bench.Venue.Cancel(_bench.Venue.LastOrder, 100);
        _bench.Run();
        Assert.Equal(1_000, Assert.Single(_bench.Of(ResponseKind.Canceled)).IntentNumber);
    }

    [Fact]
    public void should_need_room_for_the_intent_behind_the_nodes_name()
    {
        ExecutionOptions options = Bench.DefaultOptions with { DurableIntent = true, NodeTag = "SEVEN77" };
        Assert.Contains("6 characters", options.FindError(), StringComparison.Ordinal);
        Assert.Null((options with { NodeTag = "SIX666" }).FindError());
        Assert.Null((options with { DurableIntent = false }).FindError());
    }

    private void AcceptAndRun()
    {
        _bench.Venue.Accept(_bench.Venue.LastOrder);
        _bench.Run();
    }
}
