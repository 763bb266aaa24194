using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Harness.Journal;

/// <summary>The engine's own JournalWriter on a fresh journal: a batch of answers into its ring, one duty cycle, again.</summary>
internal static class JournalLoad
{
    private const int RingSlots = 65_536;

    /// <summary>Books batch after batch.</summary>
    /// <returns>Executions, the time of all, and the median from the moment an answer was read to the return of its commit.</returns>
    internal static Floor Run(string work, int batch, int commits)
    {
        JournalOptions options = new()
        {
            Path = Path.Combine(work, "journal"),
            Node = "MEASURE",
            OpeningCash = 0,
            MapBytes = 1L << 30,
            BatchEventsMax = batch,
        };
        try
        {
            LeaseFile.Whole(1, options.Node, JournalStore.Init(options).Uuid).Write(options.Path);
            return Book(options, commits);
        }
        finally
        {
            Directory.Delete(options.Path, recursive: true);
        }
    }

    private static Floor Book(JournalOptions options, int commits)
    {
        using JournalStore store = JournalStore.Open(options);
        using CounterFile counters = CounterFile.InMemory();
        SingleProducerRingBuffer<ResponseEvent> ring = new("responses", RingSlots);
        LogWriter log = LogWriter.Create(1024, out _);
        JournalWriter<SystemClock> writer = new(options, store, Universe(), ring.NewPoller(), counters, log, new TradingGate());
        SystemClock clock = default;
        SessionId session = Session();
        long executions = 0, begunNs = clock.MonotonicNs;
        for (int commit = 0; commit < commits; commit++)
        {
            executions = Publish(ring, options.BatchEventsMax, executions, session, clock.MonotonicNs);
            writer.DoWork();
        }

        long tookNs = clock.MonotonicNs - begunNs;
        // A checkpoint is a commit of its own.
        if (counters.Read(Counter.JournalBooked) != executions || counters.Read(Counter.JournalCommits) < commits)
            throw new MeasureException($"{counters.Read(Counter.JournalBooked)} of {executions} executions were booked in {counters.Read(Counter.JournalCommits)} commits");
        return new Floor(executions, tookNs, counters[HopHistogram.AnsweredToDurable].ValueAtPercentile(50));
    }

    internal static long Publish(SingleProducerRingBuffer<ResponseEvent> ring, int batch, long last, SessionId session, long nowNs)
    {
        if (!ring.TryNext(batch, out long lastSlot)) throw new MeasureException("the ring is full although the writer is done");
        for (long slot = lastSlot - batch + 1; slot <= lastSlot; slot++)
        {
            last++;
            ring[slot] = new ResponseEvent
            {
                Kind = ResponseKind.Executed,
                VenueSequence = last,
                ReplayFrom = last + 1,
                MatchNumber = (ulong)last,
                UserRefNum = (uint)last,
                QuantityShares = 100,
                ExecutionPrice = 50_0000,
                LimitPrice = 50_0000,
                OrderSide = last % 2 == 0 ? Side.Sell : Side.Buy,
                Session = session,
                AnsweredNs = nowNs,
            };
        }

        ring.Publish(lastSlot);
        return last;
    }

    internal static Universe Universe() =>
        Contracts.Universe.TryCreate([Symbol.Parse("AAPL")], out Universe? universe, out string? error) ? universe! : throw new MeasureException(error!);

    internal static SessionId Session() => SessionId.TryCreate("S000000001"u8, out SessionId session) ? session : throw new MeasureException("the session's name is wrong");
}
