using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Prices;

/// <summary>Puts a Tick on <c>prices</c> every few milliseconds, so that time reaches the stages when no offer does.</summary>
/// <remarks>One of the ring's producers; on a full ring the tick comes as soon as there is room. Allocates nothing.</remarks>
public sealed class ClockTick<TClock>(PricesOptions options, TClock clock, MultiProducerRingBuffer<PriceEvent> prices) : IAgent
    where TClock : struct, IClock
{
    private readonly long _periodNs = options.TickPeriodMs * 1_000_000L;
    private long _nextNs = long.MinValue;

    /// <inheritdoc/>
    public string Name => "ClockTick";

    /// <inheritdoc/>
    public int DoWork()
    {
        long nowNs = clock.MonotonicNs;
        if (nowNs < _nextNs || !prices.TryNext(out long sequence)) return 0;
        prices[sequence] = new PriceEvent { Kind = PriceEventKind.Tick, NowNs = nowNs, AsOfNs = nowNs };
        prices.Publish(sequence);
        // From now, not from when it was due: after a stall one tick says it all.
        _nextNs = nowNs + _periodNs;
        return 1;
    }
}
