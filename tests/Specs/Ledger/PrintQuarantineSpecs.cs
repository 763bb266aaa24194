using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger;
using MarketMaker.Ledger.Commands;
using MarketMaker.Platform.Memory;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class PrintQuarantineSpecs : IDisposable
{
    private readonly JournalBench _bench = new();

    public PrintQuarantineSpecs() => _bench.Book(
        JournalBench.Executed(1, 900) with { Contradiction = QuarantineReason.ExecutionAtWorsePrice },
        JournalBench.Message(2) with { Contradiction = QuarantineReason.AcceptedAgain, TickerIndex = 1 },
        new ResponseEvent
        {
            Kind = ResponseKind.Unbookable,
            Contradiction = QuarantineReason.ExecutionOutOfRange,
            VenueSequence = 3,
            ReplayFrom = 4,
            MatchNumber = ulong.MaxValue,
            UserRefNum = 4711,
            OfferReference = ulong.MaxValue,
            QuantityShares = -1,
            TickerIndex = Universe.NoTicker,
            Session = JournalBench.Session("S1"),
        });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void should_print_csv_and_json_with_the_same_content()
    {
        string[] csv = Print("csv");
        List<JsonElement> json = [.. Print("json").Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(3, json.Count);
        Assert.Equal(csv[0].Split(','), json[0].EnumerateObject().Select(property => property.Name));
        for (int i = 0; i < 3; i++) Assert.Equal(csv[i + 1].Split(','), json[i].EnumerateObject().Select(property => property.Value.ToString()));
        Assert.Equal("1844674407370955.1615", json[2].GetProperty("price").GetRawText());
        Assert.Equal("4294967295", json[2].GetProperty("quantity").GetRawText());
        Assert.Equal(JsonValueKind.Null, json[1].GetProperty("match_number").ValueKind);
    }

    [Fact]
    public void should_say_what_is_not_in_the_books_and_what_a_person_has_seen()
    {
        Assert.Equal(["booked", "no trade", "not booked"], Print("json").Select(State));
        _bench.Write(transaction => QuarantineState.MarkSeen(transaction, _bench.Store.Tables, JournalBench.Session("S1")));
        Assert.Equal(["seen", "seen", "seen"], Print("json").Select(State));

        static string? State(string line) => JsonDocument.Parse(line).RootElement.GetProperty("state").GetString();
    }

    [Fact]
    public void should_print_columns_for_people()
    {
        string[] lines = Print("text");
        Assert.Equal(["3", "not", "booked", "ExecutionOutOfRange"], lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.Equal(lines[0].IndexOf("venue_session", StringComparison.Ordinal), lines[1].IndexOf("S1", StringComparison.Ordinal));
    }

    [Fact]
    public void should_print_only_what_was_asked_for()
    {
        Assert.Single(Print("json", ticker: "AAPL"));
        Assert.Equal(2, Print("json", after: 1).Length);
        Assert.Equal(2, Print("json", count: 2).Length);
    }

    [Fact]
    public void should_print_what_is_whole_around_a_damaged_record_and_end_with_1()
    {
        QuarantineRecord[] into = new QuarantineRecord[4];
        using (JournalReader reader = _bench.Store.OpenReader()) Assert.Equal(3, reader.ReadQuarantineAfter(0, into).Count);
        into[1].Price++;
        _bench.Put(_bench.Store.Tables.Quarantine, 2, StructBytes.Of(ref into[1]));
        Assert.Equal(2, Print("json", expected: ExitStatus.Differences).Length);
    }

    private string[] Print(string format, long after = 0, string? ticker = null, long count = 0, int expected = ExitStatus.Success)
    {
        using JournalReader reader = _bench.Store.OpenReader();
        using StringWriter output = new();
        Assert.Equal(expected, QuarantinePrint.Print(reader, output, after, ticker is null ? null : Symbol.Parse(ticker), count, format));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
