using MarketMaker.Tests.Torture.Check;

namespace MarketMaker.Tests.Specs.Torture;

/// <summary>The checker of the torture runs, on records with differences planted in them: one that finds nothing would prove nothing.</summary>
public sealed class ExactlyOnceSpecs
{
    private static readonly Trade[] Traded =
    [
        new("S1", 10, 1, false, "AAPL", true, 1_000_000, 100),
        new("S1", 12, 2, false, "AAPL", false, 1_020_000, 50),
        new("S1", 15, 3, false, "MSFT", true, 2_000_000, 10),
        new("S1", 19, 3, true, "MSFT", true, 2_000_000, 10),
    ];

    [Fact]
    public void should_find_nothing_where_nothing_is_wrong()
    {
        Assert.Empty(Compare(Traded));
        Assert.Empty(Compare([.. Traded.Reverse()]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void should_find_a_missing_row(int missing) =>
        Assert.Equal([DifferenceKind.Lost], Compare([.. Traded.Where((_, i) => i != missing)]));

    [Fact]
    public void should_find_a_missing_break() =>
        Assert.Equal([DifferenceKind.Lost], Compare(Traded[..^1]));

    [Fact]
    public void should_find_a_doubled_row() =>
        Assert.Equal([DifferenceKind.Doubled], Compare([.. Traded, Traded[1]]));

    [Fact]
    public void should_find_a_row_that_repeats_an_execution_under_other_content() =>
        Assert.Equal([DifferenceKind.Doubled], Compare([.. Traded, Traded[1] with { Shares = 7 }]));

    [Fact]
    public void should_find_an_invented_row() =>
        Assert.Equal([DifferenceKind.Invented], Compare([.. Traded, Traded[0] with { Match = 99 }]));

    [Fact]
    public void should_find_a_row_of_another_session() =>
        Assert.Equal([DifferenceKind.Invented, DifferenceKind.Lost], Compare([Traded[0] with { Session = "S0" }, .. Traded[1..]]));

    [Fact]
    public void should_find_each_kind_of_altered_content()
    {
        Trade[] altered =
        [
            Traded[0] with { Price = 1_000_001 }, Traded[0] with { Shares = 101 }, Traded[0] with { IsBuy = false },
            Traded[0] with { Ticker = "AMZN" }, Traded[0] with { Sequence = 11 },
        ];
        Assert.All(altered, row => Assert.Equal([DifferenceKind.Altered], Compare([row, .. Traded[1..]])));
    }

    [Fact]
    public void should_find_them_also_when_the_ledger_is_told_first()
    {
        ExactlyOnce records = new();
        records.AddLedger(new LedgerRow(1, Traded[0] with { Price = 1 }));
        records.AddLedger(new LedgerRow(2, Traded[1] with { Match = 77 }));
        foreach (Trade trade in Traded[..2]) records.AddVenue(trade);
        records.Conclude();
        Assert.Equal([DifferenceKind.Altered, DifferenceKind.Invented, DifferenceKind.Lost], records.Differences.Select(difference => difference.Kind));
    }

    [Fact]
    public void should_say_through_which_trade_the_ledger_is_complete()
    {
        ExactlyOnce records = new();
        foreach (Trade trade in Traded) records.AddVenue(trade);
        records.AddLedger(new LedgerRow(2, Traded[1]));
        Assert.Equal(0, records.CompleteThrough);
        records.AddLedger(new LedgerRow(1, Traded[0]));
        Assert.Equal(2, records.CompleteThrough);
    }

    [Fact]
    public void should_refuse_a_venue_that_reports_an_execution_twice()
    {
        ExactlyOnce records = new();
        records.AddVenue(Traded[0]);
        Assert.Throws<InvalidDataException>(() => records.AddVenue(Traded[0]));
    }

    [Fact]
    public void should_read_a_record_that_is_still_being_written()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "session,sequence,match,ticker,side,price,quantity,participant,kind\nS1,10,1,AAPL,BUY,1000000,100,ME,EXECUTION\nS1,11,2,AAPL,BUY,1,1,C01,EXECUTION\nS1,12,3,AA");
            using VenueRecord record = new(file, "ME");
            List<Trade> read = [];
            record.Read(read.Add);
            Assert.Equal([Traded[0]], read);
            File.AppendAllText(file, "PL,SELL,1020000,50,ME,BREAK\n");
            record.Read(read.Add);
            Assert.Equal([Traded[0], new Trade("S1", 12, 3, true, "AAPL", false, 1_020_000, 50)], read);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<DifferenceKind> Compare(params Trade[] rows)
    {
        ExactlyOnce records = new();
        foreach (Trade trade in Traded) records.AddVenue(trade);
        foreach ((Trade row, int id) in rows.Select((row, i) => (row, i + 1))) records.AddLedger(new LedgerRow(id, row));
        records.Conclude();
        return records.Differences.Select(difference => difference.Kind);
    }
}
