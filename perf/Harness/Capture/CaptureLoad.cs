using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Capture;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Logging;

namespace MarketMaker.Harness.Capture;

/// <summary>Nanoseconds per offer on the two threads.</summary>
internal sealed record CaptureCost(double DecisionNs, double WriterNs);

/// <summary>A day's inputs of Decision in little: half a million offers a second, prices at 2,000/s, every order answered. The same each time.</summary>
internal sealed class CaptureLoad
{
    public const int Tickers = 5_000;

    private const int BatchOffers = 64;
    private const int Prepared = 1 << 16;
    private const int BatchesPerPrice = 4;
    private const long NsPerOffer = 2_000;
    private const int RingSlots = 1 << 18;
    private const int BatchesPerWrite = 1_024;

    private readonly int _offers;
    private readonly OfferEvent[] _prepared = new OfferEvent[Prepared];
    private readonly int[] _prices = new int[Tickers];
    private readonly long[] _asOfNs = new long[Tickers];
    private readonly Queue<ExecuteEvent> _open = new(1_024);
    private readonly DecisionCore _core;
    private readonly CaptureRecorder? _recorder;
    private readonly CaptureWriter<SystemClock>? _writer;
    private long _nowNs = 1_000_000_000_000;

    public CaptureLoad(int offers, string? file)
    {
        _offers = offers;
        Random random = new(1);
        Symbol[] symbols = [.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:0000}"))];
        Universe.TryCreate(symbols, out Universe? universe, out _);
        TradeBook book = new(Tickers, 1_000_000_000L * Money.UnitsPerDollar);
        CaptureStart start = new() { Options = new DecisionOptions { SendsPerSecondMax = 1_000_000 }, Universe = universe!, Cash = book.CashFree, Positions = new long[Tickers] };
        Array.Fill(_prices, 1_000_000);
        Array.Fill(_asOfNs, _nowNs);
        double all = Enumerable.Range(1, Tickers).Sum(rank => 1.0 / rank);
        double[] upTo = new double[Tickers];
        for (int i = 0; i < Tickers; i++) upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + 1.0 / (i + 1) / all;
        for (int i = 0; i < Prepared; i++)
        {
            int found = Array.BinarySearch(upTo, random.NextDouble());
            ushort ticker = (ushort)Math.Min(Tickers - 1, found < 0 ? ~found : found);
            bool pays = random.Next(100) == 0;
            _prepared[i] = new OfferEvent
            {
                Kind = OfferEventKind.Offer,
                TickerIndex = ticker,
                OfferSide = random.Next(2) == 0 ? Side.Buy : Side.Sell,
                Price = pays ? 988_000 : 1_000_000 + random.Next(-8_000, 8_000),
                // Small orders, so that no limit of capital ends them.
                QuantityShares = pays ? random.Next(1, 5) : random.Next(1, 500),
            };
            if (pays) _prepared[i].OfferSide = Side.Sell;
        }

        _core = new DecisionCore(start.Options, book);
        if (file is null) return;
        _recorder = new CaptureRecorder(RingSlots);
        _writer = new CaptureWriter<SystemClock>(new CaptureOptions { Path = file }, start, _recorder, LogWriter.Create(64, out _), default);
    }

    public CaptureCost Run()
    {
        long decision = 0, writing = 0;
        for (int batch = 0, first = 0; first < _offers; batch++, first += BatchOffers)
        {
            // What changes the book is not what is measured, but it is on file.
            if (batch % BatchesPerPrice == 0) Price((ushort)(batch / BatchesPerPrice * 7 % Tickers));
            while (_open.Count > 100) Answer(_open.Dequeue());
            long began = Stopwatch.GetTimestamp();
            Judge(first, Math.Min(BatchOffers, _offers - first));
            decision += Stopwatch.GetTimestamp() - began;
            if (_writer is null || batch % BatchesPerWrite != 0) continue;
            began = Stopwatch.GetTimestamp();
            while (_writer.DoWork() > 0)
            {
            }

            writing += Stopwatch.GetTimestamp() - began;
        }

        long last = Stopwatch.GetTimestamp();
        _writer?.Finish();
        writing += Stopwatch.GetTimestamp() - last;
        if (_recorder is { NotRecorded: > 0 }) throw new MeasureException("the capture lost inputs: nothing is measured");
        return new CaptureCost((double)decision / _offers, (double)writing / _offers);
    }

    private void Judge(int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ref OfferEvent offer = ref _prepared[(first + i) & (Prepared - 1)];
            _nowNs += NsPerOffer;
            offer.ReceivedNs = _nowNs;
            offer.PricedDeltaNs = 800;
            offer.FeedSequence = offer.OrderReference = (ulong)(first + i);
            offer.FairPrice = _prices[offer.TickerIndex];
            offer.PriceAgeUs = (uint)((_nowNs + 800 - _asOfNs[offer.TickerIndex]) / 1_000);
            RefusalReason verdict = _core.Judge(in offer, TradingStops.None, out int quantityShares, out bool isShortSale);
            if (verdict != RefusalReason.None)
            {
                _recorder?.Refused(in offer, verdict);
                continue;
            }

            _core.Take(in offer, quantityShares, isShortSale, out ExecuteEvent order);
            _recorder?.Taken(in offer, in order);
            _open.Enqueue(order);
        }

        _recorder?.EndBatch();
    }

    private void Price(ushort ticker)
    {
        _asOfNs[ticker] = _nowNs - 400_000;
        PriceEvent price = new() { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = _prices[ticker], AsOfNs = _asOfNs[ticker], NowNs = _nowNs, ServiceTimeSeconds = _nowNs / 1_000_000_000 };
        _core.OnPrice(in price);
        _recorder?.Price(in price);
    }

    // One order in ten is won; sales of what was bought are left out, so positions only grow.
    private void Answer(ExecuteEvent order)
    {
        bool isWon = order.OfferReference % 10 == 0;
        ResponseEvent response = new()
        {
            Kind = isWon ? ResponseKind.Executed : ResponseKind.Canceled,
            TickerIndex = order.TickerIndex,
            OrderSide = order.OrderSide,
            QuantityShares = order.QuantityShares,
            LimitPrice = order.LimitPrice,
            ExecutionPrice = order.LimitPrice,
            FairPrice = order.FairPrice,
            OfferReference = order.OfferReference,
            ReceivedNs = order.ReceivedNs,
            AnsweredNs = _nowNs,
            SentDeltaNs = 20_000,
        };
        _core.OnResponse(in response);
        _recorder?.Response(in response);
    }
}
