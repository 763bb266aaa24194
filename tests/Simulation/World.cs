using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Execution;
using MarketMaker.Journal;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Simulation;

/// <summary>Engine, venue, network, disk and time of one seed, on one thread. The same seed gives the same world, step by step.</summary>
internal sealed class World : IDisposable
{
    public const long OpeningCash = 300_000_0000;
    public const int FairPrice = 100_0000;

    private const long PricePeriodNs = 100 * VirtualTime.NsPerMs;
    private const int StepNsMax = 400_000;
    private const long NightNs = 20 * 3_600_000 * VirtualTime.NsPerMs;

    private readonly Random _random;
    private readonly JournalOptions _journal;
    private readonly ExecutionOptions _orders;
    private readonly bool _captures;
    private SimulatedStream _stream = null!;
    private ulong _lastReference;
    private long _diskBusyUntilNs;
    private long _pricesDueNs;

    public World(int seed, double damage = 0.03, bool durableIntents = false, bool captures = false)
    {
        _captures = captures;
        _orders = Orders with { DurableIntent = durableIntents };
        Seed = seed;
        _random = new Random(seed);
        Venue = new SimulatedVenue(Time, new Random(seed + 1));
        Feed = new SimulatedFeed(Time, new Random(seed + 2), damage);
        Assert.True(Universe.TryCreate([.. Enumerable.Range(0, 6).Select(i => Symbol.Parse($"SIM{i}"))], out Universe? universe, out _));
        Tickers = universe!;
        _journal = new JournalOptions
        {
            Path = Directory.CreateDirectory(Path.Combine(MemoryFolder, $"mm-sim-{Guid.NewGuid():N}")).FullName,
            Node = "SIM",
            HostId = "simulation",
            OpeningCash = OpeningCash,
            MapBytes = 16 * JournalOptions.MebiByte,
            ProgressCommitMs = 10,
            IdsReserve = 1_000,
            IntentsMax = 64,
            IdsLowThreshold = 0,
        };
        JournalMeta meta = JournalStore.Init(_journal);
        LeaseFile.Whole(7, "SIM", meta.Uuid).Write(_journal.Path);
        Begin();
    }

    public static DecisionOptions Limits => new() { OfferFlow = null, OrdersInFlightMax = 24, OrderNotionalMax = 30_000_0000, TickerUsedMaxPpm = 333_333 };

    public static ExecutionOptions Orders => new()
    {
        Username = "SIMUSR"u8.ToArray(),
        Password = "SECRET"u8.ToArray(),
        NodeTag = "SIM",
        OpenOrdersMax = 64,
        ResponsesReserveSlots = 64,
        ExecutionsPerDayMax = 8_192,
        ReconnectMinMs = 2,
        ReconnectMaxMs = 20,
        ConnectTimeoutMs = 50,
        VenueSilenceMs = 2_000,
        FenceRetryMs = 20,
    };

    public int Seed { get; }

    public VirtualTime Time { get; } = new();

    public Universe Tickers { get; }

    public SimulatedVenue Venue { get; }

    public SimulatedFeed Feed { get; }

    public EngineLife Life { get; private set; } = null!;

    public int Kills { get; private set; }

    public int Cuts { get; private set; }

    /// <summary>Orders of which it was seen that their intent was durable when they left.</summary>
    public int IntentsChecked { get; private set; }

    /// <summary>The capture of each life so far, where lives are captured.</summary>
    public List<string> Captures { get; } = [];

    /// <summary>Orders that Decision made, by life, for those captured.</summary>
    public List<long> Decided { get; } = [];

    /// <summary>Orders sent, over all lives.</summary>
    public long Sent { get; private set; }

    /// <summary>Fingerprint of every byte sent to the venue, over all lives, and of when it was sent.</summary>
    public ulong SendsHash { get; private set; }

