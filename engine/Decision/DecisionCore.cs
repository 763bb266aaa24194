using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>
/// All that Decision decides, without rings, clock or counters: equal inputs in equal order give equal verdicts and equal orders. The engine's
/// stage, the replay of a capture and the backtest all run this one.
/// </summary>
/// <remarks>One thread. Time arrives in events and never goes back. Allocates nothing after construction.</remarks>
public sealed class DecisionCore
{
    private const int RequiredEdgeShift = 6;

    private readonly DecisionOptions _options;
    private readonly OfferGates _gates;
    private readonly OrderSize _size;
    private readonly SendLimits _limits;
    private readonly SellRates _rates;
    private readonly CapitalPacing _pacing;
    private readonly DayLoss _dayLoss;
    private readonly TickerSignals _signals;
    private readonly RefreshQueue _refreshes;
    private TradingStops _dayStops;
    private long _nowNs;
    private int _warmTicker;

    /// <summary>Starts from what was recovered.</summary>
    /// <param name="options">Limits and thresholds.</param>
    /// <param name="book">Cash and positions; the core owns it from now on.</param>
    /// <param name="start">What an earlier run knew; null: nothing.</param>
    /// <param name="tables">Where the tickers' lines lie, <see cref="TableBytes"/>; null: anywhere.</param>
    public DecisionCore(DecisionOptions options, TradeBook book, StrategyState? start = null, LineArena? tables = null)
    {
        start ??= StrategyState.Nothing;
        (_options, Book) = (options, book);
        _gates = new OfferGates(options);
        _size = new OrderSize(options, book);
        _limits = new SendLimits(options, book, tables);
        _rates = new SellRates(options, book.TickerCount, start, tables);
        _pacing = new CapitalPacing(options, _rates);
        _dayLoss = new DayLoss(options, start.OpeningEquity);
        _refreshes = new RefreshQueue(book.TickerCount, options.RefreshRetryMs * 1_000_000L);
        _signals = new TickerSignals(options, book.TickerCount, start, tables);
        Wins = new WinRecord(options.WinRecord with { OrdersInFlightMax = options.OrdersInFlightMax });
        Snapshot = new StrategySnapshot(book.TickerCount);
        RequiredBuyEdgePpm = options.BuyEdgePpm;
        if (start.OpeningEquity != StrategyState.Unknown) ExpectPrices(start);
        TakeCapital();
    }

    /// <summary>Bytes of the lines of so many tickers: position, flow, orders, executions, rate of sales, denial, and the count of all orders.</summary>
    public static long TableBytes(int tickers) => tickers * (4 * 64L + 32 + sizeof(long)) + 3 * 64;

    /// <summary>Cash, stock and reservations.</summary>
    public TradeBook Book { get; }

    /// <summary>What is to be remembered, for the cold thread that writes it.</summary>
    public StrategySnapshot Snapshot { get; }

    /// <summary>Which of our orders win, by side and edge, and why the others are lost.</summary>
    public WinRecord Wins { get; }

    /// <summary>What our fills were worth some time later.</summary>
    public Markout Markout => _signals.Markout;

    /// <summary>How often the offers' flow stopped a ticker.</summary>
    public long FlowStops => _signals.FlowStops;

    /// <summary>The time of the last event, monotonic ns.</summary>
    public long NowNs => _nowNs;

    /// <summary>Whether the day's loss ended all trading for good: every offer is refused, and the kill switch is to be thrown.</summary>
    public bool MustHalt => _dayLoss.Halts;

    /// <summary>Whether the day's loss ends the buys for now.</summary>
    public bool MustNotBuy => _dayLoss.StopsBuying;

    /// <summary>Loss of the day, ppm of the capital at its start; 0 when something was won.</summary>
    public int DayLossPpm => _dayLoss.LossPpm;

    /// <summary>Capital at the day's start, 1/10,000 dollar; <see cref="StrategyState.Unknown"/> until all stock has a price.</summary>
    public long OpeningEquity => _dayLoss.OpeningEquity;

