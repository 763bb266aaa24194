using MarketMaker.Contracts;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class PriceStamperSpecs
{
    private const long NsPerMs = 1_000_000;
    private const int Fair = 1_000_000;

    private readonly PriceCache _cache = new(PriceClientBench.UniverseOf(4));
    private readonly PriceStamper _stamper;
    private long _nowNs = 3_600_000 * NsPerMs;

    public PriceStamperSpecs()
    {
        _stamper = new PriceStamper(new PricesOptions { StalePriceAgeMs = 10_000, StaleVolatilePriceAgeMs = 1_000, ThresholdEdgePpm = 10_000 }, _cache);
        _stamper.Apply(new OfferEvent { Kind = OfferEventKind.MarketHours, Flags = TickerFlags.None });
    }

    [Fact]
    public void should_keep_denylist_and_verdict_apart_so_that_neither_lifts_the_other()
    {
        Price(1);
        Tell(PriceEventKind.Denylist, 1, TickerFlags.Denied);
        Tell(PriceEventKind.Verdict, 1, TickerFlags.None);
        Assert.Equal(TickerFlags.Denied, Stamp(1).Flags);

        Tell(PriceEventKind.Verdict, 1, TickerFlags.Denied | TickerFlags.SellOnly);
        Tell(PriceEventKind.Denylist, 1, TickerFlags.None);
        Assert.Equal(TickerFlags.Denied | TickerFlags.SellOnly, Stamp(1).Flags);
    }

    [Fact]
    public void should_let_a_denylist_deny_and_nothing_else()
    {
        Price(1);
        Tell(PriceEventKind.Denylist, 1, TickerFlags.Denied | TickerFlags.Halted | TickerFlags.SellOnly);

        Assert.Equal(TickerFlags.Denied, Stamp(1).Flags);
    }

    [Fact]
    public void should_stamp_volatile_from_a_verdict_on_one_and_on_all()
    {
        Price(1);
        Price(2);
        Tell(PriceEventKind.Verdict, 1, TickerFlags.Volatile | TickerFlags.SellOnly);
        Assert.Equal(TickerFlags.Volatile | TickerFlags.SellOnly, Stamp(1).Flags);
        Assert.Equal(TickerFlags.None, Stamp(2).Flags);

        Tell(PriceEventKind.VerdictForAll, 0, TickerFlags.Volatile | TickerFlags.SellOnly);
        Assert.Equal(TickerFlags.Volatile | TickerFlags.SellOnly, Stamp(2).Flags);
    }

    [Fact]
    public void should_ask_sooner_for_a_volatile_ticker()
    {
        Price(1);
        Price(2);
        Tell(PriceEventKind.Verdict, 1, TickerFlags.Volatile);
        _nowNs += 1_000 * NsPerMs;
        Assert.False(Asks(1));
        _nowNs += NsPerMs;

        Assert.True(Asks(1));
        Assert.False(Asks(2));
    }

    [Fact]
    public void should_want_again_what_could_not_be_asked_for()
    {
        Assert.True(Asks(3));
        Assert.False(Asks(3));
        _stamper.OnRefreshNotAsked(3);

        Assert.True(Asks(3));
    }

    [Theory]
    [InlineData(Side.Sell, 975_000, true)]
    [InlineData(Side.Sell, 974_999, false)]
    [InlineData(Side.Sell, 1_005_000, true)]
    [InlineData(Side.Sell, 1_005_001, false)]
    [InlineData(Side.Buy, 1_025_000, true)]
    [InlineData(Side.Buy, 1_025_001, false)]
    [InlineData(Side.Buy, 995_000, true)]
    [InlineData(Side.Buy, 994_999, false)]
    public void should_count_offers_whose_edge_is_within_150_bp_of_the_one_we_ask_for(Side side, int price, bool isNear)
    {
        Price(1);
        Stamp(1, side, price);

        Assert.Equal(isNear ? 1u : 0u, _cache.Lines[1].OffersNearThreshold);
    }

    [Fact]
    public void should_note_the_volatility_a_verdict_tells_and_keep_it_when_none_is_told()
    {
        _stamper.Apply(new PriceEvent { Kind = PriceEventKind.Verdict, TickerIndex = 1, SigmaCentiBp = 420 });
        _stamper.Apply(new PriceEvent { Kind = PriceEventKind.Verdict, TickerIndex = 1 });

        Assert.Equal(420, _cache.Lines[1].SigmaCentiBp);
    }

    [Fact]
    public void should_count_a_ticker_as_priced_once()
    {
        Price(1);
        Price(1);
        Price(2);

        Assert.Equal(2, _stamper.TickersPriced);
    }

    private void Price(ushort ticker) =>
        _stamper.Apply(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = Fair, AsOfNs = _nowNs });

    private void Tell(PriceEventKind kind, ushort ticker, TickerFlags flags) =>
        _stamper.Apply(new PriceEvent { Kind = kind, TickerIndex = ticker, Flags = flags });

    private OfferEvent Stamp(ushort ticker, Side side = Side.Sell, int price = Fair)
    {
        OfferEvent offer = new() { Kind = OfferEventKind.Offer, TickerIndex = ticker, OfferSide = side, Price = price, ReceivedNs = _nowNs };
        _stamper.Stamp(ref offer, _nowNs);
        return offer;
    }

    private bool Asks(ushort ticker)
    {
        OfferEvent offer = new() { Kind = OfferEventKind.Offer, TickerIndex = ticker, OfferSide = Side.Sell, Price = Fair };
        return _stamper.Stamp(ref offer, _nowNs);
    }
}
