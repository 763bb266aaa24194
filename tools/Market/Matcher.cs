using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>Matches immediate-or-cancel orders against the books in price-time order, the same way for everybody.</summary>
/// <remarks>Belongs to one thread. Its choices (parts, dead on arrival, breaks) are a stream of their own, so that the
/// offers of a seed are the same whatever the participants do.</remarks>
public sealed class Matcher<TSink>
    where TSink : struct, IMarketSink
{
    /// <summary>An order executes in at most this many parts; what is left then is over (the venue's rule).</summary>
    public const int PartsMax = 5;

    private const int BreaksPendingMax = 4096;

    private readonly OfferBooks _books;
    private readonly ExpiryWheel? _wheel;
    private readonly uint _split;
    private readonly uint _deadOnArrival;
    private readonly uint _break;
    private readonly long _breakDelayNs;
    private readonly Queue<(long DueNs, MarketFill Fill)> _breaks = new(BreaksPendingMax);
    private TSink _sink;
    private MarketRandom _random;

    /// <summary>Matches against some books; taken offers also leave the wheel, if there is one.</summary>
    public Matcher(MarketOptions options, OfferBooks books, ExpiryWheel? wheel, TSink sink, ulong firstMatch)
    {
        _books = books;
        _wheel = wheel;
        _sink = sink;
        NextMatch = firstMatch;
        _split = MarketRandom.Threshold(options.SplitShare);
        _deadOnArrival = MarketRandom.Threshold(options.DeadOnArrivalShare);
        _break = MarketRandom.Threshold(options.BreakShare);
        _breakDelayNs = options.BreakDelayMs * 1_000_000L;
        _random = new MarketRandom(options.Seed, stream: 3);
    }

    /// <summary>The match number of the next execution.</summary>
    public ulong NextMatch { get; private set; }

    /// <summary>What the last order's executions came to, 1/10,000 dollar.</summary>
    public long LastNotional { get; private set; }

    /// <summary>Draws whether the next accepted order is dead on arrival, in which case it must not be matched.</summary>
    public bool DrawDeadOnArrival() => _deadOnArrival != 0 && _random.Chance(_deadOnArrival);

    /// <summary>Executes what the books hold at the order's limit or better; the rest of the order is over.</summary>
    /// <returns>Shares executed.</returns>
    public int Match(in MarketOrder order, long nowNs)
    {
        int left = order.Quantity;
        int partsLeft = PartsMax;
        LastNotional = 0;
        while (left > 0 && partsLeft > 0)
        {
            int slot = _books.Best(order.Ticker, order.Side.Opposite());
            if (slot < 0) break;
            ref Offer offer = ref _books[slot];
            if (order.Side == Side.Buy ? offer.Price > order.LimitPrice : offer.Price < order.LimitPrice) break;
            int shares = Math.Min(left, offer.Shares);
            left -= shares;
            LastNotional += (long)shares * offer.Price;
            Execute(order, slot, shares, ref partsLeft, nowNs);
        }

        return order.Quantity - left;
    }

    /// <summary>Reports the executions whose break is due.</summary>
    public void Break(long nowNs)
    {
        while (_breaks.Count > 0 && _breaks.Peek().DueNs <= nowNs) _sink.Broken(_breaks.Dequeue().Fill);
    }

    private void Execute(in MarketOrder order, int slot, int shares, ref int partsLeft, long nowNs)
    {
        ref Offer offer = ref _books[slot];
        ulong reference = offer.Reference;
        int price = offer.Price;
        if (offer.Shares == shares)
        {
            _wheel?.Unschedule(slot);
            _books.Remove(slot);
        }
        else
        {
            _books.Reduce(slot, shares);
        }

        int parts = partsLeft > 1 && shares > 1 && _random.Chance(_split) ? 2 + _random.Below(Math.Min(partsLeft, shares) - 1) : 1;
        for (; parts > 0; parts--, partsLeft--)
        {
            // Each part leaves at least one share for each later one; the last takes what is left.
            int part = parts == 1 ? shares : 1 + _random.Below(shares - parts + 1);
            shares -= part;
            ulong match = NextMatch++;
            _sink.Executed(reference, order.Ticker, part, match);
            MarketFill fill = new(match, order, price, part, Sequence: 0);
            _sink.Filled(fill);
            if (_break != 0 && _random.Chance(_break) && _breaks.Count < BreaksPendingMax) _breaks.Enqueue((nowNs + _breakDelayNs, fill));
        }
    }
}
