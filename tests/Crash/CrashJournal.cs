using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Crash;

/// <summary>The engine's own journal with the writer and the ring that feeds it, in a folder that a test breaks.</summary>
internal sealed class CrashJournal : IDisposable
{
    private const int RingSlots = 4096;
    private readonly SingleProducerRingBuffer<ResponseEvent> _ring = new("responses", RingSlots);
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly JournalWriter<SystemClock> _writer;

    internal CrashJournal(string folder, bool requireIds = true)
    {
        JournalOptions options = OptionsFor(folder) with { RequireIds = requireIds };
        Store = JournalStore.Open(options);
        Assert.True(Contracts.Universe.TryCreate([Symbol.Parse("AAPL"), Symbol.Parse("MSFT")], out Universe? universe, out _));
        _writer = new JournalWriter<SystemClock>(options, Store, universe!, _ring.NewPoller(), _counters, LogWriter.Create(1024, out _), Gate);
    }

    internal JournalStore Store { get; }

    internal TradingGate Gate { get; } = new();

    internal long Commits => _counters.Read(Counter.JournalCommits);

    internal long Cash => _writer.Cash;

    internal static JournalOptions OptionsFor(string folder) => new()
    {
        Path = folder,
        Node = "CRASH",
        OpeningCash = 1_000_000_0000,
        MapBytes = 64 * JournalOptions.MebiByte,
        // Thousands of journals are opened, and each takes its reserve from the disk first.
        ReserveBytes = JournalOptions.MebiByte,
        HostId = "crash-host",
        Calendar = new VenueCalendar(new DateOnly(2025, 6, 16), TimeSpan.FromHours(-4)),
        // Only full batches and bookings commit: the test says when.
        ProgressCommitMs = 10_000,
    };

    /// <summary>Makes an empty journal with ids.</summary>
    internal static void Make(string folder)
    {
        JournalMeta meta = JournalStore.Init(OptionsFor(folder));
        LeaseFile.Whole(7, "CRASH", meta.Uuid).Write(folder);
        JournalStore.Open(OptionsFor(folder)).Dispose();
    }

    /// <summary>Books a batch in one duty cycle, so in one commit when there is anything to book in it.</summary>
    internal void Book(ReadOnlySpan<ResponseEvent> events)
    {
        foreach (ref readonly ResponseEvent response in events)
        {
            Assert.True(_ring.TryNext(out long slot));
            _ring[slot] = response;
            _ring.Publish(slot);
        }

        _writer.DoWork();
    }

    internal void Flush() => _writer.Flush();

    internal List<JournalRecord> Records()
    {
        using JournalReader reader = Store.OpenReader();
        List<JournalRecord> records = [];
        JournalRecord[] buffer = new JournalRecord[1000];
        for (long last = 0; ;)
        {
            JournalBatch batch = reader.ReadAfter(last, buffer);
            if (batch.DamagedId != 0) throw new JournalException($"record {batch.DamagedId} is damaged");
            if (batch.Count == 0) return records;
            records.AddRange(buffer.AsSpan(0, batch.Count));
            last = buffer[batch.Count - 1].Id;
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        _counters.Dispose();
    }
}
