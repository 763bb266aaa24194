using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class IntentSpecs : IDisposable
{
    private readonly JournalBench _bench = new(JournalBench.DefaultOptions() with { IntentsMax = 64 }, start: false) { HasDurableIntents = true };

    public IntentSpecs() => _bench.Start();

    [Fact]
    public void should_lie_in_the_journal_as_version_1_says()
    {
        Assert.Equal(96, Unsafe.SizeOf<IntentRecord>());
        IntentRecord record = new()
        {
            Version = 1,
            Side = Side.Sell,
            IsShortSale = 1,
            QuantityShares = 100,
            Number = 5,
            OfferReference = 6,
            Symbol = Symbol.Parse("MSFT"),
            LimitPrice = 7,
            FairPrice = 8,
            WrittenAtNs = 9,
            Session = JournalBench.Session("S1"),
        };
        Assert.True(NodeTag.TryParse("NODE1", out record.Node));
        byte[] expected = new byte[96];
        (expected[8], expected[10], expected[11], expected[12]) = (1, (byte)'S', 1, 100);
        (expected[16], expected[24], expected[40], expected[44], expected[48]) = (5, 6, 7, 8, 9);
        BinaryPrimitives.WriteUInt64LittleEndian(expected.AsSpan(32), Symbol.Parse("MSFT").Packed);
        "        S1"u8.CopyTo(expected.AsSpan(56));
        "NODE1"u8.CopyTo(expected.AsSpan(72));
        Assert.Equal(expected, StructBytes.Of(ref record).ToArray());
        RecordChecksum.Seal(ref record);
        Assert.True(RecordChecksum.IsIntact(ref record));
        record.LimitPrice++;
        Assert.False(RecordChecksum.IsIntact(ref record));
    }

    [Fact]
    public void should_let_execution_see_an_order_only_when_its_intent_is_durable()
    {
        _bench.Want(2);
        Assert.Equal(_bench.ToExecution.Next - 1, _bench.ToExecution.AvailableThrough(10));
        _bench.Writer.DoWork();
        Assert.Equal(_bench.ToExecution.Next + 1, _bench.ToExecution.AvailableThrough(10));
        Assert.Equal([1L, 2L], [_bench.ToExecution[0].IntentNumber, _bench.ToExecution[1].IntentNumber]);
        _bench.Restart();
        Assert.Equal([1L, 2L], Open().Select(intent => intent.Number));
        Assert.Equal(("MSFT", Side.Sell, 100, 50_0000, 77ul), (Open()[0].Symbol.ToString().Trim(), Open()[0].Side, Open()[0].QuantityShares, Open()[0].LimitPrice, Open()[0].OfferReference));
        Assert.Equal((2, 2L), (_bench.Store.Recovered.OpenIntents, _bench.Counters.Read(Counter.JournalOpenIntents)));
    }

    [Theory]
    [InlineData(ResponseKind.Executed, 0, true)]
    [InlineData(ResponseKind.Executed, 1, false)]
    [InlineData(ResponseKind.Canceled, 0, true)]
    [InlineData(ResponseKind.Rejected, 0, true)]
    [InlineData(ResponseKind.NeverArrived, 0, true)]
    [InlineData(ResponseKind.NotSent, 0, true)]
    [InlineData(ResponseKind.Accepted, 0, false)]
    [InlineData(ResponseKind.Broken, 0, false)]
    public void should_remove_an_intent_when_all_shares_of_its_order_are_over(ResponseKind kind, int leaves, bool isOver)
    {
        _bench.Want(1);
        _bench.Writer.DoWork();
        bool hasMessage = kind is not (ResponseKind.NeverArrived or ResponseKind.NotSent);
        ResponseEvent response = JournalBench.Executed(hasMessage ? 1 : 0, 900) with { Kind = kind, LeavesShares = leaves, IntentNumber = 1 };
        _bench.Book(response);
        _bench.Time.MonotonicNs += 1_000_000_000;
        _bench.Writer.DoWork();
        _bench.Restart();
        Assert.Equal(isOver ? 0 : 1, Open().Count);
    }

    [Fact]
    public void should_remove_it_in_the_commit_that_moves_the_session_over_its_end()
    {
        _bench.Book(JournalBench.Message(1));
        _bench.Want(1);
        _bench.Writer.DoWork();
        // Progress that is not yet due: killed now, the end of the order will be replayed, and must find the intent.
        _bench.Book(JournalBench.Message(2, ResponseKind.Canceled) with { IntentNumber = 1 });
        _bench.Restart();
        Assert.Equal((1L, 1), (_bench.Store.Recovered.BookedThrough, Open().Count));
        _bench.Book(JournalBench.Message(2, ResponseKind.Canceled) with { IntentNumber = 1 });
        _bench.Time.MonotonicNs += 1_000_000_000;
        _bench.Writer.DoWork();
        _bench.Restart();
        Assert.Equal((2L, 0), (_bench.Store.Recovered.BookedThrough, Open().Count));
    }

    [Fact]
    public void should_give_no_number_twice_over_restarts_though_the_intents_are_gone()
    {
        _bench.Want(3);
        _bench.Writer.DoWork();
        End(1, 2, 3);
        _bench.Restart();
        Assert.Empty(Open());
        _bench.Want(1);
        _bench.Writer.DoWork();
        Assert.Equal(4, Assert.Single(Open()).Number);
    }

    [Fact]
    public void should_hold_back_orders_when_the_table_is_full_and_go_on_when_there_is_room()
    {
        _bench.Want(80);
        _bench.Writer.DoWork();
        _bench.Writer.DoWork();
        Assert.Equal(64, _bench.ToExecution.AvailableThrough(200) - _bench.ToExecution.Next + 1);
        Assert.Equal(64, Open().Count);
        _bench.ToExecution.Advance(63);
        End(3, 4);
        _bench.Writer.DoWork();
        Assert.Equal(2, _bench.ToExecution.AvailableThrough(200) - _bench.ToExecution.Next + 1);
        Assert.Equal(64, Open().Count);
    }

    [Fact]
    public void should_keep_intents_of_an_earlier_run_until_the_fence_and_then_only_those_the_venue_knows()
    {
        _bench.Want(3);
        _bench.Writer.DoWork();
        _bench.Restart();
        _bench.Want(1);
        _bench.Book(JournalBench.Message(1, ResponseKind.Accepted) with { Kind = ResponseKind.Restored, IntentNumber = 2, LeavesShares = 100 });
        Assert.Equal([1L, 2L, 3L, 4L], Open().Select(intent => intent.Number));
        _bench.Book(JournalBench.Message(2, ResponseKind.Fenced));
        _bench.Time.MonotonicNs += 1_000_000_000;
        _bench.Writer.DoWork();
        // The order of this run is not the fence's business.
        Assert.Equal([2L, 4L], Open().Select(intent => intent.Number));
        End(2, 4);
        Assert.Empty(Open());
    }

    [Fact]
    public void should_name_the_open_intents_at_the_start()
    {
        _bench.Want(25, shares: 7);
        _bench.Writer.DoWork();
        _bench.Restart();
        List<LogEvent> lines = [];
        for (long s = _bench.Log.Next, last = _bench.Log.AvailableThrough(1024); s <= last; s++) lines.Add(_bench.Log[s]);
        LogEvent[] named = [.. lines.Where(line => line.Message == LogMessage.IntentOpen)];
        Assert.Equal(20, named.Length);
        Assert.Equal((1L, 7L), (named[0].A, named[0].B));
        Assert.StartsWith("MSFT", named[0].Text.ToString(), StringComparison.Ordinal);
        Assert.Equal(25, Assert.Single(lines, line => line.Message == LogMessage.IntentsOpen).A);
    }

    [Fact]
    public void should_refuse_a_journal_with_a_damaged_intent_and_name_it()
    {
        _bench.Want(1);
        _bench.Writer.DoWork();
        IntentRecord record = Open()[0];
        record.LimitPrice++;
        _bench.Put(_bench.Store.Tables.Intents, 1, StructBytes.Of(ref record));
        Assert.Contains("intent 1", Assert.Throws<JournalException>(_bench.Restart).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_allocate_nothing_when_intents_come_and_go()
    {
        for (int round = 0; round < 3; round++) Round(round);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 3; round < 40; round++) Round(round);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    public void Dispose() => _bench.Dispose();

    private void Round(int round)
    {
        _bench.Want(2);
        _bench.Writer.DoWork();
        ResponseEvent over = new() { Kind = ResponseKind.NotSent, IntentNumber = 2 * round + 1 };
        _bench.Publish(over);
        over.IntentNumber++;
        _bench.Publish(over);
        _bench.Writer.DoWork();
        _bench.ToExecution.Advance(_bench.ToExecution.AvailableThrough(2));
    }

    private void End(params ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers) _bench.Publish(new ResponseEvent { Kind = ResponseKind.NotSent, IntentNumber = number });
        _bench.Writer.DoWork();
        _bench.Time.MonotonicNs += 1_000_000_000;
        _bench.Writer.DoWork();
    }

    private List<IntentRecord> Open()
    {
        using JournalReader reader = _bench.Store.OpenReader();
        IntentRecord[] into = new IntentRecord[200];
        JournalBatch batch = reader.ReadIntentsAfter(0, into);
        Assert.Equal(0, batch.DamagedId);
        return [.. into[..batch.Count]];
    }
}
