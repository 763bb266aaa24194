using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class MarkoutSpecs
{
    private const long Second = 1_000_000_000;
    private const int Paid = 990_000;
    private readonly Markout _markout = new(new() { FillsJudged = 4, PendingMax = 16 }, tickerCount: 2);
    private uint _order;

    [Theory]
    [InlineData(Side.Buy, 980_000, true)]
    [InlineData(Side.Buy, 990_000, false)]
    [InlineData(Side.Buy, 1_000_000, false)]
    [InlineData(Side.Sell, 1_020_000, true)]
    [InlineData(Side.Sell, 1_000_000, false)]
    public void should_deny_a_ticker_whose_last_fills_lost_money_after_ten_seconds(Side side, int later, bool isDenied)
    {
        for (int fill = 0; fill < 4; fill++) Fill(fill * Second, 100, side);
        Price(9 * Second, later);
        _markout.OnTime(13 * Second);
        Assert.Equal(isDenied, _markout.IsDenied(0, 13 * Second));
        Assert.False(_markout.IsDenied(1, 13 * Second));
        Assert.Equal(isDenied ? 1 : 0, _markout.Denials);
    }

    [Fact]
    public void should_deny_at_the_last_of_so_many_fills_and_not_before_and_for_a_quarter_of_an_hour()
    {
        for (int fill = 0; fill < 4; fill++) Fill(fill * Second, 100);
        Price(9 * Second, 980_000);
        _markout.OnTime((13 * Second) - 1);
        Assert.False(_markout.IsDenied(0, (13 * Second) - 1));
        _markout.OnTime(13 * Second);
        Assert.True(_markout.IsDenied(0, (913 * Second) - 1));
        Assert.False(_markout.IsDenied(0, 913 * Second));
        // It is then judged by new fills.
        Fill(914 * Second, 100);
        Price(915 * Second, 900_000);
        _markout.OnTime(1_000 * Second);
        Assert.Equal(1, _markout.Denials);
    }

    [Fact]
    public void should_forget_fills_that_are_no_longer_among_the_last()
    {
        Fill(0, 1_000);
        Price(5 * Second, 1_000_000);
        for (int fill = 0; fill < 4; fill++) Fill((11 + fill) * Second, 1);
        Price(15 * Second, 900_000);
        _markout.OnTime(24 * Second - 1);
        Assert.False(_markout.IsDenied(0, 24 * Second - 1));
        // Only now the first and large gain is the fifth last.
        _markout.OnTime(24 * Second);
        Assert.True(_markout.IsDenied(0, 24 * Second));
    }

    [Fact]
    public void should_weigh_fills_by_what_they_are_worth()
    {
        for (int fill = 0; fill < 3; fill++) Fill(fill * Second, 1);
        Price(8 * Second, 980_000);
        Fill(9 * Second, 1_000);
        _markout.OnTime(12 * Second);
        Price(13 * Second, 1_000_000);
        _markout.OnTime(19 * Second);
        Assert.Equal(0, _markout.Denials);
        Assert.Equal((1_000 * 10_000L) - (3 * 10_000L), _markout.AfterTenSeconds.Gain);
    }

    [Fact]
    public void should_count_the_executions_of_one_order_as_one_fill()
    {
        _order = 7;
        for (int part = 0; part < 10; part++) _markout.OnResponse(Execution(part, 10, Side.Buy));
        Price(5 * Second, 980_000);
        _markout.OnTime(11 * Second);
        Assert.Equal(0, _markout.Denials);
        Assert.Equal(-100 * 10_000L, _markout.AfterTenSeconds.Gain);
    }

    [Fact]
    public void should_value_each_fill_after_one_ten_and_sixty_seconds()
    {
        Fill(0, 100);
        Price(Second / 2, 1_000_000);
        Price(5 * Second, 1_010_000);
        Price(30 * Second, 1_020_000);
        Price(61 * Second, 500_000);
        Assert.Equal(100 * 10_000L, _markout.AfterOneSecond.Gain);
        Assert.Equal(100 * 20_000L, _markout.AfterTenSeconds.Gain);
        Assert.Equal(100 * 30_000L, _markout.AfterOneMinute.Gain);
        Assert.Equal(10_000L * 1_000_000 / Paid, _markout.AfterOneSecond.MeanPpm);
    }

    [Fact]
    public void should_not_take_a_price_fetched_before_the_fill_for_its_markout()
    {
        _markout.OnPrice(0, 900_000, asOfNs: 5 * Second, nowNs: 6 * Second);
        Fill(5 * Second, 100);
        _markout.OnTime(100 * Second);
        Assert.Equal(1, _markout.Unpriced);
        Assert.Equal(default, _markout.AfterOneMinute);
    }

    [Fact]
    public void should_not_judge_sales_of_a_sell_off_or_orders_of_an_earlier_run()
    {
        ResponseEvent sellOff = Execution(0, 100, Side.Sell) with { LimitPrice = 985_000, FairPrice = 990_000 };
        _markout.OnResponse(sellOff);
        _markout.OnResponse(Execution(0, 100, Side.Buy) with { FairPrice = 0 });
        _markout.OnResponse(Execution(0, 100, Side.Buy) with { Kind = ResponseKind.Canceled });
        Price(5 * Second, 1_000_000);
        _markout.OnTime(100 * Second);
        Assert.Equal(default, _markout.AfterTenSeconds);
    }

    [Fact]
    public void should_drop_and_count_the_oldest_fill_when_too_many_wait()
    {
        for (int fill = 0; fill < 18; fill++) Fill(fill, 1L << fill);
        Price(Second / 2, Paid + 1);
        _markout.OnTime(61 * Second);
        Assert.Equal(2, _markout.Dropped);
        // All but the first two, each worth a unit more per share.
        Assert.Equal((1L << 18) - 1 - 3, _markout.AfterOneMinute.Gain);
        Assert.Equal(_markout.AfterOneMinute, _markout.AfterOneSecond);
    }

    [Fact]
    public void should_value_what_is_due_before_it_drops_anything()
    {
        for (int fill = 0; fill < 16; fill++) Fill(fill, 1);
        Price(Second / 2, Paid + 1);
        Fill(61 * Second, 1);
        Assert.Equal(0, _markout.Dropped);
        Assert.Equal(16, _markout.AfterOneMinute.Gain);
    }

    private void Fill(long atNs, long shares, Side side = Side.Buy)
    {
        _order++;
        _markout.OnResponse(Execution(atNs, (int)shares, side));
    }

    private ResponseEvent Execution(long atNs, int shares, Side side)
    {
        int price = side == Side.Buy ? Paid : 1_010_000;
        return new()
        {
            Kind = ResponseKind.Executed,
            AnsweredNs = atNs,
            QuantityShares = shares,
            OrderSide = side,
            LimitPrice = price,
            ExecutionPrice = price,
            FairPrice = 1_000_000,
            UserRefNum = _order,
        };
    }

    private void Price(long atNs, int price) => _markout.OnPrice(0, price, asOfNs: atNs, nowNs: atNs);
}
