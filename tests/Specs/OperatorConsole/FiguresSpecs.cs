using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Specs.OperatorConsole;

public sealed class FiguresSpecs : IDisposable
{
    private readonly ScriptedCounters _engine = new("AAPL", "MSFT", "ZZZ");

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void should_take_rates_and_latencies_of_the_last_seconds_and_totals_of_the_run()
    {
        _engine.File.Add(Counter.FeedOffersSeen, 1_000);
        for (int i = 0; i < 100; i++) _engine.File[HopHistogram.ReceivedToSent].Record(1_000_000);
        EngineFigures figures = _engine.After(() =>
        {
            _engine.File.Add(Counter.FeedOffersSeen, 500);
            _engine.File.Add(Counter.ExecutionWins, 3);
            _engine.File.Add(Counter.ExecutionLosses, 9);
            for (int i = 0; i < 10; i++) _engine.File[HopHistogram.ReceivedToSent].Record(20_000);
        });
        Assert.Equal((1_500, 500), (figures.Flow.OffersSeen, figures.Flow.OffersPerSecond));
        Assert.Equal((25, 25), (figures.Flow.WinPercent, figures.Flow.RecentWinPercent));
        HopFigures order = figures.Hops.Single(hop => hop.Id == "ReceivedToSent");
        Assert.Equal(10, order.Count);
        Assert.InRange(order.P99Us, 19.8, 20.2);
        Assert.InRange(order.MaxUs, 1_000, 1_000);
    }

    [Fact]
    public void should_have_no_rates_from_one_image_and_the_latencies_of_the_run()
    {
        _engine.File.Add(Counter.FeedOffersSeen, 1_000);
        _engine.File[HopHistogram.SentToAnswered].Record(5_000);
        _engine.History.TryTake();
        EngineFigures figures = FiguresBuilder.Of(_engine.History, null);
        Assert.Equal((0, 0, 0), (figures.WindowSeconds, figures.LatencyWindowSeconds, figures.Flow.OffersPerSecond));
        Assert.Equal(1, figures.Hops.Single(hop => hop.Id == "SentToAnswered").Count);
    }

    [Fact]
    public void should_list_tickers_with_stock_or_a_state_the_most_capital_first()
    {
        _engine.File.Tickers[1].PositionShares = 100;
        _engine.File.Tickers[1].Used = 5_000 * Money.UnitsPerDollar;
        _engine.File.Tickers[1].FairPrice = 50_0000;
        _engine.File.Tickers[1].PriceAsOfNs = _engine.NowNs;
        _engine.File.Tickers[2].Flags = TickerFlags.SellOnly | TickerFlags.NoPrice;
        EngineFigures figures = _engine.Figures();
        Assert.Equal(["MSFT", "ZZZ"], figures.Tickers.Select(ticker => ticker.Ticker));
        Assert.Equal(new TickerFigures("MSFT", 100, 5_000m, 50m, 1, "", 0), figures.Tickers[0]);
        Assert.Equal(("sell only", -1.0), (figures.Tickers[1].State, figures.Tickers[1].PriceAgeSeconds));
        Assert.Equal(1, figures.Prices.SellOnly);
    }

    [Fact]
    public void should_show_which_orders_win_by_side_and_edge()
    {
        _engine.File.Set(Counter.WinRecordBuyTries + 2, 10);
        _engine.File.Set(Counter.WinRecordBuyWins + 2, 4);
        _engine.File.Set(Counter.WinRecordBuyWinSharePpm + 2, 412_345);
        _engine.File.Set(Counter.WinRecordSellTries + 7, 1);
        Assert.Equal([new WinFigures("buy", 2, 10, 4, 41.2), new WinFigures("sell", 7, 1, 0, 0)], _engine.Figures().Wins);
        Assert.Equal(["0.8-1.2 %", ">= 2.8 %"], _engine.Figures().Wins.Select(win => win.Edge));
        Assert.Equal(WinFigures.BucketPpm, new WinRecordOptions().BucketPpm);
    }

    [Fact]
    public void should_show_a_ring_of_this_run_with_its_fullest_moments()
    {
        _engine.File.Set(Counter.RingsExecutesSlots, 4096);
        _engine.File.Set(Counter.RingsExecutesBacklog, 1);
        _engine.File.Set(Counter.RingsExecutesHighWater, 2048);
        _engine.File.Set(Counter.RingsExecutesRecentHighWater, 1024);
        RingFigures ring = Assert.Single(_engine.Figures().Rings);
        Assert.Equal(("executes", 4096, 1, 1024, 2048, 25, 50), (ring.Name, ring.Slots, ring.Backlog, ring.RecentHighWater, ring.HighWater, ring.RecentPercent, ring.HighWaterPercent));
    }

