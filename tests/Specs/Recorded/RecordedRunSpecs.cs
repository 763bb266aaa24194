using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Recorded;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Recorded;

public sealed class RecordedRunSpecs
{
    private const long MsNs = 1_000_000;

    /// <summary>Against its own mid a book offers one percent almost never, so any edge will do.</summary>
    public static readonly RecordedRunOptions AnyEdge = new() { Decision = new DecisionOptions { BuyEdgePpm = 0, SellEdgePpm = 0, ShortSelling = true } };

    [SkippableTheory]
    [InlineData(MarketData.Aapl, 10_000, 4_767, 0)]
    [InlineData(MarketData.Opening, 35_581, 0, 2)]
    public void should_decode_every_message_and_explain_every_order(string file, int messages, int offers, int tornBytes)
    {
        using ItchDay day = new(MarketData.PathOrSkip(file));
        RecordedRunReport report = RecordedRun.Run(day, AnyEdge);
        Assert.Equal((messages, 0, tornBytes, offers), (report.Messages, report.Undecoded, report.TornBytes, report.Offers));
        Assert.Equal(0, report.FromBefore);
        Assert.Equal(offers > 0, report.Orders > 0);
        ShouldBeExplained(report);
    }

    [SkippableTheory]
    [InlineData(BookFairPrice.Mid)]
    [InlineData(BookFairPrice.SizeWeightedMid)]
    public void should_earn_no_more_than_the_clairvoyant_on_a_recorded_day(BookFairPrice fairPrice)
    {
        RecordedRunOptions options = AnyEdge with { Decision = new DecisionOptions { BuyEdgePpm = 0, SellEdgePpm = 0 }, FairPrice = fairPrice };
        using ItchDay day = new(MarketData.PathOrSkip(MarketData.Aapl));
        RecordedRunReport report = RecordedRun.Run(day, options);
        TradingDay known = new()
        {
            Opportunities = report.Opportunities,
            Cash = options.Cash,
            StartFairPrices = [.. report.EndFairPrices],
            EndFairPrices = report.EndFairPrices,
            LiquidationPpm = 0,
        };
        ClairvoyantResult best = ClairvoyantTrader.Solve(known, Accounting.Money);
        Assert.True(report.FilledShares > 0);
        Assert.InRange(report.Profit, -options.Cash, best.Bound);
        Assert.True(best.Plan.IsPossible);
    }

    [Fact]
    public void should_judge_an_offer_by_the_price_that_the_book_had_without_it_and_win_what_rests_when_the_order_arrives()
    {
        RecordedRunReport report = Run(
            Add(1, Side.Buy, 99_0000, 10, at: 0), Add(2, Side.Sell, 101_0000, 10, at: 1),
            Add(3, Side.Sell, 98_0000, 10, at: 2 * MsNs), Change(RecordedKind.Executed, 3, 4, at: 2 * MsNs + 1));
        Assert.Equal((1, 1), (report.Orders, report.Ended(OrderFate.PartlyFilled)));
        Assert.Equal((6, 6 * 2_0000L), (report.FilledShares, report.EdgeProfit));
        Assert.Equal(6, report.Opportunities.Single(offer => offer.Price == 98_0000).Shares);
    }

    [Theory]
    [InlineData(RecordedKind.Executed, OrderFate.TakenByOthers)]
    [InlineData(RecordedKind.Deleted, OrderFate.Withdrawn)]
    [InlineData(RecordedKind.Cancelled, OrderFate.Withdrawn)]
    public void should_say_why_an_order_found_nothing(RecordedKind end, OrderFate fate)
    {
        RecordedRunReport report = Run(
            Add(1, Side.Buy, 99_0000, 10, at: 0), Add(2, Side.Sell, 101_0000, 10, at: 1),
            Add(3, Side.Sell, 98_0000, 10, at: 2), Change(end, 3, 10, at: 3));
        Assert.Equal((1, 1, 0), (report.Orders, report.Ended(fate), report.FilledShares));
        ShouldBeExplained(report);
    }

    [Fact]
    public void should_not_trade_a_halted_ticker()
    {
        RecordedRunReport report = Run(
            Add(1, Side.Buy, 99_0000, 10, at: 0), Add(2, Side.Sell, 101_0000, 10, at: 1), new RecordedChange(2, RecordedKind.Halted, 0),
            Add(3, Side.Sell, 98_0000, 10, at: 3), new RecordedChange(4, RecordedKind.Resumed, 0), Add(4, Side.Sell, 98_0000, 10, at: 5));
        Assert.Equal((1, 1), (report.Refused(RefusalReason.TickerHalted), report.Orders));
    }

    internal static void ShouldBeExplained(RecordedRunReport report)
    {
        Assert.Equal(report.Offers, report.RefusedInAll + report.Orders);
        Assert.Equal(0, report.Ended(OrderFate.Unexplained));
        Assert.Equal(0, report.Contradictions);
    }

    private static RecordedRunReport Run(params RecordedChange[] changes) => RecordedRun.Run(new ListedDay(changes), AnyEdge);

    private static RecordedChange Add(ulong reference, Side side, int price, int shares, long at) =>
        new(at, RecordedKind.Added, 0, side, reference, price, shares);

    private static RecordedChange Change(RecordedKind kind, ulong reference, int shares, long at) => new(at, kind, 0, Reference: reference, Shares: shares);

    private sealed class ListedDay(RecordedChange[] changes) : IRecordedDay
    {
        public IReadOnlyList<string> Names { get; } = ["ONE"];

        public long Messages { get; private set; }

        public long Undecoded => 0;

        public int TornBytes => 0;

        public bool TryNext(out RecordedChange change)
        {
            change = Messages < changes.Length ? changes[Messages] : default;
            return Messages++ < changes.Length;
        }

        public void Dispose()
        {
        }
    }
}
