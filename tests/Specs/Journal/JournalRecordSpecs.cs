using System.IO.Hashing;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;
using MarketMaker.Tests.Golden.Journal;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalRecordSpecs
{
    [Fact]
    public void should_lie_in_the_journal_as_format_1_says()
    {
        Assert.Equal(256, Unsafe.SizeOf<JournalRecord>());
        JournalRecord record = new()
        {
            Version = 1,
            Kind = JournalRecordKind.Execution,
            Side = Side.Sell,
            UserRefNum = 42,
            Id = (7L << 32) + 1,
            VenueSequence = 5,
            MatchNumber = 900,
            OfferReference = 77,
            Symbol = Symbol.Parse("MSFT"),
            Session = JournalBench.Session("S1"),
            QuantityShares = 300,
            Price = 12_3400,
            LimitPrice = 12_3000,
            FairPrice = 12_2000,
            VenueTimeNs = 34_200_000_000_001,
            ReceivedNs = 1000,
            AnsweredNs = 2000,
            JournaledNs = 3000,
            DecodedDeltaNs = 1,
            PricedDeltaNs = 2,
            DecidedDeltaNs = 3,
            SentDeltaNs = 4,
            PreviousChecksum = 0x0123456789ABCDEF,
        };
        Assert.True(NodeTag.TryParse("NODE1", out record.Node));
        RecordChecksum.Seal(ref record);
        Assert.Equal(RecordFormat1.AfterChecksum, StructBytes.Of(ref record)[8..].ToArray());
        Assert.Equal(XxHash3.HashToUInt64(RecordFormat1.AfterChecksum), record.Checksum);
        Assert.True(RecordChecksum.IsIntact(ref record));
    }

    [Theory]
    [InlineData(Side.Buy, JournalRecordKind.Execution, -20_000_000, 40)]
    [InlineData(Side.Sell, JournalRecordKind.Execution, 20_000_000, -40)]
    [InlineData(Side.Buy, JournalRecordKind.Break, 20_000_000, -40)]
    [InlineData(Side.Sell, JournalRecordKind.Break, -20_000_000, 40)]
    public void should_move_cash_against_shares(Side side, JournalRecordKind kind, long cash, long shares)
    {
        JournalRecord record = new() { Side = side, Kind = kind, Price = 50_0000, QuantityShares = 40 };
        Assert.Equal((cash, shares), (Bookkeeping.CashChange(record), Bookkeeping.SharesChange(record)));
    }

    [Fact]
    public void should_move_cash_of_an_adjustment_by_its_own_amount_and_not_by_its_price()
    {
        JournalRecord record = new() { Side = Side.Sell, Kind = JournalRecordKind.Adjustment, Price = 50_0000, QuantityShares = 40, CashAmount = -7 };
        Assert.Equal((-7L, -40L), (Bookkeeping.CashChange(record), Bookkeeping.SharesChange(record)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("opening balance, 2026", true)]
    [InlineData("not printable: \n", false)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    public void should_take_only_notes_that_fit_a_record(string text, bool fits)
    {
        Assert.Equal(fits, RecordNote.TryParse(text, out RecordNote note));
        if (fits) Assert.Equal(text, note.ToString());
    }

    [Theory]
    [InlineData("NODE1", true)]
    [InlineData("ABCDEFGHIJKLM", true)]
    [InlineData("ABCDEFGHIJKLMN", false)]
    [InlineData("", false)]
    [InlineData("node", false)]
    [InlineData("A B", false)]
    public void should_take_only_names_that_fit_an_order(string name, bool fits) => Assert.Equal(fits, NodeTag.TryParse(name, out _));
}
