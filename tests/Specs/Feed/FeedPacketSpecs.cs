using MarketMaker.Contracts;
using MarketMaker.Feed;

namespace MarketMaker.Tests.Specs.Feed;

public class FeedPacketSpecs
{
    private readonly FeedLab _lab = new FeedLab().Open();

    [Fact]
    public void should_drop_a_packet_that_is_not_from_the_venue()
    {
        _lab.Deliver(0, FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)]), isFromVenue: false);
        Assert.Empty(_lab.Published());
        Assert.Equal(1, _lab.Read(Counter.FeedForeignPackets));
        Assert.Equal(5UL, _lab.Parser.NextExpected);
    }

    [Fact]
    public void should_hand_on_what_a_line_brought_before_it_looks_at_the_other()
    {
        byte[] packet = FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)]);
        _lab.Arrive(0, packet);
        _lab.Arrive(1, packet);
        _lab.Parser.DoWork();
        Assert.Single(_lab.Published());
        Assert.Equal(1, _lab.Waiting(0) + _lab.Waiting(1));
        _lab.Parser.DoWork();
        Assert.Empty(_lab.Published());
        Assert.Equal(0, _lab.Waiting(0) + _lab.Waiting(1));
    }

    [Fact]
    public void should_look_at_both_lines_and_for_answers_however_much_one_line_brings()
    {
        _lab.Arrive(1, FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)]));
        _lab.Arrive(2, FeedLab.Packet(6, [FeedLab.Add(2, Side.Buy)]));
        for (int i = 0; i < 2; i++) _lab.Deliver(0, FeedLab.Packet(7, [FeedLab.Add(3, Side.Buy)]));
        Assert.Equal((0, 0), (_lab.Waiting(1), _lab.Waiting(2)));
        Assert.Equal([1UL, 2UL, 3UL], _lab.PublishedOffers().Select(offer => offer.OrderReference));
    }

    [Fact]
    public void should_drop_a_packet_of_another_session_and_say_so()
    {
        _lab.Deliver(0, FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)], session: "OTHER"));
        Assert.Empty(_lab.Published());
        Assert.Equal(1, _lab.Read(Counter.FeedWrongSessionPackets));
        Assert.Contains(LogMessage.FeedWrongSession, _lab.Logged());
    }

    [Fact]
    public void should_say_less_and_less_often_that_bad_packets_come()
    {
        for (int i = 0; i < 1_000; i++) _lab.Deliver(0, FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)], session: "OTHER"));
        Assert.Equal(10, _lab.Logged().Count(line => line == LogMessage.FeedWrongSession));
    }

    [Fact]
    public void should_drop_a_forged_packet_far_ahead_and_trade_on()
    {
        _lab.SendAt(50_000_000, FeedLab.Add(1, Side.Buy));
        _lab.Send(FeedLab.Add(2, Side.Buy));
        Assert.Equal(2UL, Assert.Single(_lab.Published()).OrderReference);
        Assert.Equal(1, _lab.Read(Counter.FeedFarFuturePackets));
        Assert.Equal(0, _lab.Read(Counter.FeedGaps));
        Assert.Contains(LogMessage.FeedFarFuture, _lab.Logged());
    }

    [Fact]
    public void should_deliver_nothing_of_a_packet_cut_short_or_overlong()
    {
        byte[] packet = FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy)]);
        _lab.Deliver(0, packet[..^1]);
        _lab.Deliver(0, [.. packet, 0]);
        _lab.Deliver(0, []);
        Assert.Empty(_lab.Published());
        Assert.Equal(3, _lab.Read(Counter.FeedMalformedPackets));
    }

    [Fact]
    public void should_count_packets_bytes_and_messages()
    {
        long packets = _lab.Read(Counter.FeedPackets);
        long bytes = _lab.Read(Counter.FeedBytes);
        byte[] packet = FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy), FeedLab.Delete(1)]);
        _lab.Deliver(0, packet);
        Assert.Equal(1, _lab.Read(Counter.FeedPackets) - packets);
        Assert.Equal(20 + 2 + 36 + 2 + 19, _lab.Read(Counter.FeedBytes) - bytes);
        Assert.Equal(6, _lab.Read(Counter.FeedMessages));
    }

    [Fact]
    public void should_say_once_that_the_session_has_ended()
    {
        byte[] end = FeedLab.Packet(5, []);
        end[18] = end[19] = 0xFF;
        _lab.Deliver(0, end);
        _lab.Deliver(1, end);
        Assert.True(_lab.Parser.IsSessionEnded);
        Assert.Equal(1, _lab.Logged().Count(line => line == LogMessage.FeedSessionEnded));
    }

    [Fact]
    public void should_refuse_every_session_but_the_configured()
    {
        FeedLab lab = new(new FeedOptions { Session = "TODAY", SideTableBits = 10 });
        lab.Deliver(0, FeedLab.Packet(1, [FeedLab.SystemEvent('Q')], session: "YESTERDAY"));
        Assert.Equal(1, lab.Read(Counter.FeedWrongSessionPackets));
        lab.Deliver(0, FeedLab.Packet(1, [FeedLab.SystemEvent('Q')], session: "TODAY"));
        Assert.Equal(1, lab.Read(Counter.FeedMessages));
    }

    [Fact]
    public void should_take_a_snapshot_as_the_state_before_the_feed_and_go_on_from_where_it_says()
    {
        FeedLab lab = new();
        foreach (byte[] message in (byte[][])[
            FeedLab.SystemEvent('Q'), FeedLab.Directory(FeedLab.AaplLocate, "AAPL"), FeedLab.Directory(FeedLab.IbmLocate, "IBM"),
            FeedLab.TradingAction("IBM", 'H', FeedLab.IbmLocate)])
        {
            lab.Parser.ApplySnapshotMessage(message);
        }

        lab.Parser.StartAt(1_000);
        lab.SendAt(999, FeedLab.TradingAction("AAPL", 'H'), FeedLab.Add(1, Side.Buy));
        Assert.Equal(
            ["MarketHours:None", "TradingState:Halted", "Offer:None"], lab.Published().Select(one => $"{one.Kind}:{one.Flags}"));
        Assert.Equal(0, lab.Read(Counter.FeedGaps));
    }

    [Fact]
    public void should_read_no_packet_once_it_was_ended()
    {
        _lab.Parser.End();
        Assert.False(_lab.Parser.HasEnded);
        _lab.Send(FeedLab.Add(1, Side.Buy));
        Assert.True(_lab.Parser.HasEnded);
        Assert.Empty(_lab.Published());
        Assert.Equal(0, _lab.Read(Counter.FeedOffersSeen));
    }
}
