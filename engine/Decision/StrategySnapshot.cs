using MarketMaker.Decision.Signals;

namespace MarketMaker.Decision;

/// <summary>
/// How the state gets from Decision's thread to a cold one: the cold one asks, Decision copies some tickers in each duty cycle, and the cold one
/// reads when all are there. Neither ever waits for the other.
/// </summary>
/// <remarks>Tickers are copied at slightly different times, which harms nothing: each is right by itself.</remarks>
public sealed class StrategySnapshot
{
    private const int Idle = 0;
    private const int Asked = 1;
    private const int Ready = 2;
    private const int TickersPerTurn = 64;

    private readonly ulong[] _sums;
    private readonly ulong[] _weights;
    private readonly DayRange[] _ranges;
    private int _phase;
    private int _next;
    private int _date;

    internal StrategySnapshot(int tickers)
    {
        _sums = new ulong[tickers];
        _weights = new ulong[tickers];
        _ranges = new DayRange[tickers];
    }

    /// <summary>Cash and stock when the day began; <see cref="StrategyState.Unknown"/> when that is not known yet.</summary>
    public long OpeningEquity { get; private set; } = StrategyState.Unknown;

    /// <summary>The date of the day, year * 10,000 + month * 100 + day; 0: none has begun since the start.</summary>
    public int TradingDate { get; private set; }

    /// <summary>Whether all that was asked for is there; only then may the other members be read.</summary>
    public bool IsReady => Volatile.Read(ref _phase) == Ready;

    /// <summary>Whether a copy is wanted. Read by Decision's thread in each duty cycle.</summary>
    internal bool IsAsked => Volatile.Read(ref _phase) == Asked;

    /// <summary>Asks for a copy, unless one is on its way or being read.</summary>
    public void Ask() => Interlocked.CompareExchange(ref _phase, Asked, Idle);

    /// <summary>The copy is read: another may be asked for.</summary>
    public void Release() => Interlocked.CompareExchange(ref _phase, Idle, Ready);

    /// <summary>What could be sold per second, 1/10,000 dollar.</summary>
    public long SellRate(int tickerIndex) => SellRates.PerSecond(_sums[tickerIndex], _weights[tickerIndex]);

    /// <summary>Open, low and high of a ticker's day; 0 when not known.</summary>
    public DayRange Range(int tickerIndex) => _ranges[tickerIndex];

    /// <summary>A new day: what is half copied begins anew, since it tells of the day before. What is ready keeps its date.</summary>
    internal void StartDay(int date) => (_date, _next) = (date, 0);

    /// <summary>Copies some tickers; the last turn makes it ready.</summary>
    internal void Copy(SellRates rates, DayMove days, long openingEquity, long nowNs)
    {
        int end = Math.Min(_next + TickersPerTurn, _sums.Length);
        for (int i = _next; i < end; i++)
        {
            (_sums[i], _weights[i]) = rates.Look(i, nowNs);
            _ranges[i] = days.RangeOf(i);
        }

        _next = end;
        if (end < _sums.Length) return;
        (OpeningEquity, TradingDate) = (openingEquity, _date);
        _next = 0;
        Volatile.Write(ref _phase, Ready);
    }
}
