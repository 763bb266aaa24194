using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Prices;

/// <summary>Puts a Tick on <c>prices</c> every few milliseconds, so that time reaches the stages when no offer does, and says when a day begins.</summary>
/// <remarks>
/// One of the ring's producers; on a full ring the tick comes as soon as there is room. Allocates nothing. A wall clock that is set back over
/// midnight begins no day a second time.
/// </remarks>
public sealed class ClockTick<TClock> : IAgent
    where TClock : struct, IClock
{
    private const long DateCheckNs = 1_000_000_000;

    private readonly TClock _clock;
    private readonly MultiProducerRingBuffer<PriceEvent> _prices;
    private readonly VenueCalendar? _calendar;
    private readonly long _periodNs;
    private long _nextNs = long.MinValue;
    private long _nextDateNs;
    private int _date;

    /// <summary>Wires the agent; the day at hand has begun.</summary>
    /// <param name="options">Checked by the host.</param>
    /// <param name="clock">The monotonic one is read once per duty cycle, the wall clock once a second.</param>
    /// <param name="prices">Where ticks and days go.</param>
    /// <param name="calendar">Says which day it is; null: no day ever begins.</param>
    public ClockTick(PricesOptions options, TClock clock, MultiProducerRingBuffer<PriceEvent> prices, VenueCalendar? calendar = null)
    {
        (_clock, _prices, _calendar, _periodNs) = (clock, prices, calendar, options.TickPeriodMs * 1_000_000L);
        _nextDateNs = clock.MonotonicNs + DateCheckNs;
        _date = calendar?.DateOfSessionBegun(clock.WallClockNs) ?? 0;
    }

    /// <inheritdoc/>
    public string Name => "ClockTick";

    /// <inheritdoc/>
    public int DoWork()
    {
        long nowNs = _clock.MonotonicNs;
        if (nowNs < _nextNs) return 0;
        if (_calendar is not null && nowNs >= _nextDateNs && !TrySayDay(_calendar, nowNs)) return 0;
        if (!_prices.TryNext(out long sequence)) return 0;
        _prices[sequence] = new PriceEvent { Kind = PriceEventKind.Tick, NowNs = nowNs, AsOfNs = nowNs };
        _prices.Publish(sequence);
        // From now, not from when it was due: after a stall one tick says it all.
        _nextNs = nowNs + _periodNs;
        return 1;
    }

    private bool TrySayDay(VenueCalendar calendar, long nowNs)
    {
        int date = calendar.DateOfSessionBegun(_clock.WallClockNs);
        if (date > _date)
        {
            if (!_prices.TryNext(out long sequence)) return false;
            _prices[sequence] = new PriceEvent { Kind = PriceEventKind.NewDay, TradingDate = date, NowNs = nowNs, AsOfNs = nowNs };
            _prices.Publish(sequence);
            _date = date;
        }

        _nextDateNs = nowNs + DateCheckNs;
        return true;
    }
}
