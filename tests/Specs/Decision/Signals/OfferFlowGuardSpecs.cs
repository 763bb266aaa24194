using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class OfferFlowGuardSpecs
{
    private const int Fair = 1_000_000;
    private const int Bp = 100;
    private const long Ms = 1_000_000;
    private OfferFlowGuard _guard = new(new OfferFlowOptions { MovedPpm = 4_500 }, tickerCount: 2);
    private long _nowNs = 1_000 * Ms;
    private int _fair;

    public OfferFlowGuardSpecs() => Price(Fair);

    [Fact]
    public void should_stop_a_ticker_whose_offers_are_off_together_and_ask_for_a_price_once()
    {
        Learn();
        int asks = 0;
        int offers = 0;
        while (!_guard.IsStopped(Offer(Side.Sell, 0)) && offers < 100)
        {
            // The market rose by 100 bp and our price has not.
            asks += Observe(offers % 2 == 0 ? Side.Sell : Side.Buy, (offers % 2 == 0 ? 50 : -50) + 100) ? 1 : 0;
            offers++;
        }

        // 100 (1 - (15/16)^n) passes 45 at the tenth; what the first of them taught as usual costs a few more.
        Assert.InRange(offers, 10, 13);
        Assert.Equal(1, asks);
        Assert.Equal(1, _guard.Stops);
        Assert.False(_guard.IsStopped(Offer(Side.Sell, 0) with { TickerIndex = 1 }));
    }

    [Fact]
    public void should_not_stop_while_the_offers_keep_their_usual_distance()
    {
        Learn();
        for (int i = 0; i < 10_000; i++) Assert.False(Observe(i % 2 == 0 ? Side.Sell : Side.Buy, i % 2 == 0 ? 50 : -50));
        Assert.Equal(0, _guard.Stops);
    }

    [Fact]
    public void should_not_stop_for_fewer_than_eight_offers_however_far_they_are_off()
    {
        Learn();
        Price(Fair);
        for (int i = 0; i < 7; i++) Assert.False(Observe(Side.Sell, -1_000));
        Assert.True(Observe(Side.Sell, -1_000));
    }

    [Fact]
    public void should_not_let_one_offer_count_more_than_the_clip()
    {
        Learn();
        Assert.False(Observe(Side.Sell, -9_999));
        // 400 bp of it are 25 bp of the mean; 45 would be passed if all of it counted.
        for (int i = 0; i < 100; i++) Assert.False(Observe(i % 2 == 0 ? Side.Sell : Side.Buy, i % 2 == 0 ? 50 : -50));
    }

    [Fact]
    public void should_not_stop_by_default_for_two_rich_offers_in_a_row()
    {
        _guard = new OfferFlowGuard(new OfferFlowOptions(), tickerCount: 2);
        Price(Fair);
        Learn();
        Assert.False(Observe(Side.Sell, -999));
        Assert.False(Observe(Side.Sell, -999));
        Assert.True(Observe(Side.Sell, -999));
    }

    [Fact]
    public void should_resume_only_with_a_price_fetched_after_the_stop()
    {
        Learn();
        StopByRise();
        long stoppedNs = _nowNs;
        _nowNs += Ms;
        Price(Fair + 100 * Bp, asOfNs: stoppedNs);
        Assert.True(_guard.IsStopped(Offer(Side.Sell, 0)));
        Price(Fair + 100 * Bp, asOfNs: stoppedNs + 1);
        Assert.False(_guard.IsStopped(Offer(Side.Sell, 0, ageUs: 0)));
        Assert.Equal(0, _guard.FalseStops);
    }

    [Fact]
    public void should_not_take_an_offer_stamped_with_the_price_of_before_the_stop_after_the_ticker_resumed()
    {
        Learn();
        StopByRise();
        OfferEvent underWay = Offer(Side.Sell, 0, ageUs: 5_000);
        _nowNs += Ms;
        Price(Fair + 100 * Bp);
        Assert.True(_guard.IsStopped(underWay));
        Assert.False(_guard.IsStopped(Offer(Side.Sell, 0, ageUs: 0)));
    }

    [Fact]
    public void should_ask_again_when_no_price_comes()
    {
        Learn();
        StopByRise();
        _nowNs += 498 * Ms;
        Assert.False(Observe(Side.Sell, 0));
        _nowNs += 2 * Ms;
        Assert.True(Observe(Side.Sell, 0));
        Assert.False(Observe(Side.Sell, 0));
        _nowNs += 501 * Ms;
        Assert.True(Observe(Side.Sell, 0));
    }

    [Fact]
    public void should_ask_again_at_once_for_a_price_that_was_under_way_before_the_stop_but_once_for_each_wish()
    {
        Learn();
        StopByRise();
        long stoppedNs = _nowNs;
        Assert.True(_guard.OnPrice(0, Fair, stoppedNs));
        Assert.False(_guard.OnPrice(0, Fair, stoppedNs));
        Assert.False(_guard.OnPrice(1, Fair, stoppedNs));
        _nowNs += 500 * Ms;
        Assert.True(Observe(Side.Sell, 0));
        Assert.True(_guard.OnPrice(0, Fair, stoppedNs));
        Assert.False(_guard.OnPrice(0, Fair, stoppedNs));
        Assert.False(_guard.OnPrice(0, Fair + 100 * Bp, stoppedNs + 1));
        Assert.False(_guard.IsStopped(Offer(Side.Sell, 0, ageUs: 0)));
    }

    [Fact]
    public void should_start_anew_with_each_price()
    {
        Learn();
        for (int i = 0; i < 8; i++) Observe(Side.Sell, 50 + 100);
        Price(Fair);
        for (int i = 0; i < 8; i++) Assert.False(Observe(Side.Sell, 50 + 100));
        Assert.Equal(0, _guard.Stops);
    }

    [Fact]
    public void should_learn_a_new_usual_distance_when_the_fresh_price_says_that_nothing_moved()
    {
        Learn();
        int stops = 0;
        for (int i = 0; i < 2_000; i++)
        {
            if (!Observe(i % 2 == 0 ? Side.Sell : Side.Buy, (i % 2 == 0 ? 50 : -50) + 70)) continue;
            stops++;
            _nowNs += Ms;
            Price(_fair);
        }

        // Each stop moves what is usual by half of what was seen; 25 bp more and it is within the threshold.
        Assert.InRange(stops, 1, 3);
        Assert.Equal(stops, _guard.FalseStops);
    }

    [Fact]
    public void should_not_judge_a_side_whose_usual_distance_is_not_known()
    {
        for (int i = 0; i < 15; i++) Observe(Side.Sell, 50);
        for (int i = 0; i < 15; i++) Observe(Side.Buy, -300);
        Assert.Equal(0, _guard.Stops);
    }

    [Fact]
    public void should_not_learn_what_is_usual_from_an_old_price()
    {
        for (int i = 0; i < 1_000; i++) _guard.Observe(Offer(Side.Sell, -300, ageUs: 5_000_001));
        for (int i = 0; i < 40; i++) Observe(Side.Sell, 50);
        Assert.Equal(0, _guard.Stops);
    }

    [Theory]
    [InlineData(TickerFlags.Halted)]
    [InlineData(TickerFlags.MarketClosed)]
    public void should_see_nothing_in_offers_by_which_nobody_trades(TickerFlags flags)
    {
        Learn();
        for (int i = 0; i < 100; i++) _guard.Observe(Offer(Side.Sell, 300) with { Flags = flags });
        Assert.Equal(0, _guard.Stops);
    }

    [Fact]
    public void should_pass_over_offers_stamped_with_another_price_than_the_last_one_heard_of()
    {
        Learn();
        for (int i = 0; i < 100; i++) _guard.Observe(Offer(Side.Sell, 300) with { FairPrice = Fair - 1 });
        Assert.Equal(0, _guard.Stops);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Money.PriceMax)]
    public void should_stand_every_price_there_is(int fair)
    {
        Price(fair);
        foreach (int price in (int[])[int.MinValue, -1, 0, 1, fair, int.MaxValue])
        {
            for (int i = 0; i < 40; i++) _guard.Observe(Offer(Side.Buy, 0) with { Price = price });
        }
    }

    /// <summary>Sellers usually ask 50 bp more, buyers bid 50 bp less.</summary>
    private void Learn()
    {
        for (int i = 0; i < 40; i++) Assert.False(Observe(i % 2 == 0 ? Side.Sell : Side.Buy, i % 2 == 0 ? 50 : -50));
    }

    private void StopByRise()
    {
        for (int i = 0; i < 100 && _guard.Stops == 0; i++) Observe(Side.Sell, 150);
        Assert.Equal(1, _guard.Stops);
    }

    private bool Observe(Side side, int awayBp)
    {
        _nowNs += Ms;
        return _guard.Observe(Offer(side, awayBp));
    }

    private void Price(int fair, long? asOfNs = null)
    {
        _fair = fair;
        _guard.OnPrice(0, fair, asOfNs ?? _nowNs);
    }

    private OfferEvent Offer(Side side, int awayBp, uint ageUs = 1_000) => new()
    {
        Kind = OfferEventKind.Offer,
        OfferSide = side,
        Price = _fair + awayBp * (_fair / 10_000),
        FairPrice = _fair,
        PriceAgeUs = ageUs,
        ReceivedNs = _nowNs,
        QuantityShares = 100,
    };
}
