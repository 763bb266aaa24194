using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class WinDiagnosisSpecs
{
    private readonly WinRecord _record = new(new WinRecordOptions());
    private uint _order;

    [Fact]
    public void should_tell_nothing_from_fewer_than_two_hundred_tries()
    {
        Tries(199, bucket: 3, winPercent: 0);
        Assert.Equal(WinFinding.TooFewTries, _record.Diagnose().Finding);
        Tries(1, bucket: 3, winPercent: 0);
        Assert.Equal(WinFinding.TooSlow, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_say_too_wide_when_rich_offers_are_lost_and_poor_ones_won()
    {
        Tries(100, bucket: 1, winPercent: 90);
        Tries(100, bucket: 3, winPercent: 60);
        Tries(100, bucket: 6, winPercent: 20);
        WinDiagnosis diagnosis = _record.Diagnose();
        Assert.Equal(WinFinding.TooWide, diagnosis.Finding);
        Assert.Equal((300, 170), (diagnosis.Tries, diagnosis.Wins));
    }

    [Fact]
    public void should_say_too_slow_when_few_orders_win_at_every_edge_alike()
    {
        for (int bucket = 0; bucket < 6; bucket++) Tries(100, bucket, winPercent: 15);
        Assert.Equal(WinFinding.TooSlow, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_say_too_slow_when_the_rich_offers_win_more_often()
    {
        Tries(100, bucket: 1, winPercent: 10);
        Tries(100, bucket: 5, winPercent: 40);
        Assert.Equal(WinFinding.TooSlow, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_find_nothing_wrong_when_most_orders_win()
    {
        for (int bucket = 0; bucket < 6; bucket++) Tries(100, bucket, winPercent: 85);
        Assert.Equal(WinFinding.Healthy, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_not_take_the_difference_of_the_sides_for_a_trend()
    {
        Tries(300, bucket: 0, winPercent: 90, Side.Sell);
        Tries(300, bucket: 5, winPercent: 20, Side.Buy);
        Assert.NotEqual(WinFinding.TooWide, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_say_that_it_is_us_when_losses_concentrate_where_we_were_slow()
    {
        for (int i = 0; i < 400; i++) Try(2, isWin: i % 5 != 0, delayNs: i % 5 == 0 ? 90_000u : 2_000u + (uint)(i % 7));
        WinDiagnosis diagnosis = _record.Diagnose();
        Assert.True(diagnosis.IsOurDelay);
        Assert.Equal((80, 0), (diagnosis.Delays.SlowTries, diagnosis.Delays.SlowWins));
        Assert.InRange(diagnosis.Delays.UpperNs, 2_003u, 2_006u);
    }

    [Fact]
    public void should_not_blame_ourselves_when_slow_orders_win_as_often_as_quick_ones()
    {
        for (int i = 0; i < 400; i++) Try(2, isWin: i % 3 == 0, delayNs: (uint)(1_000 + (i * 37 % 400)));
        Assert.False(_record.Diagnose().IsOurDelay);
    }

    [Fact]
    public void should_tell_of_the_tries_of_late_and_not_of_the_morning()
    {
        for (int bucket = 0; bucket < 8; bucket++) Tries(5_000, bucket, winPercent: 5);
        Assert.Equal(WinFinding.TooSlow, _record.Diagnose().Finding);
        for (int bucket = 0; bucket < 8; bucket++) Tries(2_000, bucket, winPercent: 90);
        Assert.Equal(WinFinding.Healthy, _record.Diagnose().Finding);
    }

    [Fact]
    public void should_show_every_bucket_and_the_finding_in_the_counters()
    {
        using CounterFile counters = CounterFile.InMemory();
        Tries(200, bucket: 7, winPercent: 50, Side.Sell);
        Tries(40, bucket: 0, winPercent: 0, Side.Buy);
        WinRecordCounters.Show(counters, _record, _record.Diagnose(), new Markout(new MarkoutOptions(), 1));
        Assert.Equal(240, counters.Read(Counter.WinRecordTries));
        Assert.Equal(200, counters.Read(Counter.WinRecordSellTries + 7));
        Assert.Equal(100, counters.Read(Counter.WinRecordSellWins + 7));
        Assert.InRange(counters.Read(Counter.WinRecordSellWinSharePpm + 7), 300_000, 700_000);
        Assert.Equal(40, counters.Read(Counter.WinRecordBuyTries));
        Assert.Equal((long)_record.Diagnose().Finding, counters.Read(Counter.WinRecordFinding));
    }

    private void Tries(int count, int bucket, int winPercent, Side side = Side.Buy)
    {
        // Spread evenly, so that no chance is in it.
        for (int i = 0; i < count; i++) Try(bucket, (i + 1) * winPercent / 100 > i * winPercent / 100, 1_000, side);
    }

    private void Try(int bucket, bool isWin, uint delayNs, Side side = Side.Buy) => _record.OnResponse(new()
    {
        Kind = isWin ? ResponseKind.Executed : ResponseKind.Canceled,
        OrderSide = side,
        FairPrice = 1_000_000,
        LimitPrice = 1_000_000 + ((side == Side.Buy ? -1 : 1) * ((bucket * 4_000) + 2_000)),
        UserRefNum = ++_order,
        DecidedDeltaNs = 500,
        SentDeltaNs = 500 + delayNs,
    });
}
