using MarketMaker.Contracts;
using MarketMaker.Execution;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class SendingSpecs
{
    private const int OrderPacketBytes = 50;

    [Fact]
    public void should_send_nothing_once_the_kill_switch_is_off()
    {
        Bench bench = Bench.Live();
        bench.Gate.Halt();
        bench.Want();
        bench.Run();
        AssertRefused(bench, RefusalReason.NotSentHalted, 1);
        Assert.Equal(0, bench.Book.OrdersInFlight);
        Assert.Equal(Bench.CashAtStart, bench.Book.CashFree);
    }

    [Fact]
    public void should_look_at_the_socket_each_turn_while_an_order_is_open_and_now_and_then_otherwise()
    {
        const int Every = 16;
        Bench bench = Bench.Live(Bench.DefaultOptions with { AnswerLookEvery = Every });
        bench.Run();
        int quiet = LooksIn(4 * Every);
        bench.Want();
        bench.Run();
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionSent));
        Assert.Equal((4, 4 * Every), (quiet, LooksIn(4 * Every)));

        int LooksIn(int turns)
        {
            int before = bench.Stream.Receives;
            for (int turn = 0; turn < turns; turn++) bench.Sender.DoWork();
            return bench.Stream.Receives - before;
        }
    }

    [Fact]
    public void should_send_nothing_while_the_journal_is_not_marked_as_in_use()
    {
        Bench bench = Bench.Live();
        bench.Sender.HoldSends();
        bench.Want();
        bench.Run();
        AssertRefused(bench, RefusalReason.NotSentLoggedOut, 1);
        bench.Sender.AllowSends();
        bench.Want();
        bench.Run();
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionSent));
    }

    [Fact]
    public void should_send_sales_of_our_own_alone_while_buys_are_stopped()
    {
        Bench bench = Bench.Live();
        bench.Gate.StopBuying(StopReasons.Disk, stop: true);
        bench.Want();
        bench.Want(side: Side.Sell, isShortSale: true);
        bench.Want(side: Side.Sell);
        bench.Run();
        Assert.Equal([(byte)'S'], bench.Venue.Orders.Select(order => order.Side));
        AssertRefused(bench, RefusalReason.NotSentBuysStopped, 2);
        bench.Gate.StopBuying(StopReasons.Disk, stop: false);
        bench.Want();
        bench.Run();
        Assert.Equal(2, bench.Venue.Orders.Count);
    }

    [Fact]
    public void should_mark_a_short_sale_and_take_its_answers_as_a_sale()
    {
        Bench bench = Bench.Live();
        bench.Want(side: Side.Sell, isShortSale: true);
        bench.Run();
        Assert.Equal((byte)'T', bench.Venue.Orders[0].Side);
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match: 1);
        bench.Run();
        Assert.Equal(Side.Sell, Assert.Single(bench.Of(ResponseKind.Executed)).OrderSide);
        Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
    }

    [Fact]
    public void should_hold_the_rate_limit_and_send_again_later()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { SendsPerSecondMax = 10, SendBurst = 3, OpenOrdersMax = 64 });
        for (int i = 0; i < 5; i++) bench.Want();
        bench.Run();
        AssertRefused(bench, RefusalReason.NotSentRateLimit, 2);
        Assert.Equal(3, bench.Venue.Orders.Count);
        // An order counts at the time of its decision, which is a little before now.
        bench.Time.AdvanceMs(101);
        bench.Want();
        bench.Want();
        bench.Run();
        Assert.Equal(4, bench.Venue.Orders.Count);
    }

    [Fact]
    public void should_refuse_when_the_table_of_open_orders_is_full()
    {
        Bench bench = Bench.Live();
        for (int i = 0; i < 18; i++) bench.Want();
        bench.Run();
        AssertRefused(bench, RefusalReason.NotSentTooManyOpen, 2);
        Assert.Equal(16, bench.Venue.Orders.Count);
    }

    [Fact]
    public void should_pass_over_the_number_of_an_order_that_takes_long()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        uint slow = bench.Venue.Orders[0].UserRefNum;
        bench.Venue.OnOrder = (venue, order) => venue.Accept(order.UserRefNum, state: 'D');
        for (int i = 0; i < 40; i++)
        {
            bench.Want();
            bench.Run(3);
        }

        Assert.Equal(41, bench.Venue.Orders.Count);
        Assert.Equal(1, bench.Book.OrdersInFlight);
        bench.Venue.Accept(slow);
        bench.Venue.Execute(slow, 100, 150_0000, match: 1);
        bench.Run();
        Assert.Equal((0, 0), (bench.Book.OrdersInFlight, bench.Counters.Read(Counter.ExecutionContradictions)));
    }

    [Fact]
    public void should_refuse_while_few_response_slots_are_free_and_stop_reading_when_there_are_none()
    {
        Bench bench = Bench.Live(responsesCapacity: 32);
        bench.Venue.OnOrder = (venue, order) =>
        {
            venue.Accept(order.UserRefNum);
            for (uint part = 0; part < 5; part++) venue.Execute(order.UserRefNum, 20, 150_0000, order.UserRefNum * 10 + part);
        };
        bench.ConsumersRead = false;
        for (int i = 0; i < 60; i++) bench.Want();
        bench.Run(100);
        long sent = bench.Counters.Read(Counter.ExecutionSent);
        Assert.InRange(sent, 6, 16);
        // Nothing more is read or taken: the ring is full, and neither answers nor executes are dropped.
        Assert.Equal(0, bench.Sender.DoWork());
        long refused = bench.Counters.ReadRefused(Counter.ExecutionRefused, RefusalReason.NotSentFewFreeSlots);
        Assert.True(sent + refused < 60);
        long readBytes = bench.Stream.ReceivedBytes;
        bench.Venue.SayStartOfDay();
        bench.Wait(20_000);
        Assert.Equal(readBytes, bench.Stream.ReceivedBytes);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);

        bench.ConsumersRead = true;
        bench.Run(100);
        sent = bench.Counters.Read(Counter.ExecutionSent);
        Assert.Equal(60, sent + bench.Of(ResponseKind.NotSent).Length);
        Assert.Equal(sent * 5, bench.Booked.Count);
        Assert.Equal(sent, bench.Venue.Orders.Count);
        Assert.Equal((0, 0L, 0L), (bench.Book.OrdersInFlight, bench.Book.CashReserved, bench.Book.Contradictions));
    }

    [Fact]
    public void should_keep_a_slot_for_each_open_order_and_the_reserve_free()
    {
        const int Slots = 32;
        ExecutionOptions options = Bench.DefaultOptions with { OpenOrdersMax = 64 };
        Bench bench = Bench.Live(options, responsesCapacity: Slots);
        for (int i = 0; i < 60; i++) bench.Want();
        bench.Run(100);
        int sent = Slots - options.ResponsesReserveSlots;
        Assert.Equal(sent, bench.Counters.Read(Counter.ExecutionSent));
        Assert.Equal(60 - sent, bench.Counters.ReadRefused(Counter.ExecutionRefused, RefusalReason.NotSentFewFreeSlots));
    }

    [Fact]
    public void should_take_back_the_orders_of_which_a_full_socket_took_no_byte()
    {
        for (int takes = 0; takes <= 3 * OrderPacketBytes; takes++)
        {
            Bench bench = Bench.Live();
            for (int i = 0; i < 3; i++) bench.Want();
            bench.Stream.TakesBytes = takes;
            bench.Sender.DoWork();
            int begun = (takes + OrderPacketBytes - 1) / OrderPacketBytes;
            Assert.Equal(begun, bench.Counters.Read(Counter.ExecutionSent));
            bench.Stream.TakesBytes = long.MaxValue;
            bench.Run();
            Assert.Equal(begun, bench.Venue.Orders.Count);
            AssertRefused(bench, RefusalReason.NotSentSocketFull, 3 - begun);
            Assert.Equal(begun, bench.Book.OrdersInFlight);
            bench.Want();
            bench.Run();
            // The numbers taken back are used by the orders that follow.
            Assert.Equal(Enumerable.Range(0, begun + 1).Select(i => bench.Venue.MassCancels[0] + 1 + (uint)i),
                bench.Venue.Orders.Select(o => o.UserRefNum));
        }
    }

    [Fact]
    public void should_leave_a_half_written_order_unknown_when_the_connection_breaks()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Want();
        bench.Stream.TakesBytes = 10;
        bench.Sender.DoWork();
        bench.Stream.Break();
        bench.Stream.TakesBytes = long.MaxValue;
        bench.Wait(1_000);
        Assert.Equal((1, 1), (bench.Of(ResponseKind.NeverArrived).Length, bench.Of(ResponseKind.NotSent).Length));
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionSent));
        Assert.Equal(0, bench.Book.OrdersInFlight);
        Assert.Empty(bench.Venue.Orders);
    }

    [Fact]
    public void should_give_orders_back_when_the_connection_is_found_broken_at_the_send()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Stream.IsBrokenForSends = true;
        bench.Run(1);
        AssertRefused(bench, RefusalReason.NotSentLoggedOut, 1);
        Assert.Equal(ExecutionState.Disconnected, bench.Sender.State);
        Assert.Equal((0, 0), (bench.Counters.Read(Counter.ExecutionSent), bench.Book.OrdersInFlight));
    }

    [Fact]
    public void should_refuse_options_that_cannot_work()
    {
        ExecutionOptions good = Bench.DefaultOptions;
        Assert.Null(good.FindError());
        Assert.NotNull((good with { NodeTag = "mm01" }).FindError());
        Assert.NotNull((good with { NodeTag = "MM012345678901" }).FindError());
        Assert.NotNull((good with { OpenOrdersMax = 100 }).FindError());
        Assert.NotNull((good with { Password = "12345678901"u8.ToArray() }).FindError());
        Assert.NotNull((good with { Username = default }).FindError());
        Assert.NotNull((good with { ReconnectMaxMs = 1 }).FindError());
        Assert.NotNull((good with { ReceiveBufferBytes = 1_000 }).FindError());
    }

    [Fact]
    public void should_send_a_batch_of_orders_without_allocating()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { OpenOrdersMax = 64 });
        for (int warm = 0; warm < 3; warm++)
        {
            for (int i = 0; i < 8; i++) bench.Want();
            bench.Sender.DoWork();
        }

        bench.Stream.TakesBytes = 0;
        for (int i = 0; i < 8; i++) bench.Want();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bench.Sender.DoWork();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertRefused(Bench bench, RefusalReason reason, int count)
    {
        Assert.All(bench.Of(ResponseKind.NotSent), r => Assert.Equal(reason, r.NotSentReason));
        Assert.Equal(count, bench.Of(ResponseKind.NotSent).Length);
        Assert.Equal(count, bench.Counters.ReadRefused(Counter.ExecutionRefused, reason));
    }
}
