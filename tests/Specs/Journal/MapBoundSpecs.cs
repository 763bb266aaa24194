using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class MapBoundSpecs
{
    [Fact]
    public void should_raise_an_alarm_then_end_the_buys_then_the_sends_and_still_book_what_is_in_flight()
    {
        // An eighth of the map is kept: 87.5 % ends the sends.
        using JournalBench bench = new(DefaultOptions() with { MapBytes = 16 * JournalOptions.MebiByte, AlarmPercent = 50, StopBuyingPercent = 70, BatchEventsMax = 200 });
        bench.Gate.Open();
        bench.Lines();
        Dictionary<LogMessage, double> usedAt = [];
        long sequence = 0;
        while (bench.Gate.IsOpen)
        {
            Book(200);
            foreach (LogMessage line in bench.Lines()) usedAt[line] = 100.0 * bench.Counters.Read(Counter.JournalUsedBytes) / bench.Options.MapBytes;
            Assert.Equal(bench.Gate.MayBuy, !usedAt.ContainsKey(LogMessage.MapStopsBuying));
        }

        Assert.Equal([LogMessage.MapAlarm, LogMessage.MapStopsBuying, LogMessage.JournalNearlyFull], usedAt.OrderBy(line => line.Value).Select(line => line.Key));
        Assert.InRange(usedAt[LogMessage.MapAlarm], 49.5, 52);
        Assert.InRange(usedAt[LogMessage.MapStopsBuying], 69.5, 72);
        Assert.InRange(usedAt[LogMessage.JournalNearlyFull], 87, 89);
        // 2 MiB are left: one record in its own commit each, and then batches.
        for (int i = 0; i < 300; i++) Book(1);
        for (int i = 0; i < 15; i++) Book(200);
        Assert.Equal(sequence, bench.Records().Count);
        Assert.False(bench.Gate.IsOpen);

        void Book(int count)
        {
            for (int i = 0; i < count; i++) bench.Publish(Executed(++sequence, (ulong)sequence, quantity: 1, price: 1));
            bench.Writer.DoWork();
        }
    }

    [Fact]
    public void should_keep_by_default_what_the_default_ring_and_orders_in_flight_can_need()
    {
        JournalOptions options = DefaultOptions() with { MapBytes = 8192 * JournalOptions.MebiByte };
        Assert.InRange(AnswerReserve.BytesFor(65_536, 1_024), options.AnswerReserveBytes / 4, options.AnswerReserveBytes);
        Assert.Equal(options.ReserveBytes, options.AnswerReserveBytes);
    }

    [Fact]
    public void should_reserve_enough_for_commits_like_those_of_the_writer_even_beside_a_pinned_reader()
    {
        const int Slots = 2_000;
        const int OpenOrders = 100;
        using LmdbBench bench = new();
        for (int i = 0; i < 20; i++) bench.CommitLikeTheWriter(100);
        LmdbTransaction snapshot = bench.Hold();
        long before = bench.Environment.UsedBytes;
        for (int i = 0; i < Slots / 200; i++) bench.CommitLikeTheWriter(200);
        for (int i = 0; i < OpenOrders; i++) bench.CommitLikeTheWriter(1);
        snapshot.Abort();
        long kept = AnswerReserve.BytesFor(Slots, OpenOrders);
        Assert.InRange(bench.Environment.UsedBytes - before, kept / 4, kept);
    }
}
