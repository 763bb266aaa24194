using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Execution;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>
/// The stage Execution between a scripted venue, a journal that keeps only what a restart needs, and Decision's own book.
/// </summary>
internal sealed class Bench
{
    public const long CashAtStart = 1_000_000_0000;

    private readonly int _responsesCapacity;
    private SingleProducerRingBuffer<ExecuteEvent> _executes = null!;
    private EventPoller<ResponseEvent> _decisionPoller = null!;
    private EventPoller<ResponseEvent> _journalPoller = null!;
    private EventPoller<LogEvent> _log = null!;

    public Bench(ExecutionOptions? options = null, int responsesCapacity = 256, long startedMs = 0)
    {
        Time.AdvanceMs(startedMs);
        _responsesCapacity = responsesCapacity;
        Options = options ?? DefaultOptions;
        Venue = new ScriptedVenue(Stream, Time);
        Book = new TradeBook(2, CashAtStart);
        Start(ExecutionRecovery.None);
    }

    public static ExecutionOptions DefaultOptions => new()
    {
        Username = "MMUSER"u8.ToArray(),
        Password = "SECRET"u8.ToArray(),
        OpenOrdersMax = 16,
        ResponsesReserveSlots = 16,
        ExecutionsPerDayMax = 64,
    };

    public ExecutionOptions Options { get; set; }
    public ManualTime Time { get; } = new();
    public MemoryByteStream Stream { get; } = new();
    public ScriptedVenue Venue { get; }
    public TradeBook Book { get; private set; }
    public TradingGate Gate { get; private set; } = null!;
    public CounterFile Counters { get; private set; } = null!;
    public ExecutionSender<MemoryByteStream, ManualClock> Sender { get; private set; } = null!;

    /// <summary>Every response Decision saw, of all runs.</summary>
    public List<ResponseEvent> Responses { get; } = [];

    /// <summary>What the journal booked, of all runs.</summary>
    public List<ResponseEvent> Booked { get; } = [];

    /// <summary>What the journal keeps in quarantine, of all runs.</summary>
    public List<ResponseEvent> Quarantined { get; } = [];
    public List<LogEvent> Log { get; } = [];
    public SessionId JournalSession { get; private set; }
    public long BookedThrough { get; private set; }
    public long ReplayFrom { get; private set; } = 1;
    public int TradingDate { get; private set; }

    /// <summary>Whether Decision and Journal read the ring.</summary>
    public bool ConsumersRead { get; set; } = true;

    /// <summary>What /all names at the next start.</summary>
    public string[] TickerList { get; set; } = ["AAPL", "MSFT"];

    private Universe Tickers
    {
        get
        {
            Universe.TryCreate([.. TickerList.Select(Symbol.Parse)], out Universe? universe, out _);
            return universe!;
        }
    }

    public static Bench Live(ExecutionOptions? options = null, int responsesCapacity = 256)
    {
        Bench bench = new(options, responsesCapacity);
        bench.Run();
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        return bench;
    }

    /// <summary>The process is gone and starts again: rings, sender and Decision's reservations are new, the journal is not.</summary>
    /// <param name="wasKilled">Whether it went without its orderly stop.</param>
    public void KillAndRestart(bool wasKilled = false)
    {
        Stream.Break();
        long cash = CashAtStart - Booked.Sum(b => Sign(b) * (long)b.ExecutionPrice * b.QuantityShares);
        Book = new TradeBook(2, cash);
        for (ushort ticker = 0; ticker < 2; ticker++)
            Book.RestorePosition(ticker, Booked.Where(b => b.TickerIndex == ticker).Sum(b => Sign(b) * (long)b.QuantityShares));
        Start(new ExecutionRecovery(JournalSession, BookedThrough, ReplayFrom, wasKilled, TradingDate));
        foreach (ResponseEvent b in Booked.Where(b => b.Kind == ResponseKind.Executed))
            Sender.RestoreExecution(new(b.MatchNumber, b.UserRefNum, b.ExecutionPrice, b.QuantityShares, b.TickerIndex, b.OrderSide));
    }

