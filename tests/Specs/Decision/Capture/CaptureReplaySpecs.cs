using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;

namespace MarketMaker.Tests.Specs.Decision.Capture;

public sealed class CaptureReplaySpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void should_send_the_same_orders_from_a_capture(int seed)
    {
        using CapturedRun run = new(seed);
        run.Run(3_000);

        CaptureReplayResult replay = run.FinishAndReplay();

        Assert.Null(replay.Difference);
        Assert.Equal((CaptureEnding.Complete, run.Offers, run.Orders, 0L), (replay.Ending, replay.Offers, replay.Orders, replay.NotRecorded));
        Assert.True(run.Orders > 200 && run.BusyOffers > 20 && replay.Responses > 200 && replay.Prices > 1_000, $"{run.Orders} orders, {run.BusyOffers} busy, {replay.Responses} responses: too few to prove anything");
    }

    [Fact]
    public void should_say_where_a_verdict_is_another()
    {
        using CapturedRun run = new(4) { LiesAboutVerdict = true };
        run.Run(500);
        run.Time.Advance(20 * 1_000_000_000L);
        run.Run(20);

        CaptureReplayResult replay = run.FinishAndReplay();

        Assert.False(replay.IsEqual);
        Assert.Contains("StalePrice, the live run said Edge", replay.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void should_find_an_order_that_differs_in_nothing_but_its_size()
    {
        using CapturedRun run = new(5);
        run.Run(500);
        run.LiesAboutOrder = true;
        run.Run(20);

        CaptureReplayResult replay = run.FinishAndReplay();

        Assert.False(replay.IsEqual);
        Assert.Contains("the live run", replay.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void should_begin_with_the_options_the_book_and_what_an_earlier_run_knew()
    {
        using CapturedRun run = new(6);
        run.Writer.Finish();
        using CaptureReader reader = new(run.File);

        Assert.Equal(run.Start.Options, reader.Start.Options);
        Assert.Equal((run.Start.Cash, run.Start.StartedWallNs, run.Start.ConfigurationHash), (reader.Start.Cash, reader.Start.StartedWallNs, reader.Start.ConfigurationHash));
        Assert.Equal(run.Start.Positions, reader.Start.Positions);
        Assert.Equal(run.Start.Strategy, reader.Start.Strategy);
        Assert.Equal(Enumerable.Range(0, CapturedRun.Tickers).Select(i => run.Start.Universe[i]), Enumerable.Range(0, CapturedRun.Tickers).Select(i => reader.Start.Universe[i]));
    }

    [Fact]
    public void should_be_whole_up_to_the_first_input_lost_when_its_ring_was_full()
    {
        using CapturedRun run = new(7, ringSlots: 1_024);
        run.Run(200);
        run.Run(400, writes: false);
        long offersAtLoss = run.Offers;
        run.Run(50);
        Assert.True(run.Recorder.NotRecorded > 0);

        CaptureReplayResult replay = run.FinishAndReplay();

        Assert.Equal((CaptureEnding.RingFull, true), (replay.Ending, replay.IsEqual));
        Assert.True(replay.NotRecorded > 0);
        Assert.InRange(replay.Offers, 1, offersAtLoss - 1);
        Assert.Equal([LogMessage.CaptureBroken], run.Said);
    }

    [Fact]
    public void should_end_whole_at_its_size_limit_and_let_decision_go_on()
    {
        using CapturedRun run = new(8, change: options => options with { LimitMiB = 1 });
        run.Run(20_000);

        CaptureReplayResult replay = run.FinishAndReplay();

        Assert.Equal((CaptureEnding.SizeLimit, true), (replay.Ending, replay.IsEqual));
        Assert.InRange(new FileInfo(run.File).Length, 1_048_576, 1_048_576 + 2 * 262_144);
        Assert.InRange(replay.Offers, 10_000, run.Offers - 1);
        Assert.Equal([LogMessage.CaptureLimited], run.Said);
    }

    [Fact]
    public void should_keep_an_earlier_capture_and_number_the_new_one()
    {
        using CapturedRun first = new(9);
        first.Run(10);
        first.Writer.Finish();
        byte[] before = File.ReadAllBytes(first.File);
        using CapturedRun second = new(9, change: options => options with { Path = first.File });

        Assert.Equal(first.File + ".2", second.File);
        Assert.Equal(before, File.ReadAllBytes(first.File));
    }

    [Fact]
    public void should_put_what_was_recorded_on_file_within_the_flush_time()
    {
        using CapturedRun run = new(10, change: options => options with { FlushMs = 50 });
        run.Run(20);
        run.Time.Advance(50_000_000);
        run.Writer.DoWork();

        CaptureReplayResult replay = CaptureReplay.Run(run.File);

        Assert.Equal((CaptureEnding.Truncated, run.Offers, run.Orders, true), (replay.Ending, replay.Offers, replay.Orders, replay.IsEqual));
    }

    [Fact]
    public void should_allocate_nothing_while_it_records_and_writes()
    {
        using CapturedRun run = new(12);
        run.Run(3_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        run.Run(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
