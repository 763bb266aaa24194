using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger;
using MarketMaker.Ledger.Commands;
using MarketMaker.Records;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Ledger;

/// <summary>What a person changes: adjust and resolve, on a journal that the engine wrote.</summary>
public sealed class EditSpecs : IDisposable
{
    private readonly JournalBench _bench = new();
    private readonly StringWriter _output = new();

    private string VenueFile => Path.Combine(_bench.Options.Path, "venue.csv");

    public void Dispose()
    {
        _bench.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void should_book_a_deposit_after_a_person_said_yes()
    {
        Assert.Equal(ExitStatus.Success, Adjust(Request("deposit", cash: "1000.5", note: "from the bank"), answer: "yes"));
        JournalRecord record = Assert.Single(Records());
        Assert.Equal((JournalRecordKind.Adjustment, AdjustmentReason.Deposit, 1000_5000L, "from the bank"), (record.Kind, record.ReasonCode, record.CashAmount, record.Note.ToString()));
        Assert.Contains("cash 1000000.0000 -> 1001000.5000", _output.ToString(), StringComparison.Ordinal);
        _bench.Start();
        Assert.Equal(JournalBench.OpeningCash + 1000_5000, _bench.Store.Recovered.Cash);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("y")]
    [InlineData(null)]
    public void should_book_nothing_without_a_clear_yes(string? answer)
    {
        Assert.Equal(ExitStatus.Differences, Adjust(Request("deposit", cash: "1"), answer));
        Assert.Empty(Records());
    }

    [Fact]
    public void should_take_opening_shares_and_give_them_back()
    {
        Adjust(Request("opening", ticker: "MSFT", shares: 100, price: "12.5"), "yes");
        Adjust(Request("withdrawal", ticker: "MSFT", shares: -40, price: "12.5"), "yes");
        Assert.Contains("MSFT 100 -> 60 shares", _output.ToString(), StringComparison.Ordinal);
        _bench.Start();
        Assert.Equal(60, _bench.Store.Recovered.PositionOf(Symbol.Parse("MSFT")));
        Assert.Equal(JournalBench.OpeningCash, _bench.Store.Recovered.Cash);
    }

    [Fact]
    public void should_refuse_while_an_engine_runs()
    {
        Assert.Throws<JournalException>(() => AdjustCommand.Adjust(_bench.Options, Request("deposit", cash: "1"), true, TextReader.Null, _output));
        Assert.Empty(_bench.Records());
    }

    [Theory]
    [InlineData("withdrawal", "-1000000.0001", null, 0, null, "below zero")]
    [InlineData("withdrawal", null, "AAPL", -1, "1", "--allow-short")]
    public void should_refuse_what_the_books_do_not_allow(string reason, string? cash, string? ticker, long shares, string? price, string said)
    {
        Assert.Contains(said, Assert.Throws<JournalException>(() => Adjust(Request(reason, cash, ticker, shares, price), "yes")).Message, StringComparison.Ordinal);
        Assert.Empty(Records());
    }

    [Theory]
    [InlineData("deposit", null, null, 0, null)]
    [InlineData("deposit", "-1", null, 0, null)]
    [InlineData("deposit", "1,5", null, 0, null)]
    [InlineData("deposit", "0.00001", null, 0, null)]
    [InlineData("withdrawal", "1", null, 0, null)]
    [InlineData("opening", null, "AAPL", 0, "1")]
    [InlineData("opening", null, null, 5, "1")]
    [InlineData("opening", null, "AAPL", 5, null)]
    [InlineData("opening", null, "AAPL", 5, "-1")]
    [InlineData("opening", null, "AAPL", 5, "200000.0001")]
    [InlineData("opening", null, "AAPL", 2147483648, "1")]
    [InlineData("opening", null, "TOO LONG A NAME", 5, "1")]
    public void should_refuse_numbers_that_cannot_be_meant(string reason, string? cash, string? ticker, long shares, string? price) =>
        Assert.Throws<FormatException>(() => Request(reason, cash, ticker, shares, price).ToRecord(0));

    [Fact]
    public void should_refuse_a_note_that_does_not_fit() =>
        Assert.Throws<FormatException>(() => Request("deposit", cash: "1", note: new string('x', 65)).ToRecord(0));

    [Fact]
    public void should_book_from_the_venues_record_what_the_journal_lacks_and_end_the_session()
    {
        _bench.Store.MarkInUse();
        _bench.Book(JournalBench.Executed(3, 30), JournalBench.Executed(5, 50, Side.Sell, 10));
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,5,50,AAPL,SELL,500000,10,US,EXECUTION",
            "S1,7,70,MSFT,BUY,100000,5,US,EXECUTION", "S1,9,30,AAPL,BUY,500000,100,US,BREAK", "S1,8,80,MSFT,BUY,1,1,THEM,EXECUTION", "S2,9,90,MSFT,BUY,1,1,US,EXECUTION");
        Assert.Equal(ExitStatus.Success, Resolve(isConfirmed: false));
        Assert.Equal(2, Records().Count);
        Assert.Equal(ExitStatus.Success, Resolve());
        Assert.Equal([(30UL, 1), (50UL, 1), (70UL, 1), (30UL, 2)], Records().Select(record => (record.MatchNumber, (int)record.Kind)));
        // 4 p.m. of the session's day, since the venue's record names no time.
        Assert.Equal(new DateTimeOffset(2025, 6, 16, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000, Records()[2].ExecutedAtNs);
        _bench.Start();
        RecoveredState state = _bench.Store.Recovered;
        Assert.Equal((9L, 10L, false), (state.BookedThrough, state.ReplayFrom, state.WasKilled));
        Assert.Equal((-10L, 5L), (state.PositionOf(Symbol.Parse("AAPL")), state.PositionOf(Symbol.Parse("MSFT"))));
        // What the venue said is booked: should the session come back after all, nothing is booked again.
        Assert.Equal(JournalBench.OpeningCash + 10 * 50_0000 - 5 * 10_0000, state.Cash);
    }

    [Fact]
    public void should_find_nothing_more_to_book_the_second_time()
    {
        _bench.Book(JournalBench.Executed(3, 30));
        WriteVenue("S1,3,30,AAPL,BUY,500000,100,US,EXECUTION", "S1,7,70,MSFT,BUY,100000,5,US,EXECUTION");
        Resolve();
        Resolve();
        Assert.Equal(2, Records().Count);
        Assert.Contains("2 transactions agree, 0 were missing", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S1,3,30,AAPL,BUY,500001,100,US,EXECUTION", "price: booked 500000, venue 500001")]
    [InlineData("S1,3,31,AAPL,BUY,500000,100,US,EXECUTION", "the venue's record has no such match")]
    public void should_refuse_and_change_nothing_when_journal_and_venue_contradict_each_other(string row, string said)
    {
        _bench.Store.MarkInUse();
        _bench.Book(JournalBench.Executed(3, 30));
        WriteVenue(row, "S1,7,70,MSFT,BUY,100000,5,US,EXECUTION");
        Assert.Contains("contradict", Assert.Throws<JournalException>(() => Resolve()).Message, StringComparison.Ordinal);
        Assert.Contains(said, _output.ToString(), StringComparison.Ordinal);
        Assert.Single(Records());
        _bench.Start();
        Assert.True(_bench.Store.Recovered.WasKilled);
    }

    private static AdjustRequest Request(string reason, string? cash = null, string? ticker = null, long shares = 0, string? price = null, string note = "") =>
        new(reason, cash, ticker, shares, price, note, AllowShort: false);

    private int Adjust(AdjustRequest request, string? answer)
    {
        _bench.Stop();
        return AdjustCommand.Adjust(_bench.Options, request, isConfirmed: false, new StringReader(answer ?? ""), _output);
    }

    private int Resolve(bool isConfirmed = true)
    {
        _bench.Stop();
        return ResolveCommand.Resolve(_bench.Options, VenueFile, "US", named: null, isConfirmed, _output);
    }

    private void WriteVenue(params string[] rows) => File.WriteAllText(VenueFile, string.Join('\n', [VenueRecord.Header, .. rows, ""]));

    private List<JournalRecord> Records()
    {
        using JournalReader reader = JournalReader.Open(_bench.Options.Path);
        JournalRecord[] buffer = new JournalRecord[100];
        return [.. buffer[..reader.ReadAfter(0, buffer).Count]];
    }
}
