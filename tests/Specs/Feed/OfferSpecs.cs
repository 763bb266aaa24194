using MarketMaker.Contracts;
using MarketMaker.Feed;

namespace MarketMaker.Tests.Specs.Feed;

public class OfferSpecs
{
    private readonly FeedLab _lab = new FeedLab().Open();

    [Fact]
    public void should_publish_an_add_order_as_an_offer_of_its_ticker()
    {
        _lab.NowNs = 5_000_000_000;
        _lab.Send(FeedLab.Add(77, Side.Sell, FeedLab.IbmLocate, shares: 300, price: 1_615_076));
        OfferEvent offer = Assert.Single(_lab.Published());
        Assert.Equal(OfferEventKind.Offer, offer.Kind);
        Assert.Equal(77UL, offer.OrderReference);
        Assert.Equal(Side.Sell, offer.OfferSide);
        Assert.Equal(300, offer.QuantityShares);
        Assert.Equal(1_615_076, offer.Price);
        Assert.Equal(1, offer.TickerIndex);
        Assert.Equal(5UL, offer.FeedSequence);
        Assert.Equal(5_000_000_000, offer.ReceivedNs);
    }

    [Fact]
    public void should_publish_an_attributed_order_likewise()
    {
        _lab.Send(FeedLab.AddAttributed(78, Side.Buy, FeedLab.MsftLocate));
        OfferEvent offer = Assert.Single(_lab.Published());
        Assert.Equal((78UL, Side.Buy, (ushort)2), (offer.OrderReference, offer.OfferSide, offer.TickerIndex));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void should_give_the_new_order_of_a_replace_the_side_of_the_old(Side side)
    {
        _lab.Send(FeedLab.Add(1, side), FeedLab.Replace(1, 2), FeedLab.Replace(2, 3, shares: 60, price: 980_000));
        List<OfferEvent> offers = _lab.PublishedOffers();
        Assert.Equal([1UL, 2UL, 3UL], offers.Select(offer => offer.OrderReference));
        Assert.All(offers, offer => Assert.Equal(side, offer.OfferSide));
        Assert.Equal((60, 980_000, (ushort)0), (offers[2].QuantityShares, offers[2].Price, offers[2].TickerIndex));
    }

    [Fact]
    public void should_refuse_a_replace_of_an_order_whose_side_is_not_known()
    {
        _lab.Send(FeedLab.Replace(4_711, 4_712));
        Assert.Empty(_lab.Published());
        Assert.Equal(1, _lab.Refused(RefusalReason.UnknownOrder));
    }

    [Fact]
    public void should_refuse_an_offer_whose_locate_is_in_no_directory()
    {
        _lab.Send(FeedLab.Add(1, Side.Buy, locate: 999));
        Assert.Empty(_lab.Published());
        Assert.Equal(1, _lab.Refused(RefusalReason.UnknownTicker));
    }

    [Fact]
    public void should_refuse_an_offer_of_a_stock_outside_the_universe()
    {
        _lab.Send(FeedLab.Directory(20, "ZVZZT"), FeedLab.Add(1, Side.Buy, locate: 20));
        Assert.Equal(1, _lab.Refused(RefusalReason.UnknownTicker));
    }

    [Fact]
    public void should_refuse_the_newest_offers_when_the_ring_is_full()
    {
        FeedLab lab = new FeedLab(ringCapacity: 4).Open();
        lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy), FeedLab.Add(3, Side.Buy));
        lab.Send(FeedLab.Add(4, Side.Buy), FeedLab.Add(5, Side.Buy), FeedLab.Add(6, Side.Buy));
        Assert.Equal([1UL, 2UL, 3UL, 4UL], lab.Published().Select(offer => offer.OrderReference));
        Assert.Equal(2, lab.Refused(RefusalReason.RingFull));
        lab.Send(FeedLab.Add(7, Side.Buy));
        Assert.Equal(7UL, Assert.Single(lab.Published()).OrderReference);
    }

    [Fact]
    public void should_end_every_offer_seen_in_a_slot_or_in_one_refusal()
    {
        FeedLab lab = new FeedLab(ringCapacity: 8).Open();
        lab.Send(
            FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Sell, locate: 999), FeedLab.Replace(1, 3), FeedLab.Replace(55, 56),
            FeedLab.Delete(1));
        lab.NextSequence += 2;
        lab.Send([.. Enumerable.Range(10, 12).Select(i => FeedLab.Add((ulong)i, Side.Buy))]);
        lab.SendAt(lab.NextSequence - 14, FeedLab.Add(100, Side.Buy), FeedLab.Add(101, Side.Buy));
        Assert.Equal(18, lab.Read(Counter.FeedOffersSeen));
        Assert.Equal(18, lab.PublishedOffers().Count + lab.RefusedInAll());
        Assert.Equal(2, lab.Refused(RefusalReason.Recovered));
    }

    [Fact]
    public void should_see_an_offer_once_when_both_lines_bring_it()
    {
        byte[] packet = FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy)]);
        _lab.Deliver(0, packet);
        _lab.Deliver(1, packet);
        Assert.Single(_lab.Published());
        Assert.Equal(1, _lab.Read(Counter.FeedOffersSeen));
        Assert.Equal(1, _lab.Read(Counter.FeedDuplicateMessages));
    }

    [Fact]
    public void should_pass_a_price_beyond_the_wires_limit_on_as_the_largest_and_never_as_a_negative_one()
    {
        _lab.Send(FeedLab.Add(1, Side.Buy, shares: uint.MaxValue, price: 0x8000_0000));
        OfferEvent offer = Assert.Single(_lab.Published());
        Assert.Equal((int.MaxValue, int.MaxValue), (offer.Price, offer.QuantityShares));
    }

    [Fact]
    public void should_count_what_is_no_message_and_go_on()
    {
        byte[] badSide = FeedLab.Add(9, (Side)'Z');
        _lab.Send([], [(byte)'?'], FeedLab.Add(1, Side.Buy)[..35], badSide, FeedLab.Add(2, Side.Buy));
        Assert.Equal(2UL, Assert.Single(_lab.Published()).OrderReference);
        Assert.Equal(4, _lab.Read(Counter.FeedUnknownMessages));
        Assert.Equal(1, _lab.Read(Counter.FeedOffersSeen));
    }

    [Fact]
    public void should_record_how_long_decoding_took_once_per_packet()
    {
        _lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy));
        // The opening was published by a packet of its own.
        Assert.Equal(2, _lab.Counters[HopHistogram.ReceivedToDecoded].Count);
    }

    [Fact]
    public void should_allocate_nothing_per_packet()
    {
        byte[] packet = FeedLab.Packet(5, [FeedLab.Add(1, Side.Buy), FeedLab.Replace(1, 2), FeedLab.TradingAction("AAPL", 'H')]);
        // Warm-up: the lists of the test itself grow, and the counted path is compiled.
        for (int i = 0; i < 10; i++) DeliverNext();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) DeliverNext();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(220, _lab.Read(Counter.FeedOffersSeen));

        void DeliverNext()
        {
            // The same bytes under the next number.
            packet[17] = (byte)_lab.Parser.NextExpected;
            packet[16] = (byte)(_lab.Parser.NextExpected >> 8);
            _lab.Deliver(0, packet);
        }
    }

    [Fact]
    public void should_find_nothing_wrong_with_the_default_options() => Assert.Empty(new FeedOptions().Problems());

    [Fact]
    public void should_name_every_option_out_of_range() =>
        Assert.Equal(3, new FeedOptions { Session = "LONGER THAN TEN", GapsMax = 1, SideTableBits = 30 }.Problems().Count);
}
