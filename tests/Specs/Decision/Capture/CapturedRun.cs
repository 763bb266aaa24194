using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Capture;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Tests.Specs.Prices;

namespace MarketMaker.Tests.Specs.Decision.Capture;

/// <summary>A seeded run of Decision, recorded as the engine's stage records it.</summary>
internal sealed class CapturedRun : IDisposable
{
    public const int Tickers = 20;
    private const int Fair = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("mm-capture-").FullName;
    private readonly Random _random;
    private readonly DecisionCore _core;
    private readonly Queue<ExecuteEvent> _open = new();
    private readonly int[] _prices = new int[Tickers];
    private readonly long[] _asOfNs = new long[Tickers];
    private readonly EventPoller<LogEvent> _log;
    private ulong _reference = 1_000_000_000_000;
    private TradingStops _stops;

    public CapturedRun(int seed, int ringSlots = 65_536, Func<CaptureOptions, CaptureOptions>? change = null)
    {
        _random = new Random(seed);
        Time.Advance(3_600 * ManualTime.NsPerSecond);
        Universe universe = PriceClientBench.UniverseOf(Tickers);
        TradeBook book = new(Tickers, 500_000L * Money.UnitsPerDollar);
        for (int i = 0; i < Tickers; i += 3) book.RestorePosition(i, 100 * i);
        StrategyState strategy = new(Tickers) { OpeningEquity = 600_000L * Money.UnitsPerDollar };
        strategy.Set(1, 5_000_000, new DayRange(990_000, 985_000, 1_001_000));
        Start = new CaptureStart
        {
            Options = new DecisionOptions { BuyEdgePpm = 5_000, OrderNotionalMax = 20_000L * Money.UnitsPerDollar, OrdersInFlightMax = 40 },
            Universe = universe,
            Cash = book.CashFree,
            Positions = CaptureStart.PositionsOf(book, Tickers),
            Strategy = CaptureStart.NumbersOf(strategy, Tickers),
            StartedWallNs = 1,
            ConfigurationHash = 0xFEDC_BA98_7654_3210,
        };
        _core = new DecisionCore(Start.Options, book, strategy);
        Recorder = new CaptureRecorder(ringSlots);
        CaptureOptions options = new() { Path = Path.Combine(_folder, "run.capture") };
        Writer = new CaptureWriter<ManualClock>(change is null ? options : change(options), Start, Recorder, LogWriter.Create(64, out _log), new ManualClock(Time));
    }

    public ManualTime Time { get; } = new();

    public CaptureStart Start { get; }

    public CaptureRecorder Recorder { get; }

    public CaptureWriter<ManualClock> Writer { get; }

    public string File => Writer.Path;

    public string Folder => _folder;

    public long Offers { get; private set; }

    public long Orders { get; private set; }

    public int BusyOffers { get; private set; }

    /// <summary>Set to make the recorded verdict, or order, another than the one decided.</summary>
    public bool LiesAboutVerdict { get; set; }

    public bool LiesAboutOrder { get; set; }

    public List<LogMessage> Said
    {
        get
        {
            List<LogMessage> said = [];
            for (long line = _log.Next, last = _log.AvailableThrough(64); line <= last; line++) said.Add(_log[line].Message);
            return said;
        }
    }

    /// <summary>Some batches of inputs, as mixed as a day's.</summary>
    public void Run(int batches, bool writes = true)
    {
        for (int batch = 0; batch < batches; batch++)
        {
            Time.Advance(_random.Next(2_000_000));
            for (int i = _random.Next(3); i > 0 && _open.Count > 0; i--) Answer(_open.Dequeue());
            for (int i = _random.Next(4); i > 0; i--) Price();
            if (_random.Next(50) == 0) Recorder.Stops(_stops = (TradingStops)_random.Next(4) & ~(_random.Next(3) == 0 ? 0 : TradingStops.Sends));
            for (int i = _random.Next(12); i > 0; i--) Offer();
            Recorder.EndBatch();
            if (writes) Writer.DoWork();
        }
    }

    /// <summary>Ends in order.</summary>
    public CaptureReplayResult FinishAndReplay()
    {
        Writer.Finish();
        return CaptureReplay.Run(File);
    }

