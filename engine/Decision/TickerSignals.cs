using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>The signals of <c>Signals</c> together: what each hears, and which of them refuses an offer that pays.</summary>
/// <remarks>Source: strategy document, sections 3 and 5. One that is not configured is not there.</remarks>
internal sealed class TickerSignals
{
    private readonly CollarTable? _collar;
    private readonly OfferFlowGuard? _flow;
    private readonly SellOff? _sellOff;
    private readonly bool _stopsByDayMove;
    private readonly bool _deniesByMarkout;

    public TickerSignals(DecisionOptions options, int tickers, StrategyState start, LineArena? tables)
    {
        if (options.Collar is { } collar) _collar = new CollarTable(collar);
        if (options.OfferFlow is { } flow) _flow = new OfferFlowGuard(flow, tickers, tables);
        if (options.SellOff is { } sellOff) _sellOff = new SellOff(sellOff, tickers);
        // Measured in any case: the day's range is kept for the next run, and the markout is shown.
        (_stopsByDayMove, _deniesByMarkout) = (options.DayMove is not null, options.Markout is not null);
        DayMove = new DayMove(options.DayMove ?? new DayMoveOptions(), tickers);
        Markout = new Markout(options.Markout ?? new MarkoutOptions(), tickers, tables);
        // A ticker without an open is not known yet, which is no move.
        for (int i = 0; i < tickers; i++)
        {
            if (start.Range(i).Open != 0) DayMove.Restore(i, start.Range(i));
        }
    }

    public DayMove DayMove { get; }

    public Markout Markout { get; }

    /// <summary>How often the offers' flow stopped a ticker.</summary>
    public long FlowStops => _flow?.Stops ?? 0;

    /// <summary>Looks at an offer, whatever becomes of it.</summary>
    /// <returns>Whether its ticker needs a fresh price at once.</returns>
    public bool Observe(in OfferEvent offer) => _flow is not null && _flow.Observe(offer);

    /// <summary>An offer of the ticker will be looked at soon.</summary>
    public void ExpectOffer(int tickerIndex) => _flow?.ExpectOffer(tickerIndex);

    /// <summary>An offer of the ticker that pays will be checked soon.</summary>
    public void ExpectOrder(int tickerIndex)
    {
        DayMove.Expect(tickerIndex);
        Markout.Expect(tickerIndex);
    }

    /// <summary>Takes a fair price.</summary>
    /// <returns>Whether its ticker needs a fresher one at once.</returns>
    public bool OnPrice(in PriceEvent price)
    {
        DayMove.OnPrice(price.TickerIndex, price.Price);
        Markout.OnPrice(price.TickerIndex, price.Price, price.AsOfNs, price.NowNs);
        return _flow is not null && _flow.OnPrice(price.TickerIndex, price.Price, price.AsOfNs);
    }

    /// <summary>Takes a verdict on one ticker.</summary>
    public void OnVerdict(in PriceEvent verdict)
    {
        DayMove.OnOpen(verdict.TickerIndex, verdict.OpenPrice);
        _sellOff?.OnVerdict(verdict);
    }

    /// <summary>The stops of section 6 that need a look at the ticker, asked only of offers that pay.</summary>
    /// <returns><see cref="RefusalReason.Collar"/> asks for a fresh price as well.</returns>
    public RefusalReason Check(in OfferEvent offer, long nowNs)
    {
        if (_stopsByDayMove && DayMove[offer.TickerIndex] is not DayMoveState.Free and DayMoveState move
            && (move == DayMoveState.Denied || offer.OfferSide == Side.Sell)) return RefusalReason.DayMove;
        if (_deniesByMarkout && Markout.IsDenied(offer.TickerIndex, nowNs)) return RefusalReason.Markout;
        if (_flow is not null && _flow.IsStopped(offer)) return RefusalReason.PriceMoved;
        bool isBelievable = _collar is null || _collar.IsWithin(offer.Price, offer.FairPrice, offer.PriceAgeUs, (offer.Flags & TickerFlags.Volatile) != 0);
        return isBelievable ? RefusalReason.None : RefusalReason.Collar;
    }

    /// <summary>Whether the stock of a volatile ticker is to be sold to a buyer who does not pay the usual edge.</summary>
    /// <param name="offer">A buyer's, of a volatile ticker.</param>
    /// <param name="coverSeconds">How long it takes to sell what is held.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    public bool SellsOff(in OfferEvent offer, int coverSeconds, long nowNs) =>
        _sellOff is not null && _sellOff.IsVolatile(offer.TickerIndex) && OfferGates.PaysFloor(offer, _sellOff.FloorPpm(offer.TickerIndex, nowNs, coverSeconds));
}
