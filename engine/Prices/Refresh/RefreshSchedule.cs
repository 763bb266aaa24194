namespace MarketMaker.Prices;

/// <summary>
/// Whose turn it is to be refreshed when nothing is urgent: each ticker at the rate that <see cref="RefreshRates"/> gives it, none
/// older than the age cap.
/// </summary>
/// <remarks>
/// Turns are due in the schedule's own time, which moves on with each turn it gives: when urgent tickers or a slow service leave it less than
/// its budget, all tickers come later by the same factor and none is skipped. One thread, not the hot one; allocates nothing.
/// </remarks>
public sealed class RefreshSchedule
{
    private readonly RefreshRates _rates;
    private readonly DueHeap _due;
    private readonly AskedOrder _asked;
    private readonly long _ageCapNs;
    private long _scheduleNs;

    /// <summary>Takes its memory: every ticker has its first turn at once, in order, as fast as the budget allows.</summary>
    /// <param name="options">Budget and age cap.</param>
    /// <param name="cache">Where offers near the threshold and verdicts' volatility are glanced at.</param>
    public RefreshSchedule(PriceClientOptions options, PriceCache cache)
    {
        _rates = new RefreshRates(options, cache);
        _due = new DueHeap(cache.TickerCount);
        _asked = new AskedOrder(cache.TickerCount);
        _ageCapNs = _rates.AgeCapNs;
    }

    /// <summary>Age no price passes while the service answers: as configured, or longer where the budget is too small for it.</summary>
    public long AgeCapNs => _ageCapNs;

    /// <summary>The ticker to ask for next. Never waits, never runs out; counts as asked for.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    public ushort Next(long nowNs)
    {
        int oldest = _asked.Oldest;
        if (nowNs - _asked.AskedNs(oldest) >= _ageCapNs)
        {
            OnAsked((ushort)oldest, nowNs);
            return (ushort)oldest;
        }

        int next = _due.First;
        _scheduleNs = _due[next];
        _due.Move(next, _scheduleNs + _rates.PeriodNs(next));
        _asked.MoveToEnd(next, nowNs);
        return (ushort)next;
    }

    /// <summary>A ticker is asked for out of turn: its next turn is a whole period away.</summary>
    public void OnAsked(ushort tickerIndex, long nowNs)
    {
        _due.Move(tickerIndex, _scheduleNs + _rates.PeriodNs(tickerIndex));
        _asked.MoveToEnd(tickerIndex, nowNs);
    }

    /// <summary>Learns how much a ticker moves from a price that passed every check.</summary>
    public void OnPrice(ushort tickerIndex, int price, long asOfNs) => _rates.OnPrice(tickerIndex, price, asOfNs);

    /// <summary>One slice of the work of computing the rates anew, every few seconds. Called once a duty cycle.</summary>
    /// <returns>Whether a slice was done; call again to go on.</returns>
    public bool Work(long nowNs)
    {
        if (!_rates.Work(nowNs, out int first, out int end)) return false;
        // A ticker that is worth more now has its turn sooner; one worth less keeps the turn it has.
        for (int ticker = first; ticker < end; ticker++)
        {
            long dueNs = _scheduleNs + _rates.PeriodNs(ticker);
            if (dueNs < _due[ticker]) _due.Move(ticker, dueNs);
        }

        return true;
    }
}
