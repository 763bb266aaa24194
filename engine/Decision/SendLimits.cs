using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>The limits on how many: orders in flight, orders a second in all and of one ticker, executions of one ticker a minute.</summary>
/// <remarks>Source: reliability document, section 2. Asked before each order, told after; on the time of events.</remarks>
internal sealed class SendLimits(DecisionOptions options, TradeBook book, LineArena? tables)
{
    private const long SecondNs = 1_000_000_000;
    private const long MinuteNs = 60 * SecondNs;

    private readonly SlidingCounts _sends = new(1, SecondNs, tables);
    private readonly SlidingCounts _tickerSends = new(book.TickerCount, SecondNs, tables);
    private readonly SlidingCounts _executions = new(book.TickerCount, MinuteNs, tables);

    /// <summary>Asks for the lines of a ticker that will be traded soon.</summary>
    public void Expect(int tickerIndex)
    {
        _tickerSends.Expect(tickerIndex);
        _executions.Expect(tickerIndex);
    }

    /// <summary>Whether one more order of a ticker may be sent.</summary>
    /// <param name="tickerIndex">Which ticker.</param>
    /// <param name="isSlowedDown">Only half the rate of all is allowed, but one order in any case.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    public RefusalReason Check(int tickerIndex, bool isSlowedDown, long nowNs)
    {
        if (book.OrdersInFlight >= options.OrdersInFlightMax) return RefusalReason.InFlightLimit;
        if (_sends.Count(0, nowNs) >= (isSlowedDown ? (options.SendsPerSecondMax + 1) / 2 : options.SendsPerSecondMax)) return RefusalReason.SendRateLimit;
        if (_tickerSends.Count(tickerIndex, nowNs) >= options.TickerSendsPerSecondMax) return RefusalReason.TickerRateLimit;
        // Those in flight may all win. An order that executes in parts counts with each, so wins are never more than the limit.
        int wins = _executions.Count(tickerIndex, nowNs) + book[tickerIndex].OrdersInFlight;
        return wins >= options.TickerWinsPerMinuteMax ? RefusalReason.RepeatedExecution : RefusalReason.None;
    }

    /// <summary>An order of the ticker is on its way.</summary>
    public void OnSend(int tickerIndex, long nowNs)
    {
        _sends.Add(0, nowNs);
        _tickerSends.Add(tickerIndex, nowNs);
    }

    /// <summary>An order of the ticker executed, or a part of it did.</summary>
    public void OnExecution(int tickerIndex, long nowNs) => _executions.Add(tickerIndex, nowNs);
}
