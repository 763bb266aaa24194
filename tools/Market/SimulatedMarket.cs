using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>
/// The seeded market of many buyers, sellers and takers. Time is passed in; an offer is published at the time of the
/// <see cref="Advance"/> that made it, and everybody's reaction starts there.
/// </summary>
/// <remarks>A race is decided by arrival alone: competitors' orders arrive at times drawn when they saw the offer, an engine's
/// order arrives when <see cref="Enter"/> is called. Belongs to one thread; allocates nothing once it is built.</remarks>
public sealed class SimulatedMarket<TSink>
    where TSink : struct, IMarketSink
{
    private const int PayingEdgePpm = 10_000;
    private const int BulkEdgePpm = -5_000;
    private const int BulkSigmaPpm = 4_000;
    private const int SharesMax = 9_999;
    private const int TickSize = 100;

    // One offer in 12 is replaced at the end of its life and one in 24 is cancelled in part, the rest is just deleted.
    private const int ReplaceIn24 = 2;
    private const int CancelIn24 = 1;

    private readonly OfferBooks _books;
    private readonly ExpiryWheel _wheel;
    private readonly ActivityTable _activity;
    private readonly Competitors _competitors;
    private readonly int[] _normal = SampleTables.Normal();
    private readonly int[] _exponential = SampleTables.Exponential();
    private readonly int[] _shares;
    private readonly uint _paying;
    private readonly long _payingMeanPpm;
    private readonly long _lifetimeNs;
    private readonly OfferPace _pace;
    private readonly OfferTraits? _traits;
    private TSink _sink;
    private MarketRandom _random;

    // What happens at the end of an offer depends on who took it first: a stream of its own keeps the new offers of a seed
    // the same whatever the participants do.
    private MarketRandom _endRandom;
    private ulong _reference = 1;
    private long _nextOfferNs;
    private long _nextOfferRestFs;

    /// <summary>Builds the market; all its memory is taken here.</summary>
    public SimulatedMarket(MarketOptions options, TSink sink)
    {
        if (options.Check() is { } problem) throw new ArgumentException(problem, nameof(options));
        _sink = sink;
        _random = new MarketRandom(options.Seed, stream: 1);
        _endRandom = new MarketRandom(options.Seed, stream: 5);
        _activity = new ActivityTable(options.Tickers, options.ZipfExponent, ref _random);
        // Replacements are offers too, so fewer new ones are needed for the rate.
        _traits = options.Model == OfferModel.ExponentialEdges ? new OfferTraits(options) : null;
        double newPerSecond = _traits is null ? options.OffersPerSecondMean * 24 / (24 + ReplaceIn24) : options.OffersPerSecondMean;
        _pace = new OfferPace(newPerSecond, options.DayShape);
        _lifetimeNs = options.LifetimeMs * 1_000_000L;
        double alive = options.OffersPerSecondMean * (1 + options.DayShape) * (options.LifetimeMs / 1_000.0) * 1.2;
        ActivityTable activity = _activity;
        _books = new OfferBooks(options.Tickers, (int)(alive * 1.5) + 4_096, ticker => (int)(alive * activity.Share(ticker)) + 32);
        _wheel = new ExpiryWheel(_books);
        Prices = new FairPrices(options, _normal, _exponential);
        _competitors = new Competitors(options, Prices);
        Matcher = new Matcher<TSink>(options, _books, _wheel, sink, firstMatch: 1);
        _shares = SampleTables.LogNormal(options.MedianShares, 0.9, 1, SharesMax);
        _paying = MarketRandom.Threshold(options.PayingShare);
        _payingMeanPpm = (long)(options.PayingEdgeMean * 1e6);
    }

    /// <summary>The fair prices; other threads may read them.</summary>
    public FairPrices Prices { get; }

    /// <summary>Matching; its random choices about an order are asked for here.</summary>
    public Matcher<TSink> Matcher { get; }

    /// <summary>Offers published so far, replacements included.</summary>
    public long Offers { get; private set; }

    /// <summary>Offers published so far that paid at least 1 %.</summary>
    public long PayingOffers { get; private set; }

    /// <summary>What the sellers' offers among <see cref="PayingOffers"/> were worth, 1/10,000 dollar.</summary>
    public long PayingSellersNotional { get; private set; }

    /// <summary>What all offers were worth, 1/10,000 dollar.</summary>
    public long Notional { get; private set; }

    /// <summary>When the next new offer is due: who passes exactly these times gets every offer published at its own time.</summary>
    public long NextOfferNs => _nextOfferNs;

    /// <summary>What competitors may still spend; null: without bound.</summary>
    public CompetitorBooks? CompetitorBooks => _competitors.Books;

    /// <summary>Offers that rest now.</summary>
    public int Resting => _books.Count;

    /// <summary>Offers that could not be made because the books were full.</summary>
    public long Suppressed { get; private set; }

    /// <summary>Orders of competitors that were lost because too many were under way.</summary>
    public long CompetitorsMissed => _competitors.Missed;

    /// <summary>Lets everything happen that is due by <paramref name="nowNs"/> (ns since the market opened, never going back).</summary>
    public void Advance(long nowNs)
    {
        MatchArrived(nowNs);
        Matcher.Break(nowNs);
        for (int slot = _wheel.TakeExpired(nowNs); slot >= 0; slot = _wheel.TakeExpired(nowNs)) End(slot, nowNs);
        Prices.Advance(nowNs);
        while (_nextOfferNs <= nowNs)
        {
            NewOffer(nowNs);
            long gapFs = _nextOfferRestFs + _pace.GapFs(nowNs) * _exponential[(int)(_random.Next() >> 52)];
            _nextOfferNs += gapFs / 1_000_000;
            _nextOfferRestFs = gapFs % 1_000_000;
        }
    }

    /// <summary>Matches an order that arrives now, after every competitor's order that arrived before it.</summary>
    /// <returns>Shares executed; the rest of the order is over.</returns>
    public int Enter(in MarketOrder order, long nowNs)
    {
        MatchArrived(nowNs);
        return Matcher.Match(order, nowNs);
    }

    private void MatchArrived(long nowNs)
    {
        while (_competitors.TryTakeArrived(nowNs, out OrderUnderWay order))
        {
            bool dead = Matcher.DrawDeadOnArrival();
            int executed = dead ? 0
                : Matcher.Match(new MarketOrder(order.Competitor, order.Number, 0, order.Ticker, order.Side, order.LimitPrice, order.Quantity), nowNs);
            _competitors.Books?.Settle(order, executed, dead ? 0 : Matcher.LastNotional);
        }
    }

    private void NewOffer(long nowNs)
    {
        int ticker = _activity.Draw(_random.Next());
        ulong bits = _random.Next();
        if (_traits is not null)
        {
            NewOffer(_traits, ticker, bits, nowNs);
            return;
        }

        Side side = (bits & 1) == 0 ? Side.Buy : Side.Sell;
        int kind = (int)((bits >> 1 & 0xFFFF) * 24 >> 16);
        OfferPlan plan = kind < ReplaceIn24 ? OfferPlan.Replace : kind < ReplaceIn24 + CancelIn24 ? OfferPlan.CancelPart : OfferPlan.Delete;
        int price = DrawPrice(ref _random, ticker, side, out int edgePpm);
        int shares = _shares[(int)(bits >> 52)];
        if (!TryRest(ref _random, ticker, side, shares, price, plan, nowNs, out ulong reference)) return;
        _sink.Added(reference, ticker, side, shares, price);
        Publish(ticker, side, shares, price, edgePpm, nowNs);
    }

    private void NewOffer(OfferTraits traits, int ticker, ulong bits, long nowNs)
    {
        Side side = traits.DrawSide(ticker, (uint)bits);
        int edgePpm = traits.DrawEdgePpm(ticker, nowNs, _random.Next(), _normal, _exponential);
        int price = PriceOf(ticker, side, edgePpm);
        int shares = traits.DrawShares(price, (int)(bits >> 52), SharesMax);
        // Nothing is replaced or cancelled in part: what participants take never changes the offers that follow.
        if (!TryRest(ref _random, ticker, side, shares, price, OfferPlan.Delete, nowNs, out ulong reference)) return;
        _sink.Added(reference, ticker, side, shares, price);
        Publish(ticker, side, shares, price, edgePpm, nowNs);
    }

    private bool TryRest(
        ref MarketRandom random, int ticker, Side side, int shares, int price, OfferPlan plan, long nowNs, out ulong reference)
    {
        reference = _reference;
        int slot = _books.Add(reference, ticker, side, shares, price);
        if (slot < 0)
        {
            Suppressed++;
            return false;
        }

        _reference++;
        _books[slot].Plan = plan;
        _wheel.Schedule(slot, nowNs + DrawLifetimeNs(ref random));
        return true;
    }

    private void Publish(int ticker, Side side, int shares, int price, int edgePpm, long nowNs)
    {
        Offers++;
        long notional = (long)price * shares;
        Notional += notional;
        if (edgePpm >= PayingEdgePpm)
        {
            PayingOffers++;
            if (side == Side.Sell) PayingSellersNotional += notional;
        }

        if (edgePpm >= _competitors.EdgePpmLowest) _competitors.Look(ticker, side, price, shares, edgePpm, nowNs);
    }

    private int DrawPrice(ref MarketRandom random, int ticker, Side side, out int edgePpm)
    {
        ulong bits = random.Next();
        bool pays = (uint)(bits >> 32) < _paying;
        edgePpm = pays
            ? PayingEdgePpm + (int)(_exponential[(int)bits & SampleTables.IndexMask] * _payingMeanPpm / SampleTables.One)
            : Math.Min(PayingEdgePpm - 1, BulkEdgePpm + (int)((long)_normal[(int)bits & SampleTables.IndexMask] * BulkSigmaPpm / SampleTables.One));
        return PriceOf(ticker, side, edgePpm);
    }

    /// <summary>The price of a new offer. Rounding to whole cents never turns a paying offer into one that does not pay, or back.</summary>
    private int PriceOf(int ticker, Side side, int edgePpm)
    {
        long fair = Prices.Price(ticker);
        bool pays = edgePpm >= PayingEdgePpm;
        long product = fair * (side == Side.Buy ? 1_000_000 + edgePpm : 1_000_000 - edgePpm);
        const long Unit = 1_000_000L * TickSize;
        bool up = pays == (side == Side.Buy);
        return (int)((up ? product + Unit - 1 : product) / Unit) * TickSize;
    }

    private long DrawLifetimeNs(ref MarketRandom random) =>
        Math.Min(_lifetimeNs / SampleTables.One * _exponential[(int)(random.Next() >> 52)], ExpiryWheel.SpanNs);

    private void End(int slot, long nowNs)
    {
        Offer offer = _books[slot];
        if (offer.Plan == OfferPlan.CancelPart && offer.Shares > 1)
        {
            int cancelled = offer.Shares / 2;
            _books.Reduce(slot, cancelled);
            _books[slot].Plan = OfferPlan.Delete;
            _wheel.Schedule(slot, nowNs + DrawLifetimeNs(ref _endRandom));
            _sink.Cancelled(offer.Reference, offer.Ticker, cancelled);
            return;
        }

        _books.Remove(slot);
        if (offer.Plan == OfferPlan.Replace)
        {
            int price = DrawPrice(ref _endRandom, offer.Ticker, offer.Side, out int edgePpm);
            if (TryRest(ref _endRandom, offer.Ticker, offer.Side, offer.Shares, price, OfferPlan.Delete, nowNs, out ulong reference))
            {
                _sink.Replaced(offer.Reference, reference, offer.Ticker, offer.Shares, price);
                Publish(offer.Ticker, offer.Side, offer.Shares, price, edgePpm, nowNs);
                return;
            }
        }

        _sink.Deleted(offer.Reference, offer.Ticker);
    }
}
