using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class SignalMemorySpecs
{
    private const int Tickers = 8;
    private const int GuardFair = 1_000_000;
    private readonly OfferFlowGuard _guard = new(new OfferFlowOptions(), Tickers);
    private readonly CollarTable _collar = new(new CollarOptions());
    private readonly Markout _markout = new(new MarkoutOptions { FillsJudged = 4, PendingMax = 128 }, Tickers);
    private readonly WinRecord _record = new(new WinRecordOptions());
    private readonly DayMove _move = new(new DayMoveOptions(), Tickers);
    private readonly SellOff _sellOff = new(new SellOffOptions(), Tickers);

    [Fact]
    public void should_allocate_nothing_once_built()
    {
        // Long enough to stop, ask, drop, deny and diagnose; the first round also warms the runtime up.
        Run(2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(20_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, _guard.Stops);
        Assert.NotEqual(0, _markout.Dropped);
        Assert.NotEqual(0, _markout.Denials);
        Assert.NotEqual(0, _record.SlowDowns);
    }

    private void Run(int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            ushort ticker = (ushort)(i % Tickers);
            long nowNs = (i + 1) * 500_000_000L;
            int fair = 1_000_000 + (i % 977 * 100);
            _markout.OnPrice(ticker, fair, nowNs, nowNs);
            _move.OnPrice(ticker, fair);
            if (i % 1_000 < Tickers) _guard.OnPrice(ticker, GuardFair, nowNs);
            _sellOff.OnVerdict(new() { TickerIndex = ticker, Flags = TickerFlags.Volatile, SigmaCentiBp = 400, NowNs = nowNs });
            _sellOff.FloorPpm(ticker, nowNs, i % 3_000);
            int offered = GuardFair + (i / 500 % 2 == 0 ? 5_000 : -5_000);
            for (int offer = 0; offer < 4; offer++)
                _guard.Observe(new() { TickerIndex = ticker, OfferSide = Side.Sell, Price = offered, FairPrice = GuardFair, ReceivedNs = nowNs });
            _collar.IsWithin(fair, fair + i, (uint)i, isVolatile: false);
            bool isWin = i / 200 % 2 == 0;
            for (int fill = 0; fill < (i % 500 == 0 ? 40 : 1); fill++)
            {
                ResponseEvent answer = new()
                {
                    Kind = isWin ? ResponseKind.Executed : ResponseKind.Canceled,
                    TickerIndex = ticker,
                    OrderSide = Side.Buy,
                    FairPrice = fair,
                    LimitPrice = fair - 10_000,
                    ExecutionPrice = fair + 20_000,
                    QuantityShares = 10,
                    UserRefNum = (uint)((i * 64) + fill),
                    AnsweredNs = nowNs,
                    SentDeltaNs = (uint)i,
                };
                _markout.OnResponse(answer);
                _record.OnResponse(answer);
            }

            if (i % 120 == 0) _record.Diagnose();
        }
    }
}
