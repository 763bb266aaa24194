using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger;
using MarketMaker.Ledger.Commands;
using MarketMaker.Records;
using MarketMaker.Tests.Specs.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Ledger;

/// <summary>Which session <c>resolve</c> ends when the journal knows several.</summary>
public sealed class ResolveSessionSpecs : IDisposable
{
    private readonly JournalBench _bench = new(DefaultOptions() with { RetentionDays = 0 });
    private readonly StringWriter _output = new();

    private string VenueFile => Path.Combine(_bench.Options.Path, "venue.csv");

    public void Dispose()
    {
        _bench.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void should_book_what_is_missing_in_an_earlier_session_and_leave_the_session_at_hand_as_it_is()
    {
        _bench.Store.MarkInUse();
        _bench.Book(Executed(3, 30), Executed(1, 900, session: "S2") with { ReplayFrom = 1 });
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,7,30,AAPL,BUY,500000,100,US,BREAK");
        Assert.Equal(ExitStatus.Success, Resolve("S1"));
        Assert.Equal([(30UL, JournalRecordKind.Execution, "S1"), (900UL, JournalRecordKind.Execution, "S2"), (30UL, JournalRecordKind.Break, "S1")],
            Records().Select(record => (record.MatchNumber, record.Kind, record.Session.ToString())));
        // 4 p.m. of that session's day.
        Assert.Equal(new DateTimeOffset(2025, 6, 16, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000, Records()[2].ExecutedAtNs);
        _bench.Start();
        RecoveredState state = _bench.Store.Recovered;
        // An order of it may still be open.
        Assert.Equal(("S2", 1L, 1L, true), (state.Session.ToString(), state.BookedThrough, state.ReplayFrom, state.WasKilled));
        Assert.Equal(100, state.PositionOf(Symbol.Parse("AAPL")));
    }

    [Fact]
    public void should_take_the_last_session_with_an_order_or_a_trade_untold_when_none_is_named()
    {
        _bench.Book(Executed(3, 30), Unbookable(5, 50), Executed(1, 900, session: "S2"));
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,5,50,MSFT,SELL,10000,10,US,EXECUTION");
        Assert.Equal(ExitStatus.Success, Resolve());
        Assert.Contains("session S1: 1 transactions agree, 1 were missing and are booked", _output.ToString(), StringComparison.Ordinal);
        _bench.Start();
        Assert.Equal((0L, -10L), (_bench.Store.Recovered.TradesNotBooked, _bench.Store.Recovered.PositionOf(Symbol.Parse("MSFT"))));
        // Then there is none, and the last one is compared.
        WriteVenue("S2,1,900,AAPL,BUY,500000,100,US,EXECUTION");
        Assert.Equal(ExitStatus.Success, Resolve());
        Assert.Contains("session S2: 1 transactions agree, 0 were missing", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_not_call_a_trade_of_another_session_seen()
    {
        _bench.Book(Executed(3, 30), Unbookable(5, 50), Executed(1, 900, session: "S2"), Unbookable(2, 901, "S2"));
        WriteVenue("S2,1,900,AAPL,BUY,500000,100,US,EXECUTION", "S2,2,901,MSFT,SELL,10000,10,US,EXECUTION");
        Resolve();
        Assert.Contains("give --session S1 and the venue's record of it", _output.ToString(), StringComparison.Ordinal);
        _bench.Start();
        Assert.Equal(2, _bench.Store.Recovered.TradesNotBooked);
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,5,50,MSFT,SELL,10000,10,US,EXECUTION");
        Resolve("S1");
        _bench.Start();
        Assert.Equal(1, _bench.Store.Recovered.TradesNotBooked);
        WriteVenue("S2,1,900,AAPL,BUY,500000,100,US,EXECUTION", "S2,2,901,MSFT,SELL,10000,10,US,EXECUTION");
        Resolve();
        _bench.Start();
        Assert.Equal((0L, 4L), (_bench.Store.Recovered.TradesNotBooked, _bench.Store.Recovered.Transactions));
    }

    [Fact]
    public void should_keep_the_open_intents_of_the_session_at_hand_when_an_earlier_one_is_resolved()
    {
        _bench.HasDurableIntents = true;
        _bench.Restart();
        _bench.Book(Executed(3, 30), Executed(1, 900, session: "S2"));
        _bench.Want(2);
        _bench.Writer.DoWork();
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,7,30,AAPL,BUY,500000,100,US,BREAK");
        Resolve("S1");
        _bench.Start();
        Assert.Equal(2, _bench.Store.Recovered.OpenIntents);
        WriteVenue("S2,1,900,AAPL,BUY,500000,100,US,EXECUTION");
        Resolve();
        _bench.Start();
        Assert.Equal(0, _bench.Store.Recovered.OpenIntents);
    }

    [Theory]
    [InlineData("S9", "knows no session S9; it knows S1, S2 (not complete)")]
    [InlineData("S1", "session S1 is complete already: 1 transactions agree")]
    public void should_refuse_a_session_that_is_unknown_or_complete(string session, string said)
    {
        _bench.Store.MarkInUse();
        _bench.Book(Executed(3, 30), Executed(1, 900, session: "S2"));
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION");
        Assert.Contains(said, Assert.Throws<JournalException>(() => Resolve(session)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Records().Count);
    }

    [Fact]
    public void should_refuse_an_earlier_session_whose_records_may_be_purged()
    {
        _bench.Book(Executed(1, 10), Executed(3, 30), Executed(1, 900, session: "S2"));
        _bench.WriteShipped(_bench.Records()[0].Id);
        for (int i = 0; i < 4; i++) _bench.Wait(61_000);
        Assert.Equal(2, _bench.Records().Count);
        WriteVenue("S1,1,10,AAPL,BUY,500000,100,US,EXECUTION", "S1,3,30,AAPL,BUY,500000,100,US,EXECUTION");
        Assert.Contains("may be purged", Assert.Throws<JournalException>(() => Resolve("S1")).Message, StringComparison.Ordinal);
        Assert.Equal(2, Records().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ELEVEN CHAR")]
    [InlineData("S\u00e9ance")]
    public void should_refuse_what_cannot_be_a_session(string name) => Assert.Throws<FormatException>(() => ResolveCommand.SessionOf(name));

    private static ResponseEvent Unbookable(long sequence, ulong match, string session = "S1") => new()
    {
        Kind = ResponseKind.Unbookable,
        Contradiction = QuarantineReason.ExecutionOfUnknownOrder,
        VenueSequence = sequence,
        ReplayFrom = sequence + 1,
        MatchNumber = match,
        TickerIndex = Contracts.Universe.NoTicker,
        Session = Session(session),
    };

    private int Resolve(string? session = null)
    {
        _bench.Stop();
        return ResolveCommand.Resolve(_bench.Options, VenueFile, "US", ResolveCommand.SessionOf(session), isConfirmed: true, _output);
    }

    private void WriteVenue(params string[] rows) => File.WriteAllText(VenueFile, string.Join('\n', [VenueRecord.Header, .. rows, ""]));

    private List<JournalRecord> Records()
    {
        using JournalReader reader = JournalReader.Open(_bench.Options.Path);
        JournalRecord[] buffer = new JournalRecord[100];
        return [.. buffer[..reader.ReadAfter(0, buffer).Count]];
    }
}
