using MarketMaker.Backtest.Checking;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Market;
using MarketMaker.Prices;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// One session in virtual time on one thread: the market publishes, we hear of it later, the engine's own code stamps and decides, our order arrives
/// after our own reaction, the answer after that. Equal options give an equal run.
/// </summary>
internal sealed class BacktestRun
{
    /// <summary>Where the engine's clock stands when the market opens: time 0 means "never" in places.</summary>
    public const long StartNs = 1_000_000_000_000;

    private const long NsPerUs = 1_000;
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;

    // How long a stop is waited for at most: a look at the token is not free.
    private const int EventsBetweenLooks = 1 << 16;

    private readonly BacktestOptions _options;
    private readonly SimulatedMarket<Sink> _market;
    private readonly DecisionCore _core;
    private readonly PriceCache _cache;
    private readonly PriceStamper _stamper;
    private readonly PriceService _service;
    private readonly FaultPlan _faults;
    private readonly VerdictService? _volatility;
    private readonly VerdictStatistics _verdicts;
    private readonly Account _account;
    private readonly OrderChecker _checker;
    private readonly RunStatistics _statistics;
    private readonly OrderLine _line;
    private readonly Fifo<OfferEvent> _heard = new(1_024);
    private readonly long _endNs;
    private readonly long _feedDelayNs;
    private readonly int _account0;
    private long _nextTickNs;
    private long _nowNs;

    public BacktestRun(BacktestOptions options, DecisionOptions decision)
    {
        if (options.Check() is { } problem) throw new ArgumentException(problem, nameof(options));
        _options = options;
        _market = new SimulatedMarket<Sink>(options.Market, new Sink(this));
        int tickers = options.Market.Tickers;
        _core = new DecisionCore(decision, new TradeBook(tickers, options.Cash));
        _cache = new PriceCache(TickerNames.Universe(tickers));
        _stamper = new PriceStamper(PricesOf(decision), _cache);
        _stamper.Apply(new OfferEvent { Kind = OfferEventKind.MarketHours });
        _faults = new FaultPlan(options);
        _service = new PriceService(options, _market.Prices, _cache, _faults, StartNs);
        if (options.VerdictRequestsPerSecond > 0) _volatility = new VerdictService(options, _market.Prices, StartNs);
        _verdicts = new VerdictStatistics(options.Market);
        _account = new Account(tickers, options.Cash);
        _checker = new OrderChecker(decision, tickers, options.Cash);
        _statistics = new RunStatistics(options);
        _line = new OrderLine(options, StartNs);
        _endNs = options.Seconds * NsPerSecond;
        _feedDelayNs = options.FeedDelayUs * NsPerUs;
        _account0 = options.Market.Competitors;
    }

    /// <summary>Runs the session to its end and sells what is left.</summary>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public RunResult Run(CancellationToken stop = default)
    {
        int events = 0;
        while (Step())
        {
            if (++events % EventsBetweenLooks == 0) stop.ThrowIfCancellationRequested();
        }

        FinishOrders();
        CheckConservation();
        _verdicts.Close(_market.Prices);
        return RunResult.Of(_options, _market.Offers, _market.PayingOffers, _market.PayingSellersNotional, _account, _market.Prices, _statistics, _verdicts, _checker, _core, _service.Requests, _service.UrgentRequests, _service.Refused);
    }

    /// <summary>Does the next thing that happens before the close.</summary>
    private bool Step()
    {
        long offerNs = Math.Min(_market.NextOfferNs, _heard.NextNs);
        long ownNs = Math.Min(_line.NextArrivalNs, _line.NextResponseNs);
        long priceNs = Math.Min(_service.NextNs, Math.Min(_nextTickNs, Math.Min(_faults.NextVerdictNs, _volatility?.NextNs ?? long.MaxValue)));
        long nowNs = Math.Min(offerNs, Math.Min(ownNs, priceNs));
        if (nowNs >= _endNs) return false;
        _nowNs = nowNs;
        // What is known comes before what is judged with it; what arrives, before what is new.
        if (_line.NextResponseNs == nowNs) TakeResponse();
        else if (priceNs == nowNs) TakePrices();
        else if (_line.NextArrivalNs == nowNs) EnterOrder();
        else if (_heard.NextNs == nowNs) Hear();
        else _market.Advance(nowNs);
        return true;
    }

    private void Hear()
    {
        OfferEvent offer = _heard.Take();
        if (_stamper.Stamp(ref offer, StartNs + _nowNs)) _service.Ask(offer.TickerIndex, _nowNs);
        RefusalReason verdict = _core.Judge(offer, TradingStops.None, out int quantityShares, out bool isShortSale);
        _statistics.Judged(verdict);
        while (_core.TryTakeRefresh(out ushort ticker)) _service.Ask(ticker, _nowNs);
        if (verdict != RefusalReason.None) return;
        _core.Take(offer, quantityShares, isShortSale, out ExecuteEvent order);
        _checker.Order(order, offer, StartNs + _nowNs);
        _statistics.Sent(order);
        _line.Send(order, publishedNs: offer.ReceivedNs - StartNs - _feedDelayNs);
    }