    /// <summary>What the day's loss is counted from, 1/10,000 dollar: <see cref="OpeningEquity"/>, or so much of it as has a price.</summary>
    public long DayLossBasis => _dayLoss.Basis;

    /// <summary>The price of locked capital now, ppm per 1,000 s.</summary>
    public int RentPpmPer1000S => _pacing.RentPpmPer1000S;

    /// <summary>The edge that sellers' offers had to pay lately, floor and rent, ppm: a mean over those that paid the floor.</summary>
    public int RequiredBuyEdgePpm { get; private set; }

    /// <summary>Takes a price, a tick, a new day, a verdict or a change of the denylist.</summary>
    public void OnPrice(in PriceEvent price)
    {
        _nowNs = Math.Max(_nowNs, price.NowNs);
        switch (price.Kind)
        {
            case PriceEventKind.Price:
                Book.Mark(price.TickerIndex, price.Price);
                bool isTooOld = _signals.OnPrice(price);
                _refreshes.OnPrice(price.TickerIndex);
                if (isTooOld) _refreshes.Ask(price.TickerIndex, _nowNs);
                break;
            case PriceEventKind.Verdict:
                _signals.OnVerdict(price);
                break;
            case PriceEventKind.NewDay:
                StartDay(price.TradingDate);
                break;
            case PriceEventKind.Tick:
                _signals.Markout.OnTime(_nowNs);
                Revalue();
                break;
        }
    }

    /// <summary>Takes an answer of the venue, or Execution's word that nothing was sent.</summary>
    /// <returns>Whether so many orders were lost in a row that the sends are slowed down from now on.</returns>
    public bool OnResponse(in ResponseEvent response)
    {
        _nowNs = Math.Max(_nowNs, response.AnsweredNs);
        Book.Apply(response);
        bool isExecuted = response.Kind == ResponseKind.Executed;
        if (isExecuted) _limits.OnExecution(response.TickerIndex, _nowNs);
        _signals.Markout.OnResponse(response);
        bool isLosing = Wins.OnResponse(response);
        if (isExecuted || response.Kind == ResponseKind.Broken) Revalue();
        else TakeUsed();
        return isLosing;
    }

    /// <summary>An offer of the ticker will be judged soon. Changes no verdict, only the time it takes.</summary>
    public void ExpectOffer(int tickerIndex) => _signals.ExpectOffer(tickerIndex);

    /// <summary>A stamped offer will be judged soon: if it pays, asks for all that an order of its ticker needs. Changes no verdict.</summary>
    public void ExpectOrder(in OfferEvent offer)
    {
        if (_gates.Check(offer) == RefusalReason.None) ExpectOrder(offer.TickerIndex);
    }

    /// <summary>Looks at what an order of the next ticker would need, so that none of it sinks into far memory while no order does. Changes no verdict.</summary>
    public void KeepWarm()
    {
        if (++_warmTicker >= Book.TickerCount) _warmTicker = 0;
        ExpectOrder(_warmTicker);
    }

    // A paying offer is rare, so what its ticker needs is in no near cache: asked for at once, it comes in the time of one.
    private void ExpectOrder(int tickerIndex)
    {
        Book.Expect(tickerIndex);
        _rates.Expect(tickerIndex);
        _limits.Expect(tickerIndex);
        _signals.ExpectOrder(tickerIndex);
    }