    public void Dispose()
    {
        Writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Offer()
    {
        ushort ticker = (ushort)_random.Next(Tickers);
        long ageNs = Time.Ns - _asOfNs[ticker];
        OfferEvent offer = new()
        {
            Kind = OfferEventKind.Offer,
            TickerIndex = ticker,
            OfferSide = _random.Next(2) == 0 ? Side.Buy : Side.Sell,
            Price = Fair + _random.Next(-30_000, 30_001),
            QuantityShares = _random.Next(40) == 0 ? 0 : _random.Next(1, 300),
            FeedSequence = (ulong)(Offers * 3 + 7),
            OrderReference = _reference += (ulong)_random.Next(1, 40),
            ReceivedNs = Time.Ns - _random.Next(5_000),
            FairPrice = _prices[ticker],
            PriceAgeUs = _prices[ticker] == 0 ? uint.MaxValue : (uint)(ageNs / 1_000),
            Flags = _prices[ticker] == 0 ? TickerFlags.NoPrice : _random.Next(30) == 0 ? (TickerFlags)_random.Next(64) : TickerFlags.None,
        };
        // Prices had a newer price now and then than Decision has taken.
        if (_random.Next(20) == 0 && offer.FairPrice != 0) (offer.FairPrice, offer.PriceAgeUs) = (offer.FairPrice + 100, 12);
        offer.PricedDeltaNs = (uint)(Time.Ns - offer.ReceivedNs);
        Offers++;
        RefusalReason verdict = _core.Judge(in offer, _stops, out int quantityShares, out bool isShortSale);
        if (verdict != RefusalReason.None)
        {
            Recorder.Refused(in offer, LiesAboutVerdict && verdict == RefusalReason.StalePrice ? RefusalReason.Edge : verdict);
            return;
        }

        if (_random.Next(10) == 0)
        {
            BusyOffers++;
            Recorder.Refused(in offer, RefusalReason.ExecutionBusy);
            return;
        }

        Orders++;
        _core.Take(in offer, quantityShares, isShortSale, out ExecuteEvent order);
        _open.Enqueue(order);
        if (LiesAboutOrder) order.QuantityShares++;
        Recorder.Taken(in offer, in order);
    }

    private void Price()
    {
        ushort ticker = (ushort)_random.Next(Tickers);
        PriceEvent price = new() { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = Fair + _random.Next(-5_000, 5_001), AsOfNs = Time.Ns - _random.Next(20_000_000), NowNs = Time.Ns, ServiceTimeSeconds = 1_700_000_000 + Time.Ns / 1_000_000_000 };
        if (_random.Next(4) == 0) price = new() { Kind = PriceEventKind.Tick, NowNs = Time.Ns, AsOfNs = Time.Ns };
        else if (_random.Next(10) == 0) price = new() { Kind = PriceEventKind.Verdict, TickerIndex = ticker, NowNs = Time.Ns, Flags = TickerFlags.SellOnly | TickerFlags.Volatile, SigmaCentiBp = 412, OpenPrice = 1_010_000 };
        else (_prices[ticker], _asOfNs[ticker]) = (price.Price, price.AsOfNs);
        _core.OnPrice(in price);
        Recorder.Price(in price);
    }

    private void Answer(ExecuteEvent order)
    {
        ResponseKind kind = _random.Next(5) switch { 0 => ResponseKind.Canceled, 1 => ResponseKind.NotSent, 2 => ResponseKind.Rejected, _ => ResponseKind.Executed };
        ResponseEvent response = new()
        {
            Kind = kind,
            TickerIndex = order.TickerIndex,
            OrderSide = order.OrderSide,
            QuantityShares = order.QuantityShares,
            LimitPrice = order.LimitPrice,
            ExecutionPrice = kind == ResponseKind.Executed ? order.LimitPrice : 0,
            FairPrice = order.FairPrice,
            OfferReference = order.OfferReference,
            ReceivedNs = order.ReceivedNs,
            AnsweredNs = Time.Ns,
            DecodedDeltaNs = 100,
            PricedDeltaNs = 200,
            DecidedDeltaNs = 300,
            SentDeltaNs = 9_000,
            UserRefNum = (uint)Orders,
            NotSentReason = kind == ResponseKind.NotSent ? RefusalReason.NotSentRateLimit : RefusalReason.None,
        };
        _core.OnResponse(in response);
        Recorder.Response(in response);
    }
}
