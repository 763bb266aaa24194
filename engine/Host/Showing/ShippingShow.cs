using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Host.Showing;

/// <summary>Shows how far the shipper is behind the journal, from the mark that it leaves after each commit of the database.</summary>
internal sealed class ShippingShow(ShippedMark mark, CounterFile counters)
{
    private const long NsPerMs = 1_000_000;

    // What was the last transaction when the clock of the waiting was started, and when that was.
    private long _awaitedId;
    private long _sinceNs;

    /// <summary>Looks at mark and journal.</summary>
    public void Show(long nowNs)
    {
        long lastId = counters.Read(Counter.JournalLastId);
        long shippedId = mark.Read(out long id) == ShippedMarkState.Read ? id : 0;
        // The clock starts anew once what was awaited is there: so it never tells a longer wait than there was.
        if (shippedId >= _awaitedId) (_awaitedId, _sinceNs) = (lastId, nowNs);
        counters.Set(Counter.ShippingLastId, shippedId);
        counters.Set(Counter.ShippingBehind, Behind(shippedId, lastId));
        counters.Set(Counter.ShippingWaitedMs, shippedId >= lastId ? 0 : (nowNs - _sinceNs) / NsPerMs);
    }

    // Ids are consecutive within their block; how many the block before it had is not known here.
    private static long Behind(long shippedId, long lastId) =>
        shippedId >= lastId ? 0
        : TransactionId.Block(shippedId) == TransactionId.Block(lastId) ? lastId - shippedId
        : TransactionId.Counter(lastId);
}