    /// <summary>Judges one offer. What is to be taken is either given to <see cref="Take"/> before any other call, or passed on as ExecutionBusy.</summary>
    /// <param name="offer">Stamped by Prices.</param>
    /// <param name="stops">What may not be done now.</param>
    /// <param name="quantityShares">Shares to take; 0 when refused.</param>
    /// <param name="isShortSale">Whether the shares to sell are not ours.</param>
    /// <returns><see cref="RefusalReason.None"/> to take it, else the first gate that refused.</returns>
    public RefusalReason Judge(in OfferEvent offer, TradingStops stops, out int quantityShares, out bool isShortSale)
    {
        (quantityShares, isShortSale) = (0, false);
        if (_signals.Observe(offer)) _refreshes.Ask(offer.TickerIndex, offer.ReceivedNs);
        if ((stops | _dayStops) != TradingStops.None && RefuseByStops(offer, stops) is not RefusalReason.None and RefusalReason stopped) return stopped;
        RefusalReason gate = _gates.Check(offer);
        if (gate != RefusalReason.None && !(gate == RefusalReason.Edge && SellsOff(offer))) return gate;
        RefusalReason verdict = JudgePaying(offer, out quantityShares, out isShortSale);
        // What is sold short must be bought back.
        if (isShortSale && (stops | _dayStops) != TradingStops.None) verdict = stops != TradingStops.None ? RefusalReason.BuysStopped : RefusalReason.DayLoss;
        return verdict;
    }

    /// <summary>Reserves for an offer that was judged to be taken, and makes the order.</summary>
    /// <param name="offer">The offer just judged.</param>
    /// <param name="quantityShares">As judged.</param>
    /// <param name="isShortSale">As judged.</param>
    /// <param name="execute">Gets the order; its hop of Decision is the caller's to set.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Take(in OfferEvent offer, int quantityShares, bool isShortSale, out ExecuteEvent execute)
    {
        Side orderSide = offer.OfferSide.Opposite();
        Book.Reserve(offer.TickerIndex, orderSide, quantityShares, offer.Price);
        _limits.OnSend(offer.TickerIndex, _nowNs);
        TakeUsed();
        execute = new ExecuteEvent
        {
            OfferReference = offer.OrderReference,
            FeedSequence = offer.FeedSequence,
            ReceivedNs = offer.ReceivedNs,
            DecodedDeltaNs = offer.DecodedDeltaNs,
            PricedDeltaNs = offer.PricedDeltaNs,
            LimitPrice = offer.Price,
            QuantityShares = quantityShares,
            FairPrice = offer.FairPrice,
            TickerIndex = offer.TickerIndex,
            OrderSide = orderSide,
            IsShortSale = isShortSale,
        };
    }

    /// <summary>The next ticker whose price is needed at once.</summary>
    public bool TryTakeRefresh(out ushort tickerIndex) => _refreshes.TryTake(out tickerIndex);

