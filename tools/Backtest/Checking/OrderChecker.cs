using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Backtest.Checking;

/// <summary>
/// Looks at every order with eyes of its own: what it knows comes from what the engine was told, and none of the engine's code judges for it.
/// </summary>
internal sealed class OrderChecker
{
    private const int WordsMax = 20;
    private const long NsPerUs = 1_000;
    private const long PpmOne = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMinute = 60 * NsPerSecond;

    private readonly DecisionOptions _limits;
    private readonly Known[] _tickers;
    private readonly TimeWindow _sends;
    private readonly TimeWindow[] _tickerSends;
    private readonly TimeWindow[] _tickerWins;
    private readonly long _cashAtOpen;
    private readonly List<string> _violations = [];
    private TickerFlags _forAll;
    private long _cashFree;
    private long _cashUnderWay;
    private long _capital;
    private int _inFlight;
    private bool _lossStopsBuying;
    private bool _lossHalts;

    public OrderChecker(DecisionOptions limits, int tickers, long cash)
    {
        _limits = limits;
        (_cashAtOpen, _cashFree, _capital) = (cash, cash, cash);
        _sends = new TimeWindow(limits.SendsPerSecondMax, NsPerSecond);
        _tickers = new Known[tickers];
        _tickerSends = new TimeWindow[tickers];
        _tickerWins = new TimeWindow[tickers];
        for (int i = 0; i < tickers; i++)
        {
            _tickerSends[i] = new TimeWindow(limits.TickerSendsPerSecondMax, NsPerSecond);
            _tickerWins[i] = new TimeWindow(limits.TickerWinsPerMinuteMax, NsPerMinute);
        }
    }

    /// <summary>Orders looked at.</summary>
    public long Orders { get; private set; }

    /// <summary>Rules broken.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them, in words.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The engine was told this.</summary>
    public void Price(in PriceEvent told)
    {
        if (told.Kind == PriceEventKind.VerdictForAll) _forAll = told.Flags;
        if (told.Kind == PriceEventKind.Tick) Revalue();
        ref Known ticker = ref _tickers[told.TickerIndex];
        if (told.Kind == PriceEventKind.Price) ticker.TakePrice(told.Price, told.AsOfNs);
        else if (told.Kind == PriceEventKind.Verdict) ticker.TakeVerdict(told.Flags, told.OpenPrice);
        else if (told.Kind == PriceEventKind.Denylist) ticker.IsListed = (told.Flags & TickerFlags.Denied) != 0;
    }

    /// <summary>The engine sends this order for that offer.</summary>
    public void Order(in ExecuteEvent order, in OfferEvent offer, long nowNs)
    {
        Orders++;
        ref Known ticker = ref _tickers[order.TickerIndex];
        long ageNs = nowNs - ticker.AsOfNs;
        Must(order.TickerIndex == offer.TickerIndex && order.OrderSide != offer.OfferSide && order.LimitPrice == offer.Price
            && order.QuantityShares > 0 && order.QuantityShares <= offer.QuantityShares, "is not for the offer it names", order, nowNs);
        Must(nowNs >= offer.ReceivedNs, "was sent before its offer was heard", order, nowNs);
        Must(ticker.Price > 0 && order.FairPrice == ticker.Price, "was not decided with the last price", order, nowNs);
        TickerFlags flags = _forAll | ticker.Verdict;
        long ageMaxUs = (flags & TickerFlags.Volatile) == 0 ? _limits.PriceAgeMaxUs : Math.Min(_limits.PriceAgeMaxUs, _limits.VolatilePriceAgeMaxUs);
        // The engine knows an age in whole us.
        Must(ageNs >= 0 && ageNs < (ageMaxUs + 1) * NsPerUs, "was decided with a price that is too old", order, nowNs);
        Must((flags & TickerFlags.Denied) == 0 && !ticker.IsListed, "is in a denied ticker", order, nowNs);
        Must((flags & TickerFlags.SellOnly) == 0 || order.OrderSide == Side.Sell, "buys in a ticker that is only sold", order, nowNs);
        CheckDay(order, ticker, nowNs);
        CheckEdge(order, ticker.Price, ageNs, (flags & TickerFlags.Volatile) != 0, nowNs);
        CheckLimits(order, ref ticker, nowNs);
        Reserve(order, ref ticker);
    }