    [Fact]
    public void should_show_how_busy_a_stage_is_and_how_long_its_thread_waits()
    {
        _engine.File.Set(Counter.FeedDutyCycles, 10);
        EngineFigures figures = _engine.After(() =>
        {
            _engine.File.Add(Counter.FeedDutyCycles, 1000);
            _engine.File.Add(Counter.FeedWorkCycles, 250);
            _engine.File.Set(Counter.ThreadsFeedCpuNs, 900_000_000);
            _engine.File.Set(Counter.ThreadsFeedWaitNs, 100_000_000);
            _engine.File.Set(Counter.ThreadsFeedCore, 3);
            _engine.File.Refuse(Counter.FeedRefused, RefusalReason.RingFull);
        });
        Assert.Equal(new StageFigures("Feed", 3, 0, 25, 90, 10, 1), Assert.Single(figures.Stages));
        Assert.Equal("thread-waits", Assert.Single(figures.Alarms).Id);
    }

    [Fact]
    public void should_tell_an_engine_that_lives_from_one_that_is_silent_ended_or_dead()
    {
        Assert.Equal("TRADING", _engine.Figures().State);
        _engine.NowNs += 3 * ScriptedCounters.Second;
        _engine.History.TryTake();
        EngineFigures silent = FiguresBuilder.Of(_engine.History, null);
        Assert.Equal(("SILENT", "critical", "engine-silent"), (silent.State, silent.Health, silent.Alarms[0].Id));
        Assert.Equal(3, silent.HeartbeatAgeSeconds);
        _engine.File.Set(Counter.HostState, (long)EngineState.Stopped);
        Assert.Equal(("STOPPED", "engine-stopped"), (_engine.Figures().State, Assert.Single(_engine.Figures().Alarms).Id));
        _engine.File.Set(Counter.HostState, (long)EngineState.Failed);
        Assert.Equal("FAILED", _engine.Figures().State);
    }

    [Fact]
    public void should_not_call_an_engine_silent_that_still_waits_for_its_tickers()
    {
        using ScriptedCounters starting = new();
        starting.File.Set(Counter.HostState, (long)EngineState.Starting);
        starting.History.TryTake();
        starting.NowNs += 8 * ScriptedCounters.Second;
        starting.History.TryTake();
        Assert.Equal("STARTING", FiguresBuilder.Of(starting.History, null).State);
    }

    [Fact]
    public void should_call_an_engine_dead_whose_process_is_another_one_now()
    {
        _engine.History.TryTake();
        var image = _engine.History.Latest!;
        var header = image.Header;
        // A process that has never run: as after a kill.
        header.Writer = ProcessIdentity.Of(int.MaxValue);
        image.Header = header;
        Assert.Equal(EngineLife.Alive, EngineLifeJudge.Of(image, isRecorded: false));
        image.TakenNs += 5 * ScriptedCounters.Second;
        Assert.Equal(EngineLife.Died, EngineLifeJudge.Of(image, isRecorded: false));
        Assert.Equal(EngineLife.Silent, EngineLifeJudge.Of(image, isRecorded: true));
    }

    [Fact]
    public void should_show_every_alarm_that_the_engine_raised_the_critical_first_and_none_that_it_cleared()
    {
        _engine.File.Set(Counter.AlarmSince + (int)Alarm.FeedGap, _engine.NowNs);
        _engine.File.Set(Counter.AlarmSince + (int)Alarm.PersonHalt, _engine.NowNs - 59 * ScriptedCounters.Second);
        Assert.Equal(
            [new RaisedAlarm("person-halt", "critical", "a person halted trading, for 1 m 00 s"), new RaisedAlarm("feed-gap", "warning", "a gap in the feed has been open for a second, for 1.0 s")],
            _engine.Figures().Alarms);
        _engine.File.Set(Counter.AlarmSince + (int)Alarm.PersonHalt, 0);
        Assert.Equal(("feed-gap", "warning"), (Assert.Single(_engine.Figures().Alarms).Id, _engine.Figures().Health));
    }

    [Fact]
    public void should_raise_alarms_of_rings_and_stale_prices_that_the_engine_does_not_judge()
    {
        _engine.File.Set(Counter.RingsOffersSlots, 100);
        _engine.File.Set(Counter.RingsOffersRecentHighWater, 80);
        _engine.File.Set(Counter.PricesTickersPriced, 100);
        _engine.File.Set(Counter.PriceAgesStaleTickers, 5);
        Assert.Equal(["prices-stale", "ring-full"], _engine.Figures().Alarms.Select(alarm => alarm.Id));
        _engine.File.Set(Counter.RingsOffersRecentHighWater, 79);
        _engine.File.Set(Counter.PriceAgesStaleTickers, 4);
        Assert.Empty(_engine.Figures().Alarms);
    }

    [Fact]
    public void should_believe_the_shipper_about_its_lag_and_pass_on_its_alarms()
    {
        EngineFigures figures = _engine.Figures(new ShipperNote("database away", 12, 61_000, ["shipping-late: a row is late", "what is new"], 11));
        Assert.Equal((12, 61, "database away"), (figures.Lags.Unshipped, figures.Lags.UnshippedSeconds, figures.Lags.Shipper));
        Assert.Equal(
            [new("shipping-late", "critical", "a row is late"), new("shipper-status", "critical", "what is new"), new RaisedAlarm("shipper-silent", "warning", "the shipper's status file is 11 s old")],
            figures.Alarms);
    }
}
