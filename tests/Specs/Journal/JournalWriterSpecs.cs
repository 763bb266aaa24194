using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalWriterSpecs
{
    [Fact]
    public void should_book_every_field_of_an_execution()
    {
        using JournalBench bench = new();
        ResponseEvent executed = Executed(5, 900, Side.Sell, 300, 12_3400, ticker: 1);
        executed.LimitPrice = 12_3000;
        executed.FairPrice = 12_2000;
        executed.OfferReference = 77;
        executed.UserRefNum = 42;
        executed.VenueTimeNs = 34_200_000_000_001; // 09:30:00.000000001
        executed.ReceivedNs = 1000;
        executed.AnsweredNs = 999_000_000;
        (executed.DecodedDeltaNs, executed.PricedDeltaNs, executed.DecidedDeltaNs, executed.SentDeltaNs) = (1, 2, 3, 4);
        bench.Book(executed);

        JournalRecord record = Assert.Single(bench.Records());
        Assert.Equal(JournalRecordKind.Execution, record.Kind);
        Assert.Equal(Side.Sell, record.Side);
        Assert.Equal((7L << 32) + 1, record.Id);
        Assert.Equal(5, record.VenueSequence);
        Assert.Equal(900UL, record.MatchNumber);
        Assert.Equal(42U, record.UserRefNum);
        Assert.Equal(77UL, record.OfferReference);
        Assert.Equal("MSFT", record.Symbol.ToString());
        Assert.Equal("S1", record.Session.ToString());
        Assert.Equal((300, 12_3400, 12_3000, 12_2000), (record.QuantityShares, record.Price, record.LimitPrice, record.FairPrice));
        Assert.Equal(34_200_000_000_001, record.VenueTimeNs);
        // 16 June 2025, 09:30 Eastern in summer is 13:30 UTC.
        Assert.Equal(new DateTimeOffset(2025, 6, 16, 13, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000 + 1, record.ExecutedAtNs);
        Assert.Equal(bench.Time.WallClockNs, record.BookedAtNs);
        Assert.Equal((1000L, 999_000_000L, bench.Time.MonotonicNs), (record.ReceivedNs, record.AnsweredNs, record.JournaledNs));
        Assert.Equal((1U, 2U, 3U, 4U), (record.DecodedDeltaNs, record.PricedDeltaNs, record.DecidedDeltaNs, record.SentDeltaNs));
        Assert.Equal("NODE1", record.Node.ToString());
        Assert.Equal(0UL, record.PreviousChecksum);
        Assert.Equal(1, bench.Counters[HopHistogram.AnsweredToDurable].Count);
        Assert.Equal(1_000_000, bench.Counters[HopHistogram.AnsweredToDurable].Max);
    }

    [Fact]
    public void should_number_transactions_without_a_hole_over_batches_and_restarts()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2));
        bench.Book(Executed(3, 3));
        bench.Restart();
        bench.Book(Executed(4, 4));
        Assert.Equal([1, 2, 3, 4], bench.Records().Select(record => TransactionId.Counter(record.Id)));
        Assert.All(bench.Records(), record => Assert.Equal(7, TransactionId.Block(record.Id)));
    }

    [Fact]
    public void should_book_one_batch_in_one_commit()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Message(2), Executed(3, 3), Executed(4, 4));
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCommits));
        Assert.Equal(3, bench.Counters.Read(Counter.JournalBooked));
    }

    [Fact]
    public void should_ignore_and_count_a_booking_that_comes_again()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2));
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        bench.Restart();
        bench.Book(Message(1), Executed(2, 2), Executed(3, 3), Executed(4, 4));
        Assert.Equal([1UL, 2UL, 3UL, 4UL], bench.Records().Select(record => record.MatchNumber));
        Assert.Equal(2, bench.Counters.Read(Counter.JournalDuplicates));
    }

    [Fact]
    public void should_keep_cash_and_positions_of_purchases_and_sales()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1, Side.Buy, 100, 50_0000), Executed(2, 2, Side.Sell, 30, 51_0000), Executed(3, 3, Side.Buy, 7, 10_0000, ticker: 1));
        long cash = OpeningCash - 100 * 50_0000L + 30 * 51_0000L - 7 * 10_0000L;
        Assert.Equal((cash, 70, 7), (bench.Writer.Cash, bench.Writer.PositionShares(0), bench.Writer.PositionShares(1)));
        Assert.Equal(cash, bench.Counters.Read(Counter.JournalCash));
        Assert.Equal((2, 1), (bench.Counters.Read(Counter.JournalBuys), bench.Counters.Read(Counter.JournalSells)));
        Assert.Equal((107, 30), (bench.Counters.Read(Counter.JournalSharesBought), bench.Counters.Read(Counter.JournalSharesSold)));
    }

    [Fact]
    public void should_undo_a_broken_trade_by_a_record_of_its_own()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 55, Side.Buy, 100, 50_0000));
        ResponseEvent broken = Executed(2, 55, Side.Buy, 100, 50_0000);
        broken.Kind = ResponseKind.Broken;
        broken.ReasonCode = (byte)'E';
        bench.Book(broken);
        JournalRecord record = bench.Records()[1];
        Assert.Equal((JournalRecordKind.Break, 55UL, (byte)'E'), (record.Kind, record.MatchNumber, record.ReasonCode));
        Assert.Equal((OpeningCash, 0), (bench.Writer.Cash, bench.Writer.PositionShares(0)));
        bench.Restart();
        Assert.Equal(OpeningCash, bench.Store.Recovered.Cash);
        Assert.Empty(bench.Store.Recovered.Executions);
    }

    [Fact]
    public void should_take_up_cash_positions_session_and_matches_after_a_restart()
    {
        using JournalBench bench = new();
        ResponseEvent last = Executed(9, 3, Side.Sell, 40, 20_0000);
        last.ReplayFrom = 4;
        bench.Book(Executed(1, 2, Side.Buy, 50, 10_0000, session: "S0"));
        bench.Book(Executed(7, 1, Side.Buy, 60, 10_0000), last);
        bench.Restart();
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal(OpeningCash - 110 * 10_0000L + 40 * 20_0000L, state.Cash);
        Assert.Equal(70, state.PositionOf(Symbol.Parse("AAPL")));
        Assert.Equal(("S1", 9L, 4L, 20250616), (state.Session.ToString(), state.BookedThrough, state.ReplayFrom, state.TradingDate));
        Assert.Equal([1UL, 3UL], state.Executions.Select(execution => execution.MatchNumber));
        Assert.Equal(new BookedExecution(3, Symbol.Parse("AAPL"), Side.Sell, 20_0000, 40, 9), state.Executions[^1]);
        Assert.Equal((70, state.Cash), (bench.Writer.PositionShares(0), bench.Counters.Read(Counter.JournalCash)));
    }

    [Fact]
    public void should_begin_a_new_session_at_its_first_sequence_and_know_an_old_one_again()
    {
        using JournalBench bench = new();
        bench.Book(Executed(5, 1, session: "S1"), Executed(1, 2, session: "S2"));
        bench.Book(Executed(5, 1, session: "S1"), Executed(1, 2, session: "S2"), Executed(2, 3, session: "S2"));
        Assert.Equal([1UL, 2UL, 3UL], bench.Records().Select(record => record.MatchNumber));
    }

    [Fact]
    public void should_commit_progress_alone_only_when_its_time_has_come()
    {
        using JournalBench bench = new();
        bench.Book(Message(1));
        long commits = bench.Counters.Read(Counter.JournalCommits);
        bench.Book(Message(2, replayFrom: 1));
        bench.Time.MonotonicNs += 99_000_000;
        bench.Writer.DoWork();
        Assert.Equal(commits, bench.Counters.Read(Counter.JournalCommits));
        bench.Time.MonotonicNs += 1_000_000;
        bench.Writer.DoWork();
        Assert.Equal(commits + 1, bench.Counters.Read(Counter.JournalCommits));
        bench.Restart();
        Assert.Equal((2, 1), (bench.Store.Recovered.BookedThrough, bench.Store.Recovered.ReplayFrom));
    }

    [Fact]
    public void should_make_the_session_of_the_first_answer_durable_at_once_and_say_so()
    {
        using JournalBench bench = new();
        Assert.False(bench.Writer.HasDurableSession);
        bench.Writer.DoWork();
        Assert.False(bench.Writer.HasDurableSession);
        bench.Book(Message(1));
        Assert.True(bench.Writer.HasDurableSession);
        bench.Restart();
        Assert.Equal("S1", bench.Store.Recovered.Session.ToString());
        Assert.False(bench.Writer.HasDurableSession);
    }

    [Fact]
    public void should_commit_progress_alone_when_it_is_many_messages()
    {
        using JournalBench bench = new(DefaultOptions() with { ProgressCommitEvents = 3 });
        bench.Book(Message(1));
        long commits = bench.Counters.Read(Counter.JournalCommits);
        bench.Book(Message(2), Message(3));
        Assert.Equal(commits, bench.Counters.Read(Counter.JournalCommits));
        bench.Book(Message(4));
        Assert.Equal(commits + 1, bench.Counters.Read(Counter.JournalCommits));
    }

    [Fact]
    public void should_make_progress_durable_at_an_orderly_stop()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Message(2));
        bench.Book(Message(3));
        bench.Writer.Flush();
        bench.Restart();
        Assert.Equal(3, bench.Store.Recovered.BookedThrough);
    }

    [Fact]
    public void should_commit_nothing_for_events_without_a_message_behind_them()
    {
        using JournalBench bench = new();
        bench.Book(new ResponseEvent { Kind = ResponseKind.NotSent }, new ResponseEvent { Kind = ResponseKind.NeverArrived });
        bench.Time.MonotonicNs += 1_000_000_000;
        bench.Writer.DoWork();
        Assert.Equal(0, bench.Counters.Read(Counter.JournalCommits));
    }

    [Fact]
    public void should_never_book_part_of_a_batch_when_the_map_is_full()
    {
        using JournalBench bench = new(DefaultOptions() with { MapBytes = 16 * JournalOptions.MebiByte, BatchEventsMax = 1000 });
        long sequence = 0;
        bool failed = false;
        while (!failed)
        {
            Assert.True(sequence < 200_000, "a map of 16 MiB cannot hold 200,000 records");
            for (int i = 0; i < 1000; i++) bench.Publish(Executed(++sequence, (ulong)sequence, quantity: 1, price: 1));
            try
            {
                bench.Writer.DoWork();
            }
            catch (JournalFailedException failure)
            {
                failed = true;
                Assert.Equal(LmdbStatus.MapFull, failure.Status);
            }
        }

        Assert.True(bench.Writer.MustHalt, "the sends had ended before");
        bench.Stop();
        bench.Options = bench.Options with { MapBytes = 64 * JournalOptions.MebiByte };
        bench.Start();
        Assert.Equal(sequence - 1000, bench.Store.Recovered.BookedThrough);
        Assert.Equal(sequence - 1000, bench.Store.Recovered.Transactions);
        Assert.Equal((ulong)(sequence - 1000), (ulong)TransactionId.Counter(bench.Store.Recovered.LastId));
    }

    [Fact]
    public void should_end_the_sends_while_ids_are_left_for_answers_in_flight()
    {
        JournalOptions options = DefaultOptions() with { IdsReserve = 10, IdsStopBuying = 11, IdsLowThreshold = 12 };
        using JournalBench bench = new(options, new LeaseFile(3, 1, 14, "NODE1", Guid.Empty)); // 13 ids
        Assert.False(bench.Writer.MustHalt);
        bench.Gate.Open();
        Assert.True(bench.Gate.IsOpen);
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        Assert.False(bench.Writer.MustHalt);
        bench.Book(Executed(4, 4));
        Assert.True(bench.Writer.MustHalt && !bench.Gate.IsOpen);
        Assert.Equal(1, bench.Counters.Read(Counter.JournalMustHalt));
        bench.Book([.. Enumerable.Range(5, 9).Select(n => Executed(n, (ulong)n))]);
        Assert.Equal(13, bench.Records().Count);
        Assert.Equal([LogMessage.BlockImported, LogMessage.IdsStopBuying, LogMessage.IdsExhausted], bench.Lines());
    }

    [Fact]
    public void should_go_on_in_the_next_block_when_one_is_used_up()
    {
        using JournalBench bench = new(DefaultOptions(), new LeaseFile(3, 1, 3, "NODE1", Guid.Empty), start: false);
        LeaseFile.Whole(5, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Start();
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        bench.Restart();
        bench.Book(Executed(4, 4));
        Assert.Equal([(3L, 1L), (3L, 2L), (5L, 1L), (5L, 2L)],
            bench.Records().Select(record => (TransactionId.Block(record.Id), TransactionId.Counter(record.Id))));
    }

    [Fact]
    public void should_allocate_nothing_however_many_commits()
    {
        using JournalBench bench = new();
        for (long sequence = 1; sequence <= 50; sequence++) bench.Book(Executed(sequence, (ulong)sequence));
        for (long sequence = 51; sequence <= 250; sequence++) bench.Publish(Executed(sequence, (ulong)sequence), Message(0, ResponseKind.NotSent));
        JournalWriter<TestClock> writer = bench.Writer;
        long commits = bench.Counters.Read(Counter.JournalCommits);
        long before = GC.GetAllocatedBytesForCurrentThread();
        writer.DoWork();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        for (long sequence = 251; sequence <= 300; sequence++)
        {
            bench.Publish(Executed(sequence, (ulong)sequence));
            before = GC.GetAllocatedBytesForCurrentThread();
            writer.DoWork();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(51, bench.Counters.Read(Counter.JournalCommits) - commits);
        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void should_book_each_execution_once_whatever_is_replayed(int seed)
    {
        using JournalBench bench = new(DefaultOptions() with { BatchEventsMax = 16 });
        Random random = new(seed);
        Dictionary<long, ResponseEvent> venue = [];
        for (long sequence = 1; sequence <= 400; sequence++)
        {
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            ResponseEvent execution = Executed(sequence, (ulong)sequence, side, random.Next(1, 500), random.Next(1, 100_0000), (ushort)random.Next(2));
            venue[sequence] = random.Next(3) == 0 ? execution : Message(sequence);
        }

        long received = 0;
        while (received < 400 || bench.Store.Recovered.BookedThrough < 400)
        {
            long upTo = Math.Min(400, received + random.Next(1, 60));
            while (received < upTo) bench.Publish(venue[++received]);
            for (int i = random.Next(4); i > 0; i--) bench.Writer.DoWork();
            if (random.Next(3) != 0 && received < 400) continue;
            if (received == 400)
            {
                while (bench.Writer.DoWork() > 0) { }
                bench.Writer.Flush();
            }

            bench.Restart();
            received = Math.Max(0, bench.Store.Recovered.ReplayFrom - 1 - random.Next(3));
            if (bench.Store.Recovered.BookedThrough == 400) break;
        }

        ulong[] expected = [.. venue.Values.Where(e => e.Kind == ResponseKind.Executed).Select(e => e.MatchNumber)];
        Assert.Equal(expected, bench.Records().Select(record => record.MatchNumber));
        long cash = OpeningCash + venue.Values.Where(e => e.Kind == ResponseKind.Executed)
            .Sum(e => (e.OrderSide == Side.Buy ? -1L : 1L) * e.QuantityShares * e.ExecutionPrice);
        Assert.Equal(cash, bench.Store.Recovered.Cash);
    }
}
