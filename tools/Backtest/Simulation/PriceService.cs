using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Prices;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// The price service and the client that asks it, in virtual time: inside the engine's budget, by its schedule, tickers out of turn first, answers
/// held against the engine's checks.
/// </summary>
/// <remarks>A price counts as of its request, as in the engine. At most as many requests are under way as the client's connections hold.</remarks>
internal sealed class PriceService
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;
    private const int UnderWayMax = 64;

    private readonly FairPrices _prices;
    private readonly LatencyTable _latency;
    private readonly PriceChecks _checks;
    private readonly TickerLane _urgent;
    private readonly bool[] _isUnderWay;
    private readonly Fifo<Answer> _answers = new(UnderWayMax);
    private readonly FaultPlan _faults;
    private readonly long _startNs;
    private readonly long _turnNs;
    private readonly bool _priority;
    private readonly RefreshSchedule? _schedule;
    private RequestBudget _budget;
    private MarketRandom _random;
    private bool _isAsked;
    private long _nextTurnNs;
    private int _nextInTurn;

    public PriceService(BacktestOptions options, FairPrices prices, PriceCache cache, FaultPlan faults, long startNs)
    {
        int tickers = options.Market.Tickers;
        PriceServiceOptions service = options.Prices;
        (_prices, _faults, _startNs) = (prices, faults, startNs);
        // Polls at a fixed time are for comparison; else tickers are asked for as the engine would.
        if (service.PollSeconds == 0) _schedule = new RefreshSchedule(new PriceClientOptions { RequestsPerSecond = service.RequestsPerSecond }, cache);
        _latency = service.Latency;
        _checks = new PriceChecks(tickers);
        _urgent = new TickerLane(tickers);
        _isUnderWay = new bool[tickers];
        _budget = new RequestBudget(service.RequestsPerSecond);
        _priority = service.Priority;
        long budgetTurnNs = (NsPerSecond + service.RequestsPerSecond - 1) / service.RequestsPerSecond;
        _turnNs = Math.Max(budgetTurnNs, (long)(service.PollSeconds * NsPerSecond / tickers));
        _random = new MarketRandom(options.Market.Seed, stream: 11);
        NextNs = 0;
    }

    /// <summary>When it next has something to do, ns since the market opened.</summary>
    public long NextNs { get; private set; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; private set; }

    /// <summary>Of these, out of turn.</summary>
    public long UrgentRequests { get; private set; }

    /// <summary>Answers that did not pass the checks.</summary>
    public long Refused { get; private set; }

    /// <summary>A ticker's price is wanted out of turn.</summary>
    public void Ask(int ticker, long nowNs)
    {
        if (!_priority || !_urgent.TryAdd((ushort)ticker)) return;
        _isAsked = true;
        NextNs = Math.Min(NextNs, nowNs);
    }

    /// <summary>Does what is due: sends requests, takes one answer.</summary>
    /// <returns>Whether a good price arrived.</returns>
    public bool Work(long nowNs, out PriceEvent price)
    {
        price = default;
        bool arrived = _answers.NextNs <= nowNs && Take(_answers.Take(), nowNs, out price);
        Send(nowNs);
        long sendNs = _isAsked ? nowNs + NsPerMs : _nextTurnNs;
        NextNs = Math.Min(_answers.NextNs, sendNs);
        return arrived;
    }

    private void Send(long nowNs)
    {
        long engineNs = _startNs + nowNs;
        while (_answers.Count < UnderWayMax && _budget.IsOpen(engineNs))
        {
            if (_isAsked && _urgent.TryTake(out ushort ticker))
            {
                if (_isUnderWay[ticker]) continue;
                _schedule?.OnAsked(ticker, engineNs);
                UrgentRequests++;
            }
            else
            {
                _isAsked = false;
                if (nowNs < _nextTurnNs) return;
                _nextTurnNs = nowNs + _turnNs;
                ticker = NextInTurn(engineNs);
                if (_isUnderWay[ticker]) return;
            }

            _budget.Take(engineNs);
            Requests++;
            _isUnderWay[ticker] = true;
            long arrivalNs = Math.Max(nowNs + _latency.Draw(_random.Next()), _faults.StalledUntilNs(nowNs));
            _answers.Add(arrivalNs, new Answer(nowNs, ticker, _prices.Price(ticker)));
        }

        // No room or no budget: the turn waits for the next look.
        if (nowNs >= _nextTurnNs) _nextTurnNs = nowNs + NsPerMs;
    }

    private ushort NextInTurn(long engineNs)
    {
        if (_schedule is not null)
        {
            _schedule.Work(engineNs);
            return _schedule.Next(engineNs);
        }

        _nextInTurn = _nextInTurn + 1 == _isUnderWay.Length ? 0 : _nextInTurn + 1;
        return (ushort)_nextInTurn;
    }

    private bool Take(in Answer answer, long nowNs, out PriceEvent price)
    {
        price = default;
        _isUnderWay[answer.Ticker] = false;
        int value = answer.Price;
        long sentSeconds = (_startNs + answer.SentNs) / NsPerSecond;
        _faults.Spoil(ref value, ref sentSeconds);
        PriceFinding finding = _checks.Check(answer.Ticker, value, sentSeconds, (_startNs + nowNs) / NsPerSecond);
        if (finding != PriceFinding.Good)
        {
            Refused++;
            if (finding == PriceFinding.Jump && _checks.IsWorthSecondAnswer(answer.Ticker) && _urgent.TryAdd(answer.Ticker)) _isAsked = true;
            return false;
        }

        // As in the engine: a service whose time trails ours by more than a second makes its price older by what it trails.
        long trailsSeconds = Math.Max(0, (_startNs + answer.SentNs) / NsPerSecond - sentSeconds - 1);
        price = new PriceEvent
        {
            Kind = PriceEventKind.Price,
            TickerIndex = answer.Ticker,
            Price = value,
            AsOfNs = _startNs + answer.SentNs - trailsSeconds * NsPerSecond,
            NowNs = _startNs + nowNs,
            ServiceTimeSeconds = sentSeconds,
        };
        _schedule?.OnPrice(answer.Ticker, value, price.AsOfNs);
        return true;
    }

    private readonly record struct Answer(long SentNs, ushort Ticker, int Price);
}