    // Memory instead of a disk where there is one: a flush costs nothing and means nothing here.
    private static string MemoryFolder => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Trades for some virtual time with cuts and kills at random moments.</summary>
    public void Trade(int ms, double cutsPerSecond, double killsPerSecond)
    {
        long endNs = Time.NowNs + ms * VirtualTime.NsPerMs;
        while (Time.NowNs < endNs)
        {
            if (_random.Next(3) == 0) PublishOffer((ushort)_random.Next(Tickers.Count), _random.Next(2) == 0 ? Side.Buy : Side.Sell, FairPrice + _random.Next(-30_000, 30_001), _random.Next(1, 200));
            if (_random.Next(400) == 0) _diskBusyUntilNs = Time.NowNs + _random.Next(30) * VirtualTime.NsPerMs;
            Step();
            if (Strikes(cutsPerSecond)) Cut();
            if (Strikes(killsPerSecond)) KillAndRestart(downMs: _random.Next(2, 60));
        }
    }

    /// <summary>Offers one order on the feed.</summary>
    public void PublishOffer(ushort ticker, Side side, int price, int shares) =>
        Feed.Publish(new AddOrder(new(LocateOf(ticker), 0, Time.NowNs), ++_lastReference, side, (uint)shares, Tickers[ticker], (uint)price));

    /// <summary>Some virtual time passes without new offers.</summary>
    public void Wait(int ms)
    {
        long endNs = Time.NowNs + ms * VirtualTime.NsPerMs;
        while (Time.NowNs < endNs) Step();
    }

    /// <summary>Runs until something is so.</summary>
    public void WaitUntil(Func<bool> done, string what, int msMax = 20_000)
    {
        long endNs = Time.NowNs + msMax * VirtualTime.NsPerMs;
        while (!done())
        {
            Assert.True(Time.NowNs < endNs, $"seed {Seed}: not within {msMax} virtual ms: {what}; execution is {Life.Sender.State} with {Life.Book.OrdersInFlight} orders in flight, the venue has {Venue.Open.Count} open; it said {string.Join(' ', Life.Said)}");
            Step();
        }
    }

    public void Cut()
    {
        Cuts++;
        _stream.Cut();
    }

    /// <summary>SIGKILL: stages, rings and sockets are gone, the journal stays. The venue goes on meanwhile.</summary>
    public void KillAndRestart(int downMs)
    {
        Kills++;
        _stream.Cut();
        End();
        Feed.DropUnderWay();
        long upNs = Time.NowNs + downMs * VirtualTime.NsPerMs;
        while (Time.NowNs < upNs) Outside();
        Begin();
    }

    /// <summary>The market closes, the venue ends its session, and the next one begins in the morning.</summary>
    /// <param name="session">Name of the next session.</param>
    /// <param name="stopsOverNight">Whether the engine is stopped in order in the evening and started again in the morning.</param>
    public void PassNight(string session, bool stopsOverNight)
    {
        if (stopsOverNight)
        {
            StopInOrder();
            End();
        }
        else
        {
            ComeToRest();
        }

        Feed.DropUnderWay();
        Venue.BeginSession(session);
        // An engine that stays up is told, and sees the night pass in one step: its connections are dead by then.
        if (!stopsOverNight) Wait(100);
        Time.NowNs += NightNs;
        if (stopsOverNight) Begin();
    }

    /// <summary>No more offers: everything under way comes to its end, then the engine stops in order.</summary>
    public void StopInOrder()
    {
        ComeToRest();
        Life.Sender.BeginDrain();
        WaitUntil(() => Life.Sender.IsDrained, "the drain");
        Life.Sender.BeginLogout();
        WaitUntil(() => Life.Sender.IsLoggedOut && Life.IsJournalDone, "the logout");
        Life.Flush();
    }

    public void Step()
    {
        Outside();
        if (Time.NowNs >= _pricesDueNs) PublishPrices();
        Life.Step(isDiskFree: Time.NowNs >= _diskBusyUntilNs && _random.Next(3) == 0);
        WorldChecks.Reservations(this);
    }

