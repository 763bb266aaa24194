using System.Text.Json;
using MarketMaker.Contracts;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class PrintSpecs
{
    [Fact]
    public void should_print_a_line_of_text_for_each_record()
    {
        JournalRecord deposit = Adjustment(2, AdjustmentReason.Deposit, cash: 1000_0000);
        Assert.True(RecordNote.TryParse("from the bank, 1st", out deposit.Note));
        using LedgerBench bench = new(Chain(Fill(1, Side.Sell, 300, 12_3405), deposit));
        string[] lines = bench.Print().TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(["30064771073", "2025-06-16T14:00:00.001", "EXECUTION", "AAPL", "SELL", "300", "12.3405", "S1", "3", "10"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("deposit, cash 1000.0000: from the bank, 1st", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void should_print_csv_and_json_with_the_same_content()
    {
        JournalRecord first = Fill(1) with { MatchNumber = ulong.MaxValue, ReceivedNs = 5, SentDeltaNs = 7, AnsweredNs = 100, JournaledNs = 200 };
        JournalRecord second = Adjustment(2, AdjustmentReason.Correction, cash: -5, ticker: "MSFT", shares: -3, price: 7);
        Assert.True(RecordNote.TryParse("a \"quoted\", word", out second.Note));
        using LedgerBench bench = new(Chain(first, second));
        string[] csv = bench.Print("csv").TrimEnd('\n').Split('\n');
        List<JsonElement> json = [.. bench.Print("json").TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(csv[0].Split(','), json[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(csv[1].Split(','), json[0].EnumerateObject().Select(property => property.Value.ToString()));
        Assert.Contains("\"a \"\"quoted\"\", word\"", csv[2], StringComparison.Ordinal);
        Assert.Equal("-0.0005", json[1].GetProperty("cash_amount").GetRawText());
        Assert.Equal(JsonValueKind.Null, json[1].GetProperty("received_to_sent_ns").ValueKind);
        Assert.Equal("18446744073709551615", json[0].GetProperty("match_number").GetRawText());
    }

    [Fact]
    public void should_print_only_what_was_asked_for()
    {
        using LedgerBench bench = new(Chain(Executions(5000)));
        string[] lines = bench.Print("csv", after: Id(4000), ticker: "MSFT", count: 3).TrimEnd('\n').Split('\n');
        Assert.Equal([$"{Id(4001)}", $"{Id(4003)}", $"{Id(4005)}"], lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(5001, bench.Print("csv").TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void should_print_what_is_whole_around_a_damaged_record()
    {
        using LedgerBench bench = new(Chain(Executions(5)));
        bench.Damage(Id(3), bytes => bytes[70] ^= 1);
        Assert.Equal([1, 2, 4, 5], bench.Print("csv").TrimEnd('\n').Split('\n').Skip(1).Select(line => (int)(long.Parse(line.Split(',')[0]) - Id(0))));
    }
}