    public void Want(int shares = 100, int price = 150_0000, Side side = Side.Buy, ushort ticker = 0, bool isShortSale = false, long intent = 0)
    {
        Assert.True(_executes.TryNext(out long sequence));
        _executes[sequence] = new ExecuteEvent
        {
            OfferReference = 77,
            ReceivedNs = Time.NowNs - 5_000,
            DecodedDeltaNs = 1,
            PricedDeltaNs = 2,
            DecidedDeltaNs = 3,
            LimitPrice = price,
            QuantityShares = shares,
            FairPrice = price + 5,
            TickerIndex = ticker,
            OrderSide = side,
            IsShortSale = isShortSale,
            IntentNumber = intent,
        };
        Book.Reserve(ticker, side, shares, price);
        _executes.Publish(sequence);
    }

    /// <summary>Engine and venue work in turn until neither has anything to do.</summary>
    public void Run(int rounds = 20)
    {
        for (int i = 0; i < rounds; i++) Step();
    }

    public void Step()
    {
        Sender.DoWork();
        Venue.Work();
        Read();
    }

    /// <summary>Time passes in steps of 100 ms, with both sides at work.</summary>
    public void Wait(int ms)
    {
        for (int passed = 0; passed < ms; passed += 100)
        {
            Time.AdvanceMs(100);
            Step();
            Step();
        }
    }

    public ResponseEvent[] Of(ResponseKind kind) => [.. Responses.Where(r => r.Kind == kind)];

    public LogEvent[] Said(LogMessage message) => [.. Log.Where(l => l.Message == message)];

    public void Read()
    {
        for (long s = _log.Next, last = _log.AvailableThrough(1024); s <= last; s++)
        {
            Log.Add(_log[s]);
            _log.Advance(s);
        }

        if (!ConsumersRead) return;
        for (long s = _decisionPoller.Next, last = _decisionPoller.AvailableThrough(1024); s <= last; s++)
        {
            Responses.Add(_decisionPoller[s]);
            Book.Apply(_decisionPoller[s]);
            _decisionPoller.Advance(s);
        }

        for (long s = _journalPoller.Next, last = _journalPoller.AvailableThrough(1024); s <= last; s++)
        {
            Commit(_journalPoller[s]);
            _journalPoller.Advance(s);
        }
    }

    private void Start(ExecutionRecovery recovery)
    {
        _executes = new SingleProducerRingBuffer<ExecuteEvent>("executes", 64);
        SingleProducerRingBuffer<ResponseEvent> responses = new("responses", _responsesCapacity);
        EventPoller<ExecuteEvent> executes = _executes.NewPoller();
        _decisionPoller = responses.NewPoller();
        _journalPoller = responses.NewPoller();
        Counters = CounterFile.InMemory();
        Gate = new TradingGate();
        Gate.Open();
        Sender = new ExecutionSender<MemoryByteStream, ManualClock>(
            Options,
            recovery,
            Tickers,
            executes,
            responses,
            Stream,
            Gate,
            Counters,
            LogWriter.Create(1024, out _log),
            new ManualClock(Time));
    }

    // The journal's rule: what is at or below bookedThrough is passed over; each event moves both numbers on.
    private void Commit(in ResponseEvent response)
    {
        if (response.VenueSequence == 0) return;
        if (response.Session != JournalSession)
            (JournalSession, BookedThrough, TradingDate) = (response.Session, 0, Options.Calendar.DateOfSessionBegun(Time.NowNs));
        if (response.VenueSequence <= BookedThrough) return;
        Assert.InRange(response.ReplayFrom, 1, response.VenueSequence + 1);
        if (response.Kind is ResponseKind.Executed or ResponseKind.Broken) Booked.Add(response);
        if (response.Contradiction != QuarantineReason.None) Quarantined.Add(response);
        (BookedThrough, ReplayFrom) = (response.VenueSequence, response.ReplayFrom);
    }

    private static int Sign(in ResponseEvent booked) =>
        (booked.OrderSide == Side.Buy ? 1 : -1) * (booked.Kind == ResponseKind.Broken ? -1 : 1);
}