    /// <summary>The engine was told this of an order.</summary>
    public void Response(in ResponseEvent response)
    {
        ref Known ticker = ref _tickers[response.TickerIndex];
        bool isBuy = response.OrderSide == Side.Buy;
        long limit = (long)response.QuantityShares * response.LimitPrice;
        long paid = (long)response.QuantityShares * response.ExecutionPrice;
        if (response.Kind == ResponseKind.Broken)
        {
            ticker.Shares += isBuy ? -response.QuantityShares : response.QuantityShares;
            _cashFree += isBuy ? paid : -paid;
            Revalue();
            return;
        }

        if (isBuy) ticker.BuysUnderWay -= limit;
        else ticker.SalesUnderWay -= response.QuantityShares;
        if (isBuy) _cashFree += limit;
        if (isBuy) _cashUnderWay -= limit;
        if (response.Kind == ResponseKind.Executed)
        {
            ticker.Shares += isBuy ? response.QuantityShares : -response.QuantityShares;
            _cashFree += isBuy ? -paid : paid;
            Revalue();
            Won(response, ref ticker);
        }

        if (response.LeavesShares == 0) _inFlight--;
    }

    // What a day may cost, and how far a ticker may go in it.
    private void CheckDay(in ExecuteEvent order, in Known ticker, long nowNs)
    {
        Must(!_lossHalts, "was sent after the day's loss had ended trading", order, nowNs);
        Must(!_lossStopsBuying || order.OrderSide == Side.Sell, "buys in spite of the day's loss", order, nowNs);
        if (_limits.DayMove is not { } move || ticker.OpenPrice == 0) return;
        long moved = Math.Max((long)ticker.HighestPrice - ticker.OpenPrice, (long)ticker.OpenPrice - ticker.LowestPrice) * PpmOne;
        Must(moved < (long)move.DeniedPpm * ticker.OpenPrice, "is in a ticker denied for its day's move", order, nowNs);
        Must(order.OrderSide == Side.Sell || moved < (long)move.SellOnlyPpm * ticker.OpenPrice, "buys in a ticker that is only sold for its day's move", order, nowNs);
    }

    // An order that executes in parts wins once; its parts come one after the other.
    private void Won(in ResponseEvent response, ref Known ticker)
    {
        if (response.UserRefNum == ticker.LastWin) return;
        ticker.LastWin = response.UserRefNum;
        if (!_tickerWins[response.TickerIndex].TryAdd(response.AnsweredNs))
            Broken($"at {response.AnsweredNs} ns ticker {response.TickerIndex} wins once too often in a minute");
    }

    private void Revalue()
    {
        _capital = Equity();
        Int128 lost = (Int128)(_cashAtOpen - _capital) * PpmOne;
        _lossStopsBuying = lost > 0 && lost >= (Int128)_cashAtOpen * _limits.DayLossStopBuyingPpm;
        _lossHalts |= lost > 0 && lost >= (Int128)_cashAtOpen * _limits.DayLossHaltPpm;
    }

    private void CheckEdge(in ExecuteEvent order, long fair, long ageNs, bool isVolatile, long nowNs)
    {
        if (fair == 0) return;
        long better = order.OrderSide == Side.Buy ? fair - order.LimitPrice : order.LimitPrice - fair;
        long floorPpm = order.OrderSide == Side.Buy ? _limits.BuyEdgePpm : _limits.SellEdgePpm - _limits.SellReliefMaxPpm;
        // A volatile ticker's stock may be sold below the floor; it is on the collar's other side that this stays bounded.
        if (!isVolatile) Must(better * PpmOne >= floorPpm * fair, "does not pay the floor", order, nowNs);
        Must(better * PpmOne <= Collar.WidestPpm(ageNs, isVolatile) * fair, "is beyond the collar", order, nowNs);
        Must(better * PpmOne >= -Collar.SellOffPpm * fair, "pays more than a sell-off may cost", order, nowNs);
    }

