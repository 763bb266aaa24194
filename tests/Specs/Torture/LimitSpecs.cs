using System.Buffers.Binary;
using System.Text;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Specs.Torture;

public sealed class LimitSpecs
{
    private const long Dollar = 10_000;

    [Fact]
    public void should_add_up_cash_and_shares_and_undo_what_was_broken()
    {
        Account account = new(1_000 * Dollar);
        account.Apply(new Trade("S", 1, 1, false, "AAPL", true, 10 * Dollar, 50));
        account.Apply(new Trade("S", 2, 2, false, "AAPL", false, 11 * Dollar, 20));
        account.Apply(new Trade("S", 3, 1, true, "AAPL", true, 10 * Dollar, 50));
        Assert.Equal(1_220 * Dollar, account.Cash);
        Assert.Equal([new("AAPL", -20)], account.Positions);
        Assert.Empty(account.LimitsPassed);
    }

    [Fact]
    public void should_find_cash_and_shares_that_were_not_there()
    {
        Account account = new(1_000 * Dollar);
        account.Apply(new Trade("S", 1, 1, false, "AAPL", true, 10 * Dollar, 101));
        account.Apply(new Trade("S", 2, 2, false, "AAPL", false, 10 * Dollar, 102));
        Assert.Equal(2, account.LimitsPassed.Count);
    }

    [Fact]
    public void should_find_accounts_that_differ()
    {
        Account one = new(0), other = new(0);
        one.Apply(new Trade("S", 1, 1, false, "AAPL", false, Dollar, 1));
        Assert.Equal(2, one.DifferencesTo(other, "one", "the other").Count());
        Assert.Equal(2, other.DifferencesTo(one, "the other", "one").Count());
        Assert.Empty(one.DifferencesTo(one, "one", "one"));
    }

    [Fact]
    public void should_find_an_order_that_is_worth_too_much_or_sent_twice()
    {
        OrderWatch watch = Watch(inFlightMax: 9);
        watch.OnOrder(Order(1, 'B', 10, 100 * Dollar));
        Assert.Empty(watch.LimitsPassed);
        watch.OnOrder(Order(1, 'B', 10, 100 * Dollar));
        Assert.Equal(["order 1 was sent twice"], watch.LimitsPassed);
        watch.OnOrder(Order(2, 'B', 11, 100 * Dollar));
        Assert.Equal("order 2 is worth 1,100.00", watch.LimitsPassed[1]);
    }

    [Fact]
    public void should_count_orders_in_flight_until_their_end_or_the_fence()
    {
        OrderWatch watch = Watch(inFlightMax: 2);
        watch.OnOrder(Order(1, 'B', 10, Dollar));
        watch.OnOrder(Order(2, 'B', 10, Dollar));
        watch.OnAnswer(1, Answer('A', 1, 64));
        // Seen before: a replay brings it again.
        watch.OnAnswer(1, Answer('C', 1, 18));
        watch.OnAnswer(2, Answer('C', 1, 18));
        watch.OnOrder(Order(3, 'B', 10, Dollar));
        Assert.Empty(watch.LimitsPassed);
        watch.OnAnswer(3, Answer('A', 2, 64));
        watch.OnAnswer(4, Answer('X', 9, 27));
        watch.OnOrder(Order(10, 'B', 10, Dollar));
        Assert.Empty(watch.LimitsPassed);
        watch.OnOrder(Order(11, 'B', 10, Dollar));
        Assert.Equal(["3 orders are in flight after order 11"], watch.LimitsPassed);
    }

    [Fact]
    public void should_find_orders_that_cash_and_shares_do_not_cover()
    {
        OrderWatch watch = Watch(inFlightMax: 9);
        watch.OnOrder(Order(1, 'S', 1, Dollar));
        Assert.Equal(["order 1 may sell 1 shares of AAPL that are not there"], watch.LimitsPassed);
        foreach (int number in Enumerable.Range(2, 5)) watch.OnOrder(Order(number, 'B', 10, 100 * Dollar));
        Assert.Single(watch.LimitsPassed);
        watch.OnOrder(Order(7, 'B', 1, Dollar));
        Assert.Equal("order 7 may cost 1.0000 more than the cash that is left", watch.LimitsPassed[1]);
    }

    [Fact]
    public void should_name_every_byte_of_every_packet_as_a_place_to_cut()
    {
        Assert.Equal(2 * (67 + 39 + 21 + 50), Cut.All.Distinct().Count());
        Assert.Contains(new Cut('A', 67, true), Cut.All);
        Assert.Contains(new Cut('E', 1, false), Cut.All);
    }

    [Fact]
    public void should_cut_a_stream_into_packets_wherever_it_was_cut_before()
    {
        byte[] stream = [0, 1, (byte)'H', 0, 3, (byte)'S', 7, 8, 0, 1, (byte)'H'];
        Frames frames = new();
        List<int> lengths = [];
        foreach (byte one in stream)
        {
            frames.Add([one]);
            for (byte[] packet = frames.Next(); packet.Length > 0; packet = frames.Next()) lengths.Add(packet.Length);
        }

        Assert.Equal([3, 5, 3], lengths);
        Assert.True(frames.Rest.IsEmpty);
    }

    private static OrderWatch Watch(int inFlightMax) => new(new Limits(1_000 * Dollar, inFlightMax, 5_000 * Dollar));

    private static byte[] Order(long number, char side, uint shares, long price)
    {
        byte[] message = new byte[47];
        message[0] = (byte)'O';
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1), (uint)number);
        message[5] = (byte)side;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(6), shares);
        Encoding.ASCII.GetBytes("AAPL    ", message.AsSpan(10));
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(18), (ulong)price);
        return message;
    }

    private static byte[] Answer(char type, uint number, int length)
    {
        byte[] message = new byte[length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(9), number);
        return message;
    }
}
