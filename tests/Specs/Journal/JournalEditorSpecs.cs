using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalEditorSpecs
{
    [Fact]
    public void should_book_an_adjustment_that_the_next_start_counts()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1, Side.Buy, 100, 50_0000));
        bench.Writer.Flush();
        bench.Stop();
        long id;
        using (JournalEditor editor = JournalEditor.Open(bench.Options))
        {
            id = editor.Append(Deposit(500_0000, "MSFT", 30));
            Assert.Equal(OpeningCash - (100 * 50_0000L) + 500_0000, editor.State.Cash);
            editor.Commit();
        }

        Assert.Equal((7L << 32) + 2, id);
        bench.Start();
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal(OpeningCash - (100 * 50_0000L) + 500_0000, state.Cash);
        Assert.Equal((100, 30), (state.PositionOf(Symbol.Parse("AAPL")), state.PositionOf(Symbol.Parse("MSFT"))));
        JournalRecord record = bench.Records()[1];
        Assert.Equal((JournalRecordKind.Adjustment, "NODE1", "wire of June", AdjustmentReason.Deposit), (record.Kind, record.Node.ToString(), record.Note.ToString(), record.ReasonCode));
        Assert.True(record.BookedAtNs > 0);
        // Trading goes on behind it, in the same chain.
        bench.Book(Executed(2, 2));
        bench.Restart();
        Assert.Equal(3, bench.Store.Recovered.Transactions);
    }

    [Fact]
    public void should_change_nothing_without_a_commit()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1));
        bench.Stop();
        using (JournalEditor editor = JournalEditor.Open(bench.Options))
        {
            editor.Append(Deposit(500_0000));
            editor.ResolveSession(Session("S1"), 50);
        }

        bench.Start();
        Assert.Equal((1, 1), (bench.Store.Recovered.Transactions, bench.Store.Recovered.BookedThrough));
        bench.Book(Executed(2, 2));
        Assert.Equal([1, 2], bench.Records().Select(record => TransactionId.Counter(record.Id)));
    }

    [Fact]
    public void should_end_a_session_with_what_was_missing_so_that_nothing_of_it_is_open()
    {
        using JournalBench bench = new();
        bench.Store.MarkInUse();
        ResponseEvent unfinished = Executed(5, 1);
        unfinished.ReplayFrom = 2;
        bench.Book(unfinished);
        bench.Stop();
        using (JournalEditor editor = JournalEditor.Open(bench.Options))
        {
            Assert.True(editor.State.WasKilled);
            editor.Append(Missing(7, 2));
            editor.ResolveSession(Session("S1"), 9);
            editor.ClearIntents(Session("S1"));
            Assert.True(editor.MarkQuarantineSeen(Session("S1")).IsNone);
            editor.Commit();
        }

        bench.Start();
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal((9, 10, false), (state.BookedThrough, state.ReplayFrom, state.WasKilled));
        Assert.Equal([1UL, 2UL], state.Executions.Select(execution => execution.MatchNumber));
        Assert.Equal(200, state.PositionOf(Symbol.Parse("AAPL")));
        // The venue's messages up to there are never booked again.
        bench.Book(Executed(7, 2), Executed(9, 3));
        Assert.Equal(2, bench.Records().Count);
    }

    [Fact]
    public void should_refuse_to_end_a_session_before_what_is_booked()
    {
        using JournalBench bench = new();
        bench.Book(Executed(5, 1));
        bench.Stop();
        using JournalEditor editor = JournalEditor.Open(bench.Options);
        Assert.Contains("booked through 5", Assert.Throws<JournalException>(() => editor.ResolveSession(Session("S1"), 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_while_an_engine_holds_the_journal()
    {
        using JournalBench bench = new();
        Assert.Contains("another engine", Assert.Throws<JournalException>(() => JournalEditor.Open(bench.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_records_that_say_nothing_sensible()
    {
        using JournalBench bench = new();
        bench.Stop();
        using JournalEditor editor = JournalEditor.Open(bench.Options);
        foreach (JournalRecord wrong in (JournalRecord[])[
            new() { Kind = 0 },
            Deposit(1) with { ReasonCode = (byte)'X' },
            Deposit(1, "AAPL", -5),
            Deposit(1) with { QuantityShares = 5 },
            Missing(1, 1) with { QuantityShares = 0 },
            Missing(1, 1) with { CashAmount = 5 }])
        {
            Assert.Contains("cannot be booked", Assert.Throws<JournalException>(() => editor.Append(wrong)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void should_name_the_command_when_no_id_is_left()
    {
        using JournalBench bench = new(lease: new LeaseFile(7, 1, 2, "NODE1", Guid.Empty), start: false);
        using JournalEditor editor = JournalEditor.Open(bench.Options);
        editor.Append(Deposit(1));
        Assert.Contains("mm-shipper lease", Assert.Throws<JournalException>(() => editor.Append(Deposit(1))).Message, StringComparison.Ordinal);
    }

    private static JournalRecord Deposit(long cash, string? ticker = null, int shares = 0)
    {
        Assert.True(RecordNote.TryParse("wire of June", out RecordNote note));
        return new()
        {
            Kind = JournalRecordKind.Adjustment,
            ReasonCode = AdjustmentReason.Deposit,
            CashAmount = cash,
            Note = note,
            Side = ticker is null ? default : Side.Buy,
            Symbol = ticker is null ? default : Symbol.Parse(ticker),
            QuantityShares = shares,
        };
    }

    private static JournalRecord Missing(long sequence, ulong match) => new()
    {
        Kind = JournalRecordKind.Execution,
        Side = Side.Buy,
        Symbol = Symbol.Parse("AAPL"),
        QuantityShares = 100,
        Price = 50_0000,
        Session = Session("S1"),
        VenueSequence = sequence,
        MatchNumber = match,
    };
}