    private void CheckLimits(in ExecuteEvent order, ref Known ticker, long nowNs)
    {
        long notional = (long)order.QuantityShares * order.LimitPrice;
        Must(notional <= _limits.OrderNotionalMax, "is worth too much", order, nowNs);
        Must(_inFlight < _limits.OrdersInFlightMax, "is one too many in flight", order, nowNs);
        Must(_sends.TryAdd(nowNs), "is one too many in a second", order, nowNs);
        Must(_tickerSends[order.TickerIndex].TryAdd(nowNs), "is one too many of its ticker in a second", order, nowNs);
        if (order.OrderSide == Side.Sell)
        {
            Must(_limits.ShortSelling || order.QuantityShares <= ticker.Shares - ticker.SalesUnderWay, "sells what we have not", order, nowNs);
            return;
        }

        Must(notional <= _cashFree, "costs more than there is", order, nowNs);
        long held = Math.Max(0, ticker.Shares) * ticker.Price + ticker.BuysUnderWay;
        // Shares of the capital as it was at the last tick or execution, whole amounts either way.
        Must((Int128)(held + notional) * PpmOne <= (Int128)_capital * _limits.TickerUsedMaxPpm, "makes too much of its ticker", order, nowNs);
        Must((Int128)(StockValue() + _cashUnderWay + notional) * PpmOne <= (Int128)_capital * _limits.CapitalUsedMaxPpm, "uses too much of the capital", order, nowNs);
    }

    private void Reserve(in ExecuteEvent order, ref Known ticker)
    {
        _inFlight++;
        if (order.OrderSide == Side.Sell)
        {
            ticker.SalesUnderWay += order.QuantityShares;
            return;
        }

        long notional = (long)order.QuantityShares * order.LimitPrice;
        ticker.BuysUnderWay += notional;
        _cashFree -= notional;
        _cashUnderWay += notional;
    }

    private long Equity() => _cashFree + _cashUnderWay + StockValue();

    private long StockValue()
    {
        long value = 0;
        foreach (ref readonly Known ticker in _tickers.AsSpan()) value += ticker.Shares * ticker.Price;
        return value;
    }

    private void Must(bool holds, string broken, in ExecuteEvent order, long nowNs)
    {
        if (holds) return;
        Broken($"at {nowNs} ns the order for offer {order.OfferReference} ({order.OrderSide} {order.QuantityShares} of ticker {order.TickerIndex} at {order.LimitPrice}, fair {order.FairPrice}) {broken}");
    }

    private void Broken(string words)
    {
        Count++;
        if (_violations.Count < WordsMax) _violations.Add(words);
    }

    private struct Known
    {
        public int Price;
        public long AsOfNs;
        public TickerFlags Verdict;
        public bool IsListed;
        public long Shares;
        public long SalesUnderWay;
        public long BuysUnderWay;
        public int OpenPrice;
        public int LowestPrice;
        public int HighestPrice;
        public uint LastWin;

        public void TakePrice(int price, long asOfNs)
        {
            (Price, AsOfNs) = (price, asOfNs);
            if (OpenPrice == 0) OpenPrice = price;
            LowestPrice = LowestPrice == 0 ? price : Math.Min(LowestPrice, price);
            HighestPrice = Math.Max(HighestPrice, price);
        }

        public void TakeVerdict(TickerFlags flags, int openPrice)
        {
            Verdict = flags;
            if (openPrice != 0) OpenPrice = openPrice;
        }
    }
}
