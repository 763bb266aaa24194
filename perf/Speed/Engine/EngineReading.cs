using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Speed.Engine;

/// <summary>What the engine's counters say at one moment; the difference of two is what happened between.</summary>
/// <param name="OffersSeen">Offers that Feed saw.</param>
/// <param name="OrdersSent">Orders whose bytes the socket took.</param>
/// <param name="RingFull">Offers that a full ring cost, of <c>offers</c> or of <c>executes</c>.</param>
/// <param name="KernelDrops">Packets that the kernel dropped because the socket's buffer was full.</param>
/// <param name="Gaps">Gaps noticed.</param>
/// <param name="Lost">Messages given up.</param>
/// <param name="NotSent">Orders that Execution did not send.</param>
/// <param name="StalePrice">Offers refused because their price was too old.</param>
internal readonly record struct EngineReading(
    long OffersSeen, long OrdersSent, long RingFull, long KernelDrops, long Gaps, long Lost, long NotSent, long StalePrice)
{
    /// <summary>Reads them now.</summary>
    public static EngineReading Of(CounterFile counters) => new(
        counters.Read(Counter.FeedOffersSeen),
        counters.Read(Counter.ExecutionSent),
        counters.ReadRefused(Counter.FeedRefused, RefusalReason.RingFull) + counters.ReadRefused(Counter.DecisionRefused, RefusalReason.ExecutionBusy),
        counters.Read(Counter.HostKernelDrops),
        counters.Read(Counter.FeedGaps),
        counters.Read(Counter.FeedMessagesLost),
        Enum.GetValues<RefusalReason>().Sum(reason => counters.ReadRefused(Counter.ExecutionRefused, reason)),
        counters.ReadRefused(Counter.DecisionRefused, RefusalReason.StalePrice));

    /// <summary>What happened since an earlier reading.</summary>
    public EngineReading Since(EngineReading earlier) => new(
        OffersSeen - earlier.OffersSeen, OrdersSent - earlier.OrdersSent, RingFull - earlier.RingFull, KernelDrops - earlier.KernelDrops,
        Gaps - earlier.Gaps, Lost - earlier.Lost, NotSent - earlier.NotSent, StalePrice - earlier.StalePrice);
}
