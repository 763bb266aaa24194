using MarketMaker.Backtest.Simulation;
using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Tests.Specs.Backtest;

public class VerdictStatisticsSpecs
{
    private const long NsPerSecond = 1_000_000_000;
    private const int Ticker = 3;

    private static readonly MarketOptions Calm = MarketOptions.Strategy(seed: 1, competitors: 0);

    [Fact]
    public void should_hold_what_became_of_the_stock_against_doing_nothing()
    {
        VerdictStatistics statistics = new(Calm);
        Tell(statistics, VerdictReasons.Jump, held: 100, fair: 50_000);
        statistics.Fill(Sale(60, 49_000));
        // Nothing new: still the same position.
        Tell(statistics, VerdictReasons.Jump, held: 40, fair: 45_000);
        Tell(statistics, VerdictReasons.None, held: 40, fair: 40_000);
        Assert.Equal((1L, 5_000_000L), (statistics.HeldPositions, statistics.HeldValue));
        Assert.Equal((-460_000L, 460_000L), (statistics.HeldProfit, statistics.HeldLoss));
        Assert.Equal((-1_000_000L, 1_000_000L), (statistics.IdleProfit, statistics.IdleLoss));
    }

    [Fact]
    public void should_not_set_what_one_position_gained_against_what_another_lost()
    {
        VerdictStatistics statistics = new(Calm);
        Tell(statistics, VerdictReasons.Rise, held: 10, fair: 50_000);
        Tell(statistics, VerdictReasons.None, held: 10, fair: 60_000);
        Tell(statistics, VerdictReasons.Rise, held: 10, fair: 60_000);
        Tell(statistics, VerdictReasons.None, held: 10, fair: 50_000);
        Assert.Equal((0L, 100_000L), (statistics.HeldProfit, statistics.HeldLoss));
    }

    [Fact]
    public void should_leave_out_stocks_whose_ticker_is_only_far_from_its_open_or_without_a_price()
    {
        VerdictStatistics statistics = new(Calm);
        Tell(statistics, VerdictReasons.DayMove | VerdictReasons.NoData, held: 10, fair: 50_000);
        statistics.Fill(Sale(10, 20_000));
        Tell(statistics, VerdictReasons.None, held: 0, fair: 20_000);
        Assert.Equal((0L, 0L, 0L), (statistics.HeldPositions, statistics.HeldLoss, statistics.FalseVerdicts));
    }

    [Fact]
    public void should_time_a_wild_ticker_from_its_rise_and_once()
    {
        VerdictStatistics statistics = new(Calm with { WildShare = 1, WildFromSeconds = 10 });
        Assert.Equal(Calm.Tickers, statistics.WildTickers);
        Tell(statistics, VerdictReasons.Rise, held: 0, fair: 1, atSeconds: 14);
        Tell(statistics, VerdictReasons.None, held: 0, fair: 1, atSeconds: 400);
        Tell(statistics, VerdictReasons.Rise, held: 0, fair: 1, atSeconds: 500);
        Assert.Equal((1, 4_000L, 4_000L, 0L), (statistics.WildFound, statistics.WildFoundMs, statistics.WildFoundMsMax, statistics.FalseVerdicts));
    }

    private static void Tell(VerdictStatistics statistics, VerdictReasons reasons, long held, int fair, long atSeconds = 20) =>
        statistics.Verdict(new PriceEvent { Kind = PriceEventKind.Verdict, TickerIndex = Ticker }, reasons, atSeconds * NsPerSecond, held, fair);

    private static MarketFill Sale(int shares, int price) => new(1, new MarketOrder(0, 1, 0, Ticker, Side.Sell, price, shares), price, shares, 0);
}
