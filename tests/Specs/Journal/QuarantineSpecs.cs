using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class QuarantineSpecs
{
    [Fact]
    public void should_lie_in_the_journal_as_version_1_says()
    {
        Assert.Equal(128, Unsafe.SizeOf<QuarantineRecord>());
        QuarantineRecord record = new()
        {
            Version = 1,
            Reason = QuarantineReason.ExecutionOutOfRange,
            Side = Side.Sell,
            UserRefNum = 0x0102_0304,
            Number = 5,
            VenueSequence = 6,
            MatchNumber = 7,
            Price = 0xFFFF_FFFF_FFFF_FFF8,
            Symbol = Symbol.Parse("MSFT"),
            Session = JournalBench.Session("S1"),
            IsBooked = 1,
            QuantityShares = 0xFFFF_FFFF,
            VenueTimeNs = 9,
            KeptAtNs = 10,
        };
        Assert.True(NodeTag.TryParse("NODE1", out record.Node));
        byte[] expected = new byte[128];
        expected[8] = 1;
        expected[10] = 2;
        expected[11] = (byte)'S';
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(12), 0x0102_0304);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(16), 5);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(24), 6);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(32), 7);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(40), -8);
        BinaryPrimitives.WriteUInt64LittleEndian(expected.AsSpan(48), Symbol.Parse("MSFT").Packed);
        "        S1"u8.CopyTo(expected.AsSpan(56));
        expected[66] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(68), uint.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(72), 9);
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(80), 10);
        "NODE1"u8.CopyTo(expected.AsSpan(88));
        Assert.Equal(expected, StructBytes.Of(ref record).ToArray());
        RecordChecksum.Seal(ref record);
        Assert.True(RecordChecksum.IsIntact(ref record));
        record.KeptAtNs++;
        Assert.False(RecordChecksum.IsIntact(ref record));
    }

    [Fact]
    public void should_keep_a_trade_that_cannot_be_booked_and_move_on_in_the_same_commit()
    {
        using JournalBench bench = new();
        bench.Book(Unbookable(sequence: 4));
        bench.Restart();
        QuarantineRecord kept = Assert.Single(Kept(bench));
        Assert.Equal((1, 4L, 900ul, 4711u), (kept.Number, kept.VenueSequence, kept.MatchNumber, kept.UserRefNum));
        Assert.Equal((ulong.MaxValue, 3_000_000_000u), (kept.Price, kept.QuantityShares));
        Assert.Equal((QuarantineReason.ExecutionOfUnknownOrder, 0, bench.Time.WallClockNs), (kept.Reason, kept.IsBooked, kept.KeptAtNs));
        Assert.Equal(("NODE1", "S1", 0ul), (kept.Node.ToString(), kept.Session.ToString(), kept.Symbol.Packed));
        Assert.Equal((4, 1L, 0L), (bench.Store.Recovered.BookedThrough, bench.Store.Recovered.TradesNotBooked, bench.Store.Recovered.Transactions));
        Assert.Equal(1, bench.Counters.Read(Counter.JournalQuarantined));
    }

    [Fact]
    public void should_keep_it_once_though_it_is_replayed()
    {
        using JournalBench bench = new();
        bench.Book(Unbookable(sequence: 4));
        bench.Restart();
        bench.Book(Unbookable(sequence: 4), JournalBench.Message(5), Unbookable(sequence: 6));
        Assert.Equal([4L, 6L], Kept(bench).Select(record => record.VenueSequence));
        Assert.Equal([1L, 2L], Kept(bench).Select(record => record.Number));
    }

    [Fact]
    public void should_keep_evidence_beside_a_trade_that_is_booked_all_the_same()
    {
        using JournalBench bench = new();
        bench.Book(JournalBench.Executed(1, 900) with { Contradiction = QuarantineReason.ExecutionAtWorsePrice });
        Assert.Equal(900ul, Assert.Single(bench.Records()).MatchNumber);
        QuarantineRecord kept = Assert.Single(Kept(bench));
        Assert.Equal((1, "AAPL    ", 50_0000ul, 100u), (kept.IsBooked, kept.Symbol.ToString().PadRight(8), kept.Price, kept.QuantityShares));
        bench.Restart();
        Assert.Equal(0, bench.Store.Recovered.TradesNotBooked);
    }

    [Fact]
    public void should_be_quiet_about_what_a_person_has_seen_and_count_on()
    {
        using JournalBench bench = new();
        bench.Book(Unbookable(1), Unbookable(2));
        MarkSeen(bench);
        bench.Restart();
        Assert.Equal((0L, 0L), (bench.Store.Recovered.TradesNotBooked, bench.Counters.Read(Counter.JournalQuarantined)));
        bench.Book(Unbookable(3));
        Assert.Equal([1L, 2L, 3L], Kept(bench).Select(record => record.Number));
        using (JournalReader reader = bench.Store.OpenReader()) Assert.Equal(2, reader.QuarantineSeenThrough());
        bench.Restart();
        Assert.Equal(1, bench.Store.Recovered.TradesNotBooked);
    }

    [Fact]
    public void should_only_count_what_does_not_fit()
    {
        using JournalBench bench = new(JournalBench.DefaultOptions() with { QuarantineRowsMax = 2 });
        for (int sequence = 1; sequence <= 5; sequence++) bench.Book(Unbookable(sequence));
        Assert.Equal(2, Kept(bench).Count);
        Assert.Equal(3, bench.Counters.Read(Counter.JournalQuarantineDropped));
        bench.Restart();
        bench.Book(Unbookable(6));
        Assert.Equal((2, 6L), (Kept(bench).Count, bench.Store.Recovered.BookedThrough + 1));
    }

    [Fact]
    public void should_say_which_record_is_damaged()
    {
        using JournalBench bench = new();
        bench.Book(Unbookable(1), Unbookable(2));
        QuarantineRecord[] into = new QuarantineRecord[4];
        using (JournalReader reader = bench.Store.OpenReader()) Assert.Equal(new JournalBatch(2, 0), reader.ReadQuarantineAfter(0, into));
        into[1].Price++;
        bench.Put(bench.Store.Tables.Quarantine, 2, StructBytes.Of(ref into[1]));
        using (JournalReader reader = bench.Store.OpenReader()) Assert.Equal(new JournalBatch(1, 2), reader.ReadQuarantineAfter(0, into));
    }

    private static ResponseEvent Unbookable(long sequence) => new()
    {
        Kind = ResponseKind.Unbookable,
        Contradiction = QuarantineReason.ExecutionOfUnknownOrder,
        VenueSequence = sequence,
        ReplayFrom = sequence + 1,
        MatchNumber = 900,
        UserRefNum = 4711,
        OfferReference = ulong.MaxValue,
        QuantityShares = unchecked((int)3_000_000_000),
        TickerIndex = Contracts.Universe.NoTicker,
        Session = JournalBench.Session("S1"),
    };

    private static void MarkSeen(JournalBench bench) => bench.Write(transaction => QuarantineState.MarkSeen(transaction, bench.Store.Tables, JournalBench.Session("S1")));

    private static List<QuarantineRecord> Kept(JournalBench bench)
    {
        using JournalReader reader = bench.Store.OpenReader();
        QuarantineRecord[] into = new QuarantineRecord[100];
        JournalBatch batch = reader.ReadQuarantineAfter(0, into);
        Assert.Equal(0, batch.DamagedId);
        return [.. into[..batch.Count]];
    }
}
