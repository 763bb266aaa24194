using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Harness.Shipping;

/// <summary>A journal of executions as the engine writes them, with hop times, over some tickers.</summary>
internal static class ShippingJournal
{
    private const int Tickers = 1000, RingSlots = 65_536, BatchEvents = 4096;

    internal static JournalStore Make(string folder, int rows)
    {
        JournalOptions options = new() { Path = folder, Node = "MEASURE", OpeningCash = 0, MapBytes = 16L << 30, BatchEventsMax = BatchEvents };
        LeaseFile.Whole(1, options.Node, JournalStore.Init(options).Uuid).Write(folder);
        JournalStore store = JournalStore.Open(options);
        if (!Universe.TryCreate([.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:0000}"))], out Universe? universe, out _)) throw new MeasureException("no tickers");
        using CounterFile counters = CounterFile.InMemory();
        SingleProducerRingBuffer<ResponseEvent> ring = new("responses", RingSlots);
        JournalWriter<SystemClock> writer = new(options, store, universe!, ring.NewPoller(), counters, LogWriter.Create(1024, out _), new TradingGate());
        SessionId.TryCreate("MEASURE"u8, out SessionId session);
        for (int sequence = 1; sequence <= rows; sequence++)
        {
            while (!ring.TryNext(out _)) writer.DoWork();
            ring.TryNext(out long slot);
            ring[slot] = Executed(sequence, session);
            ring.Publish(slot);
            if (sequence % BatchEvents == 0) writer.DoWork();
        }

        while (counters.Read(Counter.JournalBooked) < rows) writer.DoWork();
        return store;
    }

    private static ResponseEvent Executed(int sequence, SessionId session) => new()
    {
        Kind = ResponseKind.Executed,
        VenueSequence = sequence,
        ReplayFrom = sequence + 1,
        MatchNumber = (ulong)sequence,
        UserRefNum = (uint)sequence,
        OfferReference = (ulong)sequence * 7,
        QuantityShares = 100 + sequence % 400,
        ExecutionPrice = 50_0000 + sequence % 1000,
        LimitPrice = 50_0000 + sequence % 1000,
        FairPrice = 51_0000,
        OrderSide = sequence % 2 == 0 ? Side.Buy : Side.Sell,
        TickerIndex = (ushort)(sequence % Tickers),
        Session = session,
        VenueTimeNs = 34_200_000_000_000 + sequence,
        ReceivedNs = 1_000_000,
        AnsweredNs = 1_100_000,
        DecodedDeltaNs = 100,
        PricedDeltaNs = 200,
        DecidedDeltaNs = 300,
        SentDeltaNs = 400,
    };
}
