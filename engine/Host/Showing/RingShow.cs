using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Host.Showing;

/// <summary>Shows how full every ring is and was.</summary>
/// <param name="rings">In the order of the counters; null: not in this run.</param>
/// <param name="journalLag">Responses that Journal has not taken.</param>
/// <param name="counters">The block Rings is this class's.</param>
internal sealed class RingShow(IRingGauge?[] rings, Func<long> journalLag, CounterFile counters)
{
    private const int CountersPerRing = Counter.RingsPricesSlots - Counter.RingsOffersSlots;

    private readonly long[] _most = new long[rings.Length];
    private readonly long[] _mostRecent = new long[rings.Length];

    /// <summary>Shows what waits now.</summary>
    public void Show()
    {
        for (int i = 0; i < rings.Length; i++)
        {
            if (rings[i] is not { } ring) continue;
            // What is found on the ring now counts too: a consumer that has stopped looks no more.
            long backlog = ring.Backlog;
            _mostRecent[i] = Math.Max(_mostRecent[i], Math.Max(backlog, ring.TakeMostWaiting()));
            _most[i] = Math.Max(_most[i], _mostRecent[i]);
            Counter first = Counter.RingsOffersSlots + i * CountersPerRing;
            counters.Set(first, ring.Capacity);
            counters.Set(first + (Counter.RingsOffersBacklog - Counter.RingsOffersSlots), backlog);
            counters.Set(first + (Counter.RingsOffersHighWater - Counter.RingsOffersSlots), _most[i]);
        }

        counters.Set(Counter.RingsJournalBacklog, journalLag());
    }

    /// <summary>Shows the most that waited within the second that ends, and forgets it.</summary>
    public void EndSecond()
    {
        for (int i = 0; i < rings.Length; i++)
        {
            if (rings[i] is null) continue;
            counters.Set(Counter.RingsOffersRecentHighWater + i * CountersPerRing, _mostRecent[i]);
            _mostRecent[i] = 0;
        }
    }
}
