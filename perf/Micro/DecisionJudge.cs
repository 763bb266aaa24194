using BenchmarkDotNet.Attributes;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Micro;

/// <summary>
/// Decision without rings: offers over 5,000 tickers, two in a hundred of them pay and are taken, lost and released. One operation is one offer;
/// the rival is the fixed 1 % rule with its limits alone, on the same offers.
/// </summary>
[MemoryDiagnoser]
public class DecisionJudge
{
    internal const int Batch = 1_024;
    private const int Batches = 64;
    private const int Tickers = 5_000;

    private readonly OfferEvent[] _offers = new OfferEvent[Batch * Batches];
    private DecisionCore _strategy = null!;
    private DecisionCore _fixedRule = null!;
    private int _batch;

    /// <summary>The same offers for both.</summary>
    [GlobalSetup]
    public void Build()
    {
        _strategy = Core(new DecisionOptions());
        _fixedRule = Core(new DecisionOptions { RentAPpm = 0, Collar = null, OfferFlow = null, Markout = null, DayMove = null, SellOff = null });
        Random random = new(1);
        for (int i = 0; i < _offers.Length; i++)
        {
            ushort ticker = (ushort)random.Next(Tickers);
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            // Most are half a percent on the wrong side, as the strategy document's model has it.
            int edgePpm = random.Next(100) < 2 ? random.Next(10_000, 15_000) : -5_000 + random.Next(-4_000, 4_000);
            int fair = FairOf(ticker);
            int price = (int)(side == Side.Buy ? fair * (1_000_000L + edgePpm) / 1_000_000 : fair * (1_000_000L - edgePpm) / 1_000_000);
            _offers[i] = new OfferEvent
            {
                Kind = OfferEventKind.Offer,
                OfferSide = side,
                Price = price,
                FairPrice = fair,
                PriceAgeUs = 100_000,
                QuantityShares = 10,
                TickerIndex = ticker,
            };
        }
    }

    /// <summary>All that Decision decides.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public int Strategy() => Judge(_strategy);

    /// <summary>Floor, limits and reservations only.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public int FixedRule() => Judge(_fixedRule);

    private int Judge(DecisionCore core)
    {
        int taken = 0;
        _batch = (_batch + 1) % Batches;
        long firstNs = core.NowNs;
        Span<OfferEvent> offers = _offers.AsSpan(_batch * Batch, Batch);
        for (int i = 0; i < offers.Length; i++)
        {
            // Two microseconds apart: 500,000 offers a second.
            offers[i].ReceivedNs = firstNs + i * 2_000;
            if (core.Judge(offers[i], TradingStops.None, out int quantity, out bool isShort) != RefusalReason.None) continue;
            core.Take(offers[i], quantity, isShort, out ExecuteEvent order);
            taken++;
            core.OnResponse(new ResponseEvent
            {
                Kind = ResponseKind.Canceled,
                TickerIndex = order.TickerIndex,
                OrderSide = order.OrderSide,
                QuantityShares = order.QuantityShares,
                LimitPrice = order.LimitPrice,
                FairPrice = order.FairPrice,
                UserRefNum = (uint)taken,
                AnsweredNs = offers[i].ReceivedNs,
            });
        }

        core.OnPrice(new PriceEvent { Kind = PriceEventKind.Tick, NowNs = firstNs + Batch * 2_000 });
        return taken;
    }

    private static int FairOf(int ticker) => 100_000 + ticker * 700;

    private static DecisionCore Core(DecisionOptions options)
    {
        TradeBook book = new(Tickers, 100_000_000L * Money.UnitsPerDollar);
        for (int i = 0; i < Tickers; i++) book.RestorePosition(i, 1_000);
        DecisionCore core = new(options with { SendsPerSecondMax = 1_000_000 }, book);
        for (ushort i = 0; i < Tickers; i++) core.OnPrice(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = i, Price = FairOf(i) });
        core.OnPrice(new PriceEvent { Kind = PriceEventKind.Tick });
        return core;
    }
}
