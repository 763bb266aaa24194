using MarketMaker.Contracts;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Tests.Golden.Verdicts;

public class VerdictLayoutSpecs
{
    private const long PublishedNs = 1_700_000_000_000_000_000;
    private const long ValidUntilNs = PublishedNs + 3_000_000_000;

    private static readonly VerdictSnapshotBegin Begin = new(7, 5_000, 2026_11_23, ValidUntilNs, PublishedNs);

    private static readonly TickerVerdict Verdict = new(
        Symbol.Parse("ZVZZT"), VerdictLevel.Denied, VerdictReasons.Jump | VerdictReasons.DayMove, 7, 521, 1_234_567, ValidUntilNs, PublishedNs);

    private static readonly VerdictSnapshotEnd End = new(7, 5_000);

    [Fact]
    public void should_read_the_bytes_of_the_document()
    {
        Assert.True(VerdictSnapshotBegin.TryRead(GoldenVerdicts.Begin, out VerdictSnapshotBegin begin));
        Assert.Equal(Begin, begin);
        Assert.True(TickerVerdict.TryRead(GoldenVerdicts.Verdict, out TickerVerdict verdict));
        Assert.Equal(Verdict, verdict);
        Assert.True(VerdictSnapshotEnd.TryRead(GoldenVerdicts.End, out VerdictSnapshotEnd end));
        Assert.Equal(End, end);
    }

    [Fact]
    public void should_write_the_bytes_of_the_document()
    {
        byte[] begin = new byte[VerdictSnapshotBegin.Length];
        byte[] verdict = new byte[TickerVerdict.Length];
        byte[] end = new byte[VerdictSnapshotEnd.Length];
        Begin.Write(begin);
        Verdict.Write(verdict);
        End.Write(end);
        Assert.Equal(GoldenVerdicts.Begin, begin);
        Assert.Equal(GoldenVerdicts.Verdict, verdict);
        Assert.Equal(GoldenVerdicts.End, end);
    }

    [Fact]
    public void should_refuse_every_other_length_version_and_letter()
    {
        foreach (byte[] good in (byte[][])[GoldenVerdicts.Begin, GoldenVerdicts.Verdict, GoldenVerdicts.End])
        {
            Assert.Equal(1, Readers(good));
            Assert.Equal(0, Readers([.. good, 0]));
            for (int length = 0; length < good.Length; length++) Assert.Equal(0, Readers(good.AsSpan(0, length)));
            Assert.Equal(0, Readers(Changed(good, 0, (byte)'X')));
            Assert.Equal(0, Readers(Changed(good, 1, 2)));
        }
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 16)]
    [InlineData(3, 0)]
    [InlineData(14, 0x80)]
    [InlineData(18, 0x80)]
    public void should_refuse_a_verdict_with_a_value_out_of_range(int offset, byte value) =>
        Assert.False(TickerVerdict.TryRead(Changed(GoldenVerdicts.Verdict, offset, value), out _));

    [Theory]
    [InlineData(VerdictLevel.Calm, VerdictReasons.None, TickerFlags.None)]
    [InlineData(VerdictLevel.Volatile, VerdictReasons.DayMove, TickerFlags.SellOnly)]
    [InlineData(VerdictLevel.Volatile, VerdictReasons.Rise | VerdictReasons.DayMove, TickerFlags.SellOnly | TickerFlags.Volatile)]
    [InlineData(VerdictLevel.Volatile, VerdictReasons.NoData, TickerFlags.SellOnly)]
    [InlineData(VerdictLevel.Denied, VerdictReasons.DayMove, TickerFlags.SellOnly | TickerFlags.Denied)]
    public void should_tell_the_engine_what_a_level_means(VerdictLevel level, VerdictReasons reasons, TickerFlags flags) =>
        Assert.Equal(flags, TickerVerdict.FlagsOf(level, reasons));

    private static int Readers(ReadOnlySpan<byte> message) =>
        (VerdictSnapshotBegin.TryRead(message, out _) ? 1 : 0) + (TickerVerdict.TryRead(message, out _) ? 1 : 0) + (VerdictSnapshotEnd.TryRead(message, out _) ? 1 : 0);

    private static byte[] Changed(byte[] message, int offset, byte value)
    {
        byte[] changed = [.. message];
        changed[offset] = value;
        return changed;
    }
}
