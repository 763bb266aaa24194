using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>A price client with a fake service, time and rings around it.</summary>
public sealed class PriceClientBench : IDisposable
{
    private readonly EventPoller<LogEvent> _log;
    private readonly EventPoller<PriceEvent> _pricePoller;
    private readonly SingleProducerRingBuffer<RefreshRequest> _priorities = new("priorities", 64);
    private readonly SingleProducerRingBuffer<RefreshRequest> _refreshes = new("refreshes", 64);
    private readonly PriceClient<FakeStream, ManualClock> _client;

    public PriceClientBench(int tickers, Func<PriceClientOptions, PriceClientOptions>? change = null, int priceSlots = 1_024)
    {
        Service = new FakePriceService(Time);
        Universe = UniverseOf(tickers);
        Options = new PriceClientOptions { RequestsPerSecond = 1_000, Connections = 2, PipelineDepth = 4 };
        if (change is not null) Options = change(Options);
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", priceSlots);
        _pricePoller = prices.NewPoller();
        LogWriter log = LogWriter.Create(64, out _log);
        _client = new PriceClient<FakeStream, ManualClock>(
            Options,
            Universe,
            Service.Streams(Options.Connections),
            new ManualClock(Time),
            new RefreshSchedule(Options, new PriceCache(Universe)),
            prices,
            _priorities.NewPoller(),
            _refreshes.NewPoller(),
            Counters,
            log);
    }

    public ManualTime Time { get; } = new();

    public FakePriceService Service { get; }

    public Universe Universe { get; }

    public PriceClientOptions Options { get; }

    public CounterFile Counters { get; } = CounterFile.InMemory();

    /// <summary>Every price published and taken from the ring so far.</summary>
    public List<PriceEvent> Published { get; } = [];

    public List<LogMessage> Log { get; } = [];

    public bool TakesPrices { get; set; } = true;

    public static Universe UniverseOf(int tickers)
    {
        Assert.True(Universe.TryCreate([.. Enumerable.Range(0, tickers).Select(i => Symbol.Parse($"T{i:0000}"))], out Universe? universe, out _));
        return universe!;
    }

    public IEnumerable<PriceEvent> PricesOf(int ticker) => Published.Where(price => price.TickerIndex == ticker);

    public long Count(Counter counter) => Counters.Read(counter);

    public void Ask(ushort ticker)
    {
        Assert.True(_refreshes.TryNext(out long sequence));
        _refreshes[sequence] = new RefreshRequest { TickerIndex = ticker, AskedNs = Time.Ns };
        _refreshes.Publish(sequence);
    }

    public void Run(long milliseconds, long stepNs = ManualTime.NsPerMs)
    {
        for (long end = Time.Ns + milliseconds * ManualTime.NsPerMs; Time.Ns < end; Time.Advance(stepNs)) Cycle();
    }

    public void Cycle()
    {
        _client.DoWork();
        long last = TakesPrices ? _pricePoller.AvailableThrough(int.MaxValue / 2) : -1;
        for (long sequence = _pricePoller.Next; sequence <= last; sequence++) Published.Add(_pricePoller[sequence]);
        if (last >= _pricePoller.Next) _pricePoller.Advance(last);
        long lastLine = _log.AvailableThrough(64);
        for (long sequence = _log.Next; sequence <= lastLine; sequence++) Log.Add(_log[sequence].Message);
        if (lastLine >= _log.Next) _log.Advance(lastLine);
    }

    public void Dispose() => Counters.Dispose();
}