    /// <summary>Ends this life and begins another from the journal, without a venue: to see what was booked.</summary>
    public RecoveredState Reopen()
    {
        End();
        Begin();
        return Life.Recovered;
    }

    public void Dispose()
    {
        Life.Dispose();
        Directory.Delete(_journal.Path, recursive: true);
    }

    private static ushort LocateOf(int ticker) => (ushort)(ticker + 1);

    private void ComeToRest()
    {
        _diskBusyUntilNs = 0;
        WaitUntil(() => !Venue.HasPlans && Venue.Open.Count == 0 && Life.IsTrading && Life.Book.OrdersInFlight == 0, "an end of every order");
        // The last words of the venue are still under way.
        Wait(50);
    }

    private bool Strikes(double perSecond) => _random.NextDouble() < perSecond * (StepNsMax / 2) / 1e9;

    private void Outside()
    {
        Time.NowNs += _random.Next(10_000, StepNsMax);
        Feed.Work();
        Venue.Work();
    }

    private void Begin()
    {
        _stream = new SimulatedStream(Venue, Time, new Random(_random.Next()));
        if (_captures) Captures.Add(Path.Combine(_journal.Path, $"life-{Captures.Count}.capture"));
        Life = new EngineLife(_journal, Tickers, Feed, _stream, new VirtualClock(Time), _orders, _captures ? Captures[^1] : null);
        if (_orders.DurableIntent) _stream.OnOrder = CheckIntent;
        for (ushort ticker = 0; ticker < Tickers.Count; ticker++)
        {
            Apply(new StockDirectory(new(LocateOf(ticker), 0, 1), Tickers[ticker], 0, 0, 100, 0, 0, 0, (byte)'P', 0, 0, 0, 0, 0, 0));
            Apply(new TradingAction(new(LocateOf(ticker), 0, 1), Tickers[ticker], (byte)'T', (byte)' ', Alpha4.Blank));
        }

        Apply(new Protocols.Itch50.SystemEvent(new(0, 0, 1), (byte)'Q'));
        Life.Snapshot.StartAt(Feed.NextSequence);
        _pricesDueNs = 0;
    }

    /// <summary>At the moment an order leaves, what it means to do is on the disk.</summary>
    private void CheckIntent(EnterOrder order)
    {
        long number = new IntentTag("SIM").Read(order.ClOrdId);
        Assert.True(number > 0, $"seed {Seed}: order {order.UserRefNum} names no intent");
        IntentRecord? durable = Life.DurableIntent(number);
        Assert.True(durable is not null, $"seed {Seed}: order {order.UserRefNum} is sent before its intent {number} is durable");
        Assert.Equal(
            (order.Symbol, (int)order.QuantityShares, (int)order.Price, order.Side),
            (durable.Value.Symbol, durable.Value.QuantityShares, durable.Value.LimitPrice, (byte)durable.Value.Side));
        IntentsChecked++;
    }

    private void End()
    {
        Sent += Life.Counters.Read(Counter.ExecutionSent);
        SendsHash = SendsHash * 31 + _stream.SendsHash;
        WorldChecks.NothingContradicts(this);
        Decided.Add(Life.Counters.Read(Counter.DecisionExecutes));
        Life.Dispose();
    }

    private void Apply<T>(T message)
        where T : struct, IItchMessage<T>
    {
        Span<byte> bytes = stackalloc byte[T.Length];
        message.Write(bytes);
        Life.Snapshot.ApplySnapshotMessage(bytes);
    }

    private void PublishPrices()
    {
        _pricesDueNs = Time.NowNs + PricePeriodNs;
        for (ushort ticker = 0; ticker < Tickers.Count; ticker++)
            Life.Price(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = FairPrice, AsOfNs = Time.NowNs });
    }
}