    private void TakePrices()
    {
        if (_service.NextNs <= _nowNs)
        {
            _market.Prices.Advance(_nowNs);
            if (_service.Work(_nowNs, out PriceEvent price)) Tell(price);
        }
        else if (_faults.NextVerdictNs <= _nowNs)
        {
            PriceEvent verdict = _faults.TakeVerdict();
            (verdict.NowNs, verdict.AsOfNs) = (StartNs + _nowNs, StartNs + _nowNs);
            Tell(verdict);
        }
        else if (_volatility is not null && _volatility.NextNs <= _nowNs)
        {
            _market.Prices.Advance(_nowNs);
            if (!_volatility.Work(_nowNs, out PriceEvent verdict, out VerdictReasons reasons)) return;
            Tell(verdict);
            _verdicts.Verdict(verdict, reasons, _nowNs, _account.Shares(verdict.TickerIndex), _market.Prices.Price(verdict.TickerIndex));
        }
        else
        {
            _nextTickNs += _options.TickMs * NsPerMs;
            Tell(new PriceEvent { Kind = PriceEventKind.Tick, NowNs = StartNs + _nowNs, AsOfNs = StartNs + _nowNs });
            _statistics.Sample(_nowNs, _account, _core, _market.Prices);
        }
    }

    private void Tell(in PriceEvent price)
    {
        _stamper.Apply(price);
        _core.OnPrice(price);
        _checker.Price(price);
    }

    private void EnterOrder()
    {
        ExecuteEvent order = _line.TakeArrived();
        // After the close nothing new is published; what is on its way still arrives.
        if (_nowNs < _endNs) _market.Advance(_nowNs);
        int executed = _market.Matcher.DrawDeadOnArrival() ? 0
            : _market.Enter(new MarketOrder(_account0, _line.Entered, 0, order.TickerIndex, order.OrderSide, order.LimitPrice, order.QuantityShares), _nowNs);
        _line.Answer(order, executed, _nowNs);
        _statistics.Answered(order, executed);
    }

    private void TakeResponse()
    {
        ResponseEvent response = _line.TakeResponse(_nowNs);
        _core.OnResponse(response);
        _checker.Response(response);
    }

    private void FinishOrders()
    {
        while (Math.Min(_line.NextArrivalNs, _line.NextResponseNs) is var nowNs and < long.MaxValue)
        {
            _nowNs = Math.Max(nowNs, _endNs);
            if (_line.NextResponseNs == nowNs) TakeResponse();
            else EnterOrder();
        }
    }

    /// <summary>What the market says we traded and what the engine booked are the same money and the same shares.</summary>
    private void CheckConservation()
    {
        TradeBook book = _core.Book;
        bool agrees = book.CashFree + book.CashReserved == _account.Cash && book.CashReserved == 0;
        for (int i = 0; i < _options.Market.Tickers; i++) agrees &= book[i].PositionShares == _account.Shares(i) && book[i].ReservedShares == 0;
        if (!agrees) throw new InvalidOperationException($"the engine's book and the market's fills disagree at the end of seed {_options.Market.Seed}");
    }

    private static PricesOptions PricesOf(DecisionOptions decision) => new()
    {
        StalePriceAgeMs = (int)Math.Max(1, decision.PriceAgeMaxUs / NsPerUs),
        ThresholdEdgePpm = Math.Min(decision.BuyEdgePpm, decision.SellEdgePpm),
    };

    private void Filled(in MarketFill fill)
    {
        if (fill.Order.Participant != _account0) return;
        _account.Fill(fill, _market.Prices.Price(fill.Order.Ticker));
        _verdicts.Fill(fill);
        _line.Filled(fill);
    }

    private void Broken(in MarketFill fill)
    {
        if (fill.Order.Participant != _account0) return;
        _account.Undo(fill);
        _line.Broken(fill, _nowNs);
    }

    private void Added(ulong reference, int ticker, Side side, int shares, int price) =>
        _heard.Add(_nowNs + _feedDelayNs, new OfferEvent
        {
            Kind = OfferEventKind.Offer,
            OrderReference = reference,
            FeedSequence = reference,
            ReceivedNs = StartNs + _nowNs + _feedDelayNs,
            TickerIndex = (ushort)ticker,
            OfferSide = side,
            Price = price,
            QuantityShares = shares,
        });

    private readonly struct Sink(BacktestRun run) : IMarketSink
    {
        public void Added(ulong reference, int ticker, Side side, int shares, int price) => run.Added(reference, ticker, side, shares, price);

        // Only a market of the venue's model replaces offers: the new one's side is the old one's.
        public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price) => throw new NotSupportedException(
            "a backtest needs a market whose offers are not replaced: use the model of exponential edges");

        public void Cancelled(ulong reference, int ticker, int shares)
        {
        }

        public void Deleted(ulong reference, int ticker)
        {
        }

        public void Executed(ulong reference, int ticker, int shares, ulong match)
        {
        }

        public void Filled(in MarketFill fill) => run.Filled(fill);

        public void Broken(in MarketFill fill) => run.Broken(fill);
    }
}
