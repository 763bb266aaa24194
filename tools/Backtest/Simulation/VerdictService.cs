using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Verdicts;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// The volatility service in virtual time: its own estimator and judgement over polls of its own, each ticker in its turn. It knows each
/// ticker's usual volatility from the days before.
/// </summary>
internal sealed class VerdictService
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>From its request to the engine's hearing of the verdict: the price's way and the verdict's.</summary>
    private const long DelayNs = 10_000_000;

    /// <summary>A baseline that has moved so often is settled.</summary>
    private const int SettledMoves = 10_000;

    /// <summary>Sigma is kept in 1/256 there.</summary>
    private const int BaselineBits = 8;

    private readonly VerdictBook _book;
    private readonly FairPrices _prices;
    private readonly long _startNs;
    private readonly long _turnNs;
    private readonly Fifo<PriceEvent> _told = new(64);
    private readonly Fifo<VerdictReasons> _reasons = new(64);
    private long _nextPollNs;
    private long _nextReviewNs = NsPerSecond;
    private int _turn;
    private int _again = -1;

    /// <summary>Begins the day; times are ns since the market opened, <paramref name="startNs"/> the engine's clock then.</summary>
    public VerdictService(BacktestOptions options, FairPrices prices, long startNs)
    {
        int tickers = options.Market.Tickers;
        (_prices, _startNs) = (prices, startNs);
        _turnNs = NsPerSecond / options.VerdictRequestsPerSecond;
        _book = new VerdictBook(tickers, new VolatilityOptions());
        for (int i = 0; i < tickers; i++)
            _book.Restore(i, new KeptTicker(0, false, (long)prices.UsualSigmaPpm(i) << BaselineBits, SettledMoves), isSameDay: false);
    }

    /// <summary>When it next has something to do, ns since the market opened.</summary>
    public long NextNs => Math.Min(_told.NextNs, Math.Min(_nextPollNs, _nextReviewNs));

    /// <summary>Does what is due. The fair prices must have been advanced to now.</summary>
    /// <returns>Whether the engine hears a verdict.</returns>
    public bool Work(long nowNs, out PriceEvent verdict, out VerdictReasons reasons)
    {
        (verdict, reasons) = (default, VerdictReasons.None);
        if (_told.NextNs <= nowNs)
        {
            (verdict, reasons) = (_told.Take(), _reasons.Take());
            (verdict.NowNs, verdict.AsOfNs) = (_startNs + nowNs, _startNs + nowNs);
            return true;
        }

        if (_nextPollNs <= nowNs) Poll(nowNs);
        else if (_nextReviewNs <= nowNs) Review(nowNs);
        return false;
    }

    private void Poll(long nowNs)
    {
        _nextPollNs += _turnNs;
        int ticker = _again;
        if (ticker >= 0) _again = -1;
        else (ticker, _turn) = (_turn, _turn + 1 == _book.TickerCount ? 0 : _turn + 1);
        if (!_book.OnPrice(ticker, _prices.Price(ticker), _startNs + nowNs, _startNs + nowNs)) return;
        Tell(ticker, nowNs);
        // As the service does: whatever has just changed is asked for again at once.
        _again = ticker;
    }

    private void Review(long nowNs)
    {
        _nextReviewNs += NsPerSecond;
        for (int ticker = 0; ticker < _book.TickerCount; ticker++)
        {
            // A snapshot each second: sigma changes without the level.
            if (_book.Review(ticker, _startNs + nowNs) || _book[ticker].Level != VerdictLevel.Calm) Tell(ticker, nowNs);
        }
    }

    private void Tell(int ticker, long nowNs)
    {
        VerdictLine line = _book[ticker];
        _told.Add(nowNs + DelayNs, new PriceEvent
        {
            Kind = PriceEventKind.Verdict,
            TickerIndex = (ushort)ticker,
            Flags = TickerVerdict.FlagsOf(line.Level, line.Reasons),
            SigmaCentiBp = line.SigmaCentiBp,
            OpenPrice = line.OpenPrice,
        });
        _reasons.Add(nowNs + DelayNs, line.Reasons);
    }
}
