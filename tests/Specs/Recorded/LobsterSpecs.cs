using MarketMaker.Contracts;
using MarketMaker.Recorded;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Recorded;

public sealed class LobsterSpecs
{
    [SkippableFact]
    public void should_agree_with_lobsters_own_book_after_every_event()
    {
        string messages = MarketData.PathOrSkip(MarketData.LobsterMessages);
        string[] rows = File.ReadAllLines(MarketData.PathOrSkip(MarketData.LobsterBook));
        Assert.Equal(999, rows.Length);
        Assert.Null(Disagreement(messages, rows, out int compared));
        Assert.Equal(rows.Length - 1, compared);
    }

    [SkippableFact]
    public void should_notice_a_single_share_that_is_wrong_in_lobsters_book()
    {
        string messages = MarketData.PathOrSkip(MarketData.LobsterMessages);
        string[] rows = File.ReadAllLines(MarketData.PathOrSkip(MarketData.LobsterBook));
        const int Row = 500;
        string[] columns = rows[Row].Split(',');
        columns[1] = (long.Parse(columns[1]) + 1).ToString();
        rows[Row] = string.Join(',', columns);
        Assert.NotNull(Disagreement(messages, rows, out int compared));
        Assert.Equal(Row - 1, compared);
    }

    [Fact]
    public void should_take_only_the_level_at_the_bottom_from_the_file()
    {
        RecordedChange deletion = new(1, RecordedKind.Deleted, 0, Side.Sell, 1, 110, 5);
        Assert.Null(new LobsterLadder("110,5,90,5,120,6,80,6").Apply(deletion, "120,6,90,5,130,7,80,6"));
        // A level better than the worst that is known cannot have come from below.
        Assert.NotNull(new LobsterLadder("110,5,90,5,120,6,80,6").Apply(deletion, "115,7,90,5,120,6,80,6"));
    }

    [SkippableTheory]
    [InlineData(MarketData.LobsterMessages, 999)]
    [InlineData(MarketData.LobsterHalfHour, 42_203)]
    public void should_decode_every_line_and_explain_every_order(string file, int messages)
    {
        using LobsterDay day = new(MarketData.PathOrSkip(file), "AAPL");
        RecordedRunReport report = RecordedRun.Run(day, RecordedRunSpecs.AnyEdge);
        Assert.Equal((messages, 0), (report.Messages, report.Undecoded));
        RecordedRunSpecs.ShouldBeExplained(report);
        Assert.True(report.Orders > 0);
    }

    [Theory]
    [InlineData("34200.5,9,1,1,1,1")]
    [InlineData("34200.5,1,1,1,1,0")]
    [InlineData("34200.x,1,1,1,1,1")]
    [InlineData("34200.5,1,1")]
    [InlineData("")]
    public void should_count_a_line_that_is_none(string line)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, [line, "34200.000000001,1,7,18,5853300,-1"]);
            using LobsterDay day = new(path, "AAPL");
            Assert.True(day.TryNext(out RecordedChange change));
            Assert.Equal(new RecordedChange(34_200_000_000_001, RecordedKind.Added, 0, Side.Sell, 7, 5_853_300, 18), change);
            Assert.False(day.TryNext(out _));
            Assert.Equal((1, 1), (day.Messages, day.Undecoded));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string? Disagreement(string messages, string[] rows, out int compared)
    {
        using LobsterDay day = new(messages, "AAPL");
        // The first row is the book after the first event.
        Assert.True(day.TryNext(out _));
        LobsterLadder ladder = new(rows[0]);
        for (compared = 0; compared < rows.Length - 1; compared++)
        {
            Assert.True(day.TryNext(out RecordedChange change));
            if (ladder.Apply(change, rows[compared + 1]) is { } difference) return $"row {compared + 2}: {difference}";
        }

        Assert.False(day.TryNext(out _));
        return null;
    }
}
