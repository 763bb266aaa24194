using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>A journal in a temporary folder, with a writer and the ring that feeds it.</summary>
internal sealed class JournalBench : IDisposable
{
    public const long OpeningCash = 1_000_000_0000;

    private SingleProducerRingBuffer<ResponseEvent> _ring = null!;
    private SingleProducerRingBuffer<ExecuteEvent> _executes = null!;
    private long _shipped;

    public JournalBench(JournalOptions? options = null, LeaseFile? lease = null, bool start = true, RestoreFile? from = null)
    {
        Options = options ?? DefaultOptions();
        Meta = JournalStore.Init(Options, from);
        (lease ?? LeaseFile.Whole(7, "NODE1", Meta.Uuid)).WithJournal(Meta.Uuid).Write(Options.Path);
        if (start) Start();
    }

    public JournalOptions Options { get; set; }

    public JournalMeta Meta { get; }

    public TestTime Time { get; } = new();

    public JournalStore Store { get; private set; } = null!;

    public JournalWriter<TestClock> Writer { get; private set; } = null!;

    /// <summary>Whether the writer makes intents durable; from the next start on.</summary>
    public bool HasDurableIntents { get; set; }

    /// <summary>What Execution may send.</summary>
    public EventPoller<ExecuteEvent> ToExecution { get; private set; } = null!;

    public TradingGate Gate { get; } = new();

    public CounterFile Counters { get; private set; } = null!;

    public EventPoller<LogEvent> Log { get; private set; } = null!;

    public static JournalOptions DefaultOptions() => new()
    {
        Path = Path.Combine(Path.GetTempPath(), $"mm-journal-{Guid.NewGuid():N}"),
        Node = "NODE1",
        OpeningCash = OpeningCash,
        MapBytes = 64 * JournalOptions.MebiByte,
        HostId = "test-host",
        Calendar = new VenueCalendar(new DateOnly(2025, 6, 16), TimeSpan.FromHours(-4)),
    };

    public static Universe Universe()
    {
        Assert.True(Contracts.Universe.TryCreate([Symbol.Parse("AAPL"), Symbol.Parse("MSFT")], out Universe? universe, out _));
        return universe!;
    }

    public static SessionId Session(string name)
    {
        Assert.True(SessionId.TryCreate(System.Text.Encoding.ASCII.GetBytes(name), out SessionId session));
        return session;
    }

    public void Start()
    {
        LogWriter log = LogWriter.Create(1024, out EventPoller<LogEvent> lines);
        Log = lines;
        Store = JournalStore.Open(Options, log);
        _ring = new SingleProducerRingBuffer<ResponseEvent>("responses", 65_536);
        Counters = CounterFile.InMemory();
        _executes = new SingleProducerRingBuffer<ExecuteEvent>("executes", 256);
        EventPoller<ExecuteEvent> executes = _executes.NewPoller();
        ToExecution = _executes.NewPoller(executes);
        Writer = new JournalWriter<TestClock>(
            Options, Store, Universe(), _ring.NewPoller(), Counters, log, Gate, new TestClock(Time), HasDurableIntents ? executes : null);
    }

    /// <summary>Ends as a killed process would: nothing is flushed.</summary>
    public void Stop()
    {
        Store?.Dispose();
        Counters?.Dispose();
        (Store, Counters) = (null!, null!);
    }

    public void Restart()
    {
        Stop();
        Start();
    }

    public void Publish(params ReadOnlySpan<ResponseEvent> events)
    {
        foreach (ResponseEvent response in events)
        {
            Assert.True(_ring.TryNext(out long sequence));
            _ring[sequence] = response;
            _ring.Publish(sequence);
        }
    }

    /// <summary>Decision wants orders sent.</summary>
    public void Want(int orders, int shares = 100)
    {
        for (int i = 0; i < orders; i++)
        {
            Assert.True(_executes.TryNext(out long sequence));
            _executes[sequence] = new ExecuteEvent { OfferReference = 77, QuantityShares = shares, LimitPrice = 50_0000, FairPrice = 51_0000, TickerIndex = 1, OrderSide = Side.Sell };
            _executes.Publish(sequence);
        }
    }

    public void Book(params ReadOnlySpan<ResponseEvent> events)
    {
        Publish(events);
        Writer.DoWork();
    }

    /// <summary>Writes past the writer, as a person with a tool would.</summary>
    public void Write(Action<LmdbTransaction> action)
    {
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(Store.Environment, out LmdbTransaction transaction));
        action(transaction);
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }

    public void Put(LmdbDatabase table, long key, ReadOnlySpan<byte> value)
    {
        byte[] bytes = value.ToArray();
        Write(transaction => Assert.Equal(LmdbStatus.Success, transaction.Put(table, key, bytes)));
    }

    /// <summary>What the shipper leaves beside the journal.</summary>
    public void WriteShipped(long id)
    {
        // Without allocating on this thread for the same content, so that a test may count.
        if (id == _shipped) return;
        _shipped = id;
        File.WriteAllText(Path.Combine(Options.Path, $"shipped.{Meta.Uuid:D}"), $"{id}\n");
    }

    public List<JournalRecord> Records()
    {
        using JournalReader reader = Store.OpenReader();
        JournalRecord[] buffer = new JournalRecord[100_000];
        JournalBatch batch = reader.ReadAfter(0, buffer);
        Assert.Equal(0, batch.DamagedId);
        return [.. buffer[..batch.Count]];
    }

    /// <summary>What the log was told since the last call, without the word that every journal has for its first session.</summary>
    public List<LogMessage> Lines()
    {
        List<LogMessage> lines = [];
        long last = Log.AvailableThrough(100);
        for (long line = Log.Next; line <= last; line++)
        {
            // Every life of a journal begins a session sooner or later; SessionDateSpecs look at what is said of it.
            if (Log[line].Message != LogMessage.SessionBegun) lines.Add(Log[line].Message);
        }

        if (last >= Log.Next) Log.Advance(last);
        lines.RemoveAll(line => line == LogMessage.SessionBegun);
        return lines;
    }

    /// <summary>Lets time pass and the writer look around.</summary>
    public void Wait(int ms)
    {
        Time.MonotonicNs += ms * 1_000_000L;
        Writer.DoWork();
    }

    public static ResponseEvent Executed(long sequence, ulong match, Side side = Side.Buy, int quantity = 100, int price = 50_0000,
        ushort ticker = 0, string session = "S1") => new()
        {
            Kind = ResponseKind.Executed,
            VenueSequence = sequence,
            ReplayFrom = sequence + 1,
            MatchNumber = match,
            UserRefNum = (uint)sequence,
            QuantityShares = quantity,
            ExecutionPrice = price,
            LimitPrice = price,
            OrderSide = side,
            TickerIndex = ticker,
            Session = Session(session),
        };

    public static ResponseEvent Message(long sequence, ResponseKind kind = ResponseKind.Accepted, long? replayFrom = null, string session = "S1") => new()
    {
        Kind = kind,
        VenueSequence = sequence,
        ReplayFrom = replayFrom ?? sequence + 1,
        Session = Session(session),
    };

    public void Dispose()
    {
        Stop();
        Directory.Delete(Options.Path, recursive: true);
    }
}

internal static class LeaseFiles
{
    public static LeaseFile WithJournal(this LeaseFile lease, Guid journal) => lease with { Journal = journal };
}