    /// <summary>Some of the copy that a cold thread asked for, if one did. Changes no decision.</summary>
    public void ServeSnapshot()
    {
        if (Snapshot.IsAsked) Snapshot.Copy(_rates, _signals.DayMove, _dayLoss.OpeningEquity, _nowNs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason RefuseByStops(in OfferEvent offer, TradingStops stops)
    {
        if ((stops & TradingStops.Sends) != 0) return RefusalReason.Halted;
        if ((_dayStops & TradingStops.Sends) != 0) return RefusalReason.DayLoss;
        if (offer.OfferSide == Side.Buy) return RefusalReason.None;
        return stops != TradingStops.None ? RefusalReason.BuysStopped : RefusalReason.DayLoss;
    }

    // Few offers get here: those that pay the floor.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason JudgePaying(in OfferEvent offer, out int quantityShares, out bool isShortSale)
    {
        (quantityShares, isShortSale) = (0, false);
        // Not yet where it came far behind in a large batch.
        ExpectOrder(offer.TickerIndex);
        _nowNs = Math.Max(_nowNs, offer.ReceivedNs);
        if (offer.OfferSide == Side.Buy && !_gates.PaysSellFloor(offer) && !PaysLess(offer)) return RefusalReason.Edge;
        RefusalReason refused = _signals.Check(offer, _nowNs);
        if (refused == RefusalReason.Collar) _refreshes.Ask(offer.TickerIndex, _nowNs);
        if (refused != RefusalReason.None) return refused;
        long shares = _size.OrderSharesMax(offer);
        if (offer.OfferSide == Side.Buy) OnBuyer(offer, shares);
        else if (!PaysRent(offer, shares)) return RefusalReason.CapitalPrice;
        refused = _size.Clip(offer, shares, out int clipped, out bool isShort);
        if (refused == RefusalReason.None) refused = _limits.Check(offer.TickerIndex, Wins.IsSlowedDown(_nowNs), _nowNs);
        if (refused == RefusalReason.None) (quantityShares, isShortSale) = (clipped, isShort);
        return refused;
    }

    // Below the floor: the capital that a sale frees is worth the rest, or the ticker is sold off.
    private bool PaysLess(in OfferEvent offer)
    {
        long held = Book[offer.TickerIndex].FreeShares;
        long offered = Math.Min(_size.OrderSharesMax(offer), held);
        int reliefPpm = _pacing.ReliefPpm(offer.TickerIndex, held * offer.FairPrice, offered * offer.Price, _nowNs);
        return (reliefPpm > 0 && _gates.PaysWithRelief(offer, reliefPpm)) || SellsOff(offer);
    }

    // A volatile ticker is rare, and so is everything behind its flag.
    private bool SellsOff(in OfferEvent offer) => (offer.Flags & TickerFlags.Volatile) != 0 && offer.OfferSide == Side.Buy && SellsVolatile(offer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SellsVolatile(in OfferEvent offer)
    {
        _nowNs = Math.Max(_nowNs, offer.ReceivedNs);
        long held = Book[offer.TickerIndex].FreeShares;
        return held > 0 && _signals.SellsOff(offer, _rates.CoverSeconds(offer.TickerIndex, held * offer.FairPrice, _nowNs), _nowNs);
    }

    // Who pays less than our floor, as a sell-off allows, is no measure of what can be sold.
    private void OnBuyer(in OfferEvent offer, long shares)
    {
        long edgePpm = ((long)offer.Price - offer.FairPrice) * Ppm.One / Math.Max(1, offer.FairPrice);
        if (edgePpm < _options.SellEdgePpm) return;
        _rates.OnBuyer(offer.TickerIndex, shares * offer.Price, Wins.WinShare(Side.Sell, edgePpm), _nowNs);
    }

    private bool PaysRent(in OfferEvent offer, long shares)
    {
        ref readonly TickerState ticker = ref Book[offer.TickerIndex];
        long held = Math.Max(0, ticker.PositionShares) * offer.FairPrice + ticker.ReservedCash;
        int extraPpm = _pacing.ExtraPpm(offer.TickerIndex, held, shares * offer.Price, _nowNs);
        RequiredBuyEdgePpm += (_options.BuyEdgePpm + extraPpm - RequiredBuyEdgePpm) >> RequiredEdgeShift;
        return extraPpm == 0 || _gates.PaysExtra(offer, extraPpm);
    }

    // What was denied until tomorrow is free, and the loss counts from now. What ended trading for good does so on any day.
    private void StartDay(int date)
    {
        _signals.DayMove.StartDay();
        _dayLoss.StartDay();
        Snapshot.StartDay(date);
        Revalue();
    }

    // The book at the prices of the moment: at each tick, and when an execution changed it.
    private void Revalue()
    {
        TakeCapital();
        _dayLoss.Judge(Book.Equity, Book.EnteredValue, Book.UnpricedStocks == 0);
        _dayStops = _dayLoss.Halts ? TradingStops.Sends | TradingStops.Buys : _dayLoss.StopsBuying ? TradingStops.Buys : TradingStops.None;
    }

    private void TakeCapital()
    {
        long equity = Book.Equity;
        _size.SetCapital(equity);
        _pacing.SetCapital(equity);
        TakeUsed();
    }

    // Stock of unknown worth may be any part of the capital: it is dear as if all were in use.
    private void TakeUsed() => _pacing.SetUsed(Book.UnpricedStocks == 0 ? Book.CapitalUsed : long.MaxValue);

    // The day goes on: until its price comes, stock counts the most it was worth today. So the loss is at least what is judged, and no less capital is in use.
    private void ExpectPrices(StrategyState start)
    {
        for (int i = 0; i < Book.TickerCount; i++)
        {
            if (start.Range(i).High is > 0 and int high) Book.Mark(i, high);
        }
    }
}
