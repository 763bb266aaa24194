using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Venue.Orders;

namespace MarketMaker.Tests.Specs.Venue;

public class OrderAccountSpecs
{
    [Fact]
    public void should_answer_an_order_with_accepted_executed_in_parts_and_canceled_for_the_rest()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        target.Parts = [30, 50];
        account.Handle(Order(7, quantity: 100, side: 'B', price: 1_000_000));

        Assert.Equal(["A", "E", "E", "C"], Types(account));
        Assert.True(Accepted.TryRead(account.Store[1], out Accepted accepted, out _));
        Assert.Equal((7u, (byte)'B', 100u, (byte)'L'), (accepted.UserRefNum, accepted.Side, accepted.QuantityShares, accepted.OrderState));
        Assert.True(Executed.TryRead(account.Store[2], out Executed executed, out _));
        Assert.Equal((7u, 30u, 1_000_000ul, 900ul), (executed.UserRefNum, executed.QuantityShares, executed.Price, executed.MatchNumber));
        Assert.True(Canceled.TryRead(account.Store[4], out Canceled canceled, out _));
        Assert.Equal((7u, 20u, (byte)'I'), (canceled.UserRefNum, canceled.QuantityShares, canceled.Reason));
        MarketOrder order = Assert.Single(target.Entered);
        Assert.Equal((3, 7u, 4, Side.Buy, 1_000_000, 100), (order.Participant, order.Number, order.Ticker, order.Side, order.LimitPrice, order.Quantity));
        Assert.Equal((1, 1, 0), (account.Statistics.Received, account.Statistics.Won, account.Statistics.Lost));
    }

    [Fact]
    public void should_write_the_accepted_message_as_the_document_lays_it_out()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        target.Parts = [5];
        account.Handle(Order(1, quantity: 5, side: 'S', price: 0x0F4240));
        // OUCH 5.0, Accepted: type, time, UserRefNum, side, quantity, symbol, price, TIF, display, reference, capacity, ISO, cross, state.
        string expected = "41" + "0000010203040506" + "00000001" + "53" + "00000005" + "4141504C20202020" + "00000000000F4240" + "33" + "4E"
            + "0000000000000001" + "50" + "4E" + "4E" + "4C" + Convert.ToHexString("TAG1          "u8) + "0000";
        Assert.Equal(expected, Convert.ToHexString(account.Store[1]));
        // OUCH 5.0, Executed: type, time, UserRefNum, quantity, price, liquidity R (removed), match number, no appendage.
        Assert.Equal("45" + "0000010203040506" + "00000001" + "00000005" + "00000000000F4240" + "52" + "0000000000000384" + "0000",
            Convert.ToHexString(account.Store[2]));
    }

    [Fact]
    public void should_say_nothing_more_after_an_order_that_is_dead_on_arrival()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        target.IsDead = true;
        account.Handle(Order(1));
        Assert.Equal(["A"], Types(account));
        Assert.True(Accepted.TryRead(account.Store[1], out Accepted accepted, out _));
        Assert.Equal((byte)'D', accepted.OrderState);
        Assert.Empty(target.Entered);
    }

    [Theory]
    [InlineData("MSFT", 'B', 100u, 1_000_000ul, '3', 0x17)]
    [InlineData("AAPL", 'X', 100u, 1_000_000ul, '3', 0x09)]
    [InlineData("AAPL", 'B', 0u, 1_000_000ul, '3', 0x13)]
    [InlineData("AAPL", 'B', 1_000_000u, 1_000_000ul, '3', 0x13)]
    [InlineData("AAPL", 'B', 100u, 0ul, '3', 0x1D)]
    [InlineData("AAPL", 'B', 100u, 2_000_000_000ul, '3', 0x1D)]
    [InlineData("AAPL", 'B', 100u, 1_000_000ul, '0', 0x0F)]
    public void should_reject_what_it_cannot_take_with_the_documents_reason(string symbol, char side, uint quantity, ulong price, char timeInForce, int reason)
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        account.Handle(Order(1, symbol, side, quantity, price, timeInForce));
        Assert.Equal(["J"], Types(account));
        Assert.True(Rejected.TryRead(account.Store[1], out Rejected rejected, out _));
        Assert.Equal((1u, (ushort)reason), (rejected.UserRefNum, rejected.RejectReason));
        Assert.Empty(target.Entered);
    }

    [Fact]
    public void should_reject_as_halted_when_the_ticker_does_not_trade()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        target.Trades = false;
        account.Handle(Order(1));
        Assert.True(Rejected.TryRead(account.Store[1], out Rejected rejected, out _));
        Assert.Equal(7, rejected.RejectReason);
    }

    [Fact]
    public void should_ignore_a_number_that_is_lower_or_equal_in_silence_even_after_a_reject()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        account.Handle(Order(5, "MSFT"));
        foreach (uint number in (uint[])[5, 4, 1]) account.Handle(Order(number));
        account.Handle(MassCancel(5));
        Assert.Equal(["J"], Types(account));
        Assert.Equal(4, account.Statistics.Repeated);
        account.Handle(Order(6));
        Assert.Equal(["J", "A", "C"], Types(account));
    }

    [Fact]
    public void should_echo_the_number_of_a_mass_cancel_and_ignore_lower_orders_from_then_on()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        account.Handle(MassCancel(10));
        account.Handle(Order(9));
        account.Handle("Q"u8);
        Assert.Equal(["X", "Q"], Types(account));
        Assert.True(MassCancelResponse.TryRead(account.Store[1], out MassCancelResponse response, out _));
        Assert.Equal(10u, response.UserRefNum);
        Assert.True(AccountQueryResponse.TryRead(account.Store[2], out AccountQueryResponse query, out _));
        Assert.Equal(11u, query.NextUserRefNum);
    }

    [Fact]
    public void should_reject_orders_while_entry_is_disabled()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        byte[] message = new byte[32];
        account.Handle(message.AsSpan(0, new DisableOrderEntry { UserRefNum = 1 }.Write(message)));
        account.Handle(Order(2));
        account.Handle(message.AsSpan(0, new EnableOrderEntry { UserRefNum = 3 }.Write(message)));
        account.Handle(Order(4));
        Assert.Equal(["G", "J", "K", "A", "C"], Types(account));
    }

    [Fact]
    public void should_report_a_broken_trade_with_the_orders_number_and_clordid()
    {
        (FakeTarget target, OrderAccount account) = FakeTarget.Create();
        target.Parts = [100];
        account.Handle(Order(1));
        account.OnBroken(new MarketFill(900, target.Entered[0], 1_000_000, 100, 0));
        Assert.True(BrokenTrade.TryRead(account.Store[3], out BrokenTrade broken, out _));
        Assert.Equal((1u, 900ul, "TAG1"), (broken.UserRefNum, broken.MatchNumber, broken.ClOrdId.ToString()));
    }

    [Fact]
    public void should_survive_any_bytes_without_an_answer_to_garbage()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        MarketRandom random = new(3, 0);
        byte[] order = Order(1);
        for (int length = 0; length < order.Length; length++) account.Handle(order.AsSpan(0, length));
        byte[] garbage = new byte[60];
        for (int i = 0; i < 10_000; i++)
        {
            for (int j = 0; j < garbage.Length; j++) garbage[j] = (byte)random.Next();
            account.Handle(garbage.AsSpan(0, random.Below(garbage.Length)));
        }

        Assert.True(account.Statistics.Malformed > 9_000);
        Assert.Equal(0, account.Statistics.Won);
    }

    [Fact]
    public void should_take_no_more_orders_when_the_store_for_replay_is_nearly_full()
    {
        (_, OrderAccount account) = FakeTarget.Create(storeBytesMax: 2 << 20);
        uint number = 1;
        for (; number < 40_000 && account.Statistics.Rejected == 0; number++) account.Handle(Order(number));
        Assert.InRange(number, 5_000u, 30_000u);
        Assert.True(Rejected.TryRead(account.Store[account.Store.Last], out Rejected rejected, out _));
        Assert.Equal(2, rejected.RejectReason);
    }

    internal static byte[] Order(
        uint number, string symbol = "AAPL", char side = 'B', uint quantity = 100, ulong price = 1_000_000, char timeInForce = '3')
    {
        // OUCH 5.0, Enter Order, 47 bytes, written out from the document's table.
        byte[] message = new byte[47];
        message[0] = (byte)'O';
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1), number);
        message[5] = (byte)side;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(6), quantity);
        Encoding.ASCII.GetBytes(symbol.PadRight(8)).CopyTo(message, 10);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(18), price);
        message[26] = (byte)timeInForce;
        "NPNN"u8.CopyTo(message.AsSpan(27));
        "TAG1          "u8.CopyTo(message.AsSpan(31));
        return message;
    }

    private static byte[] Order(uint number, uint quantity, char side, ulong price) => Order(number, "AAPL", side, quantity, price);

    private static byte[] MassCancel(uint number)
    {
        byte[] message = new byte[19];
        message[0] = (byte)'C';
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1), number);
        message.AsSpan(5, 12).Fill((byte)' ');
        return message;
    }

    private static string[] Types(OrderAccount account) =>
        [.. Enumerable.Range(1, (int)account.Store.Last).Select(i => ((char)account.Store[i][0]).ToString())];
}
