using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger;
using MarketMaker.Ledger.Commands;
using MarketMaker.Records;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using Microsoft.Data.Sqlite;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;
using LedgerDatabase = MarketMaker.Records.LedgerDatabase;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class ReconcileSpecs : IDisposable
{
    private const string Us = "US";
    private readonly JournalRecord[] _records;
    private readonly LedgerBench _bench;

    public ReconcileSpecs()
    {
        JournalRecord[] records = Executions(40);
        records[39] = BreakOf(records[6], 40);
        Assert.True(NodeTag.TryParse("NODE1", out NodeTag node));
        for (int i = 0; i < records.Length; i++) records[i].Node = node;
        _records = Chain(records);
        _bench = new LedgerBench(_records);
    }

    private string VenueFile => Path.Combine(_bench.Options.Path, "venue.csv");

    private string Ledger => Path.Combine(_bench.Options.Path, "ledger.db");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void should_find_no_difference_between_three_that_agree()
    {
        WriteVenue(_records);
        Ship();
        (List<Difference> differences, ReconciliationResult result) = Reconcile();
        Assert.Empty(differences);
        Assert.Equal(new ReconciliationResult(40, 40, 40, 40, 0, 0, 0, 0), result);
    }

    [Theory]
    [InlineData("price = '1.0000'", "price: journal 500005, database 10000")]
    [InlineData("quantity = 1", "shares: journal 5, database 1")]
    [InlineData("action = 'SELL'", "side: journal Buy, database Sell")]
    [InlineData("kind = 'BREAK'", "kind: journal Execution, database Break")]
    [InlineData("match_number = 7", "match: journal 50, database 7")]
    [InlineData("venue_session = 'S9'", "session: journal S1, database S9")]
    [InlineData("venue_sequence = 2", "sequence: journal 15, database 2")]
    [InlineData("checksum = '00'", "checksum: journal ")]
    [InlineData("asset_id = (select id from assets where ticker = 'AAPL')", "ticker: journal MSFT, database AAPL")]
    [InlineData("executed_at = '2025-06-16T14:00:00.0060000Z'", "executed at (ns)")]
    public void should_name_each_column_of_the_database_that_differs(string change, string said)
    {
        Ship();
        Sql($"update transactions set {change} where id = {Id(5)}");
        Difference difference = Assert.Single(Reconcile(withVenue: false).Differences);
        Assert.Equal((DifferenceKind.Content, Id(5)), (difference.Kind, difference.Id));
        Assert.Contains(said, difference.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void should_find_rows_that_only_the_journal_or_only_the_database_has()
    {
        Ship();
        Sql($"delete from transactions where id in ({Id(1)}, {Id(20)}, {Id(40)})");
        Sql($"insert into transactions select {Id(99)}, created_at, asset_id, price, action, quantity, kind, executed_at, booked_at, node, journal, order_reference, user_ref_num, "
            + $"venue_session, venue_sequence, match_number, venue_time_ns, limit_price, fair_price, decoded_ns, priced_ns, decided_ns, sent_ns, answered_ns, journaled_ns, checksum{More()} "
            + $"from transactions where id = {Id(3)}");
        List<Difference> differences = Reconcile(withVenue: false).Differences;
        Assert.Equal(
            [(DifferenceKind.NotInDatabase, Id(1)), (DifferenceKind.NotInDatabase, Id(20)), (DifferenceKind.NotInDatabase, Id(40)), (DifferenceKind.NotInJournal, Id(99))],
            differences.Select(difference => (difference.Kind, difference.Id)));
    }

    [Fact]
    public void should_count_what_is_not_shipped_yet_and_tell_it_apart_when_strict()
    {
        Ship();
        JournalRecord[] more = [.. _records, Fill(41), Fill(42)];
        for (int i = 40; i < 42; i++) more[i].Node = _records[0].Node;
        _bench.Put([.. Chain(more).Skip(40)]);
        (List<Difference> differences, ReconciliationResult result) = Reconcile(withVenue: false);
        Assert.Empty(differences);
        Assert.Equal(2, result.NotShippedYet);
        Assert.Equal([Id(41), Id(42)], Reconcile(withVenue: false, strict: true).Differences.Select(difference => difference.Id));
    }

    [Theory]
    [InlineData(DifferenceKind.NotBooked)]
    [InlineData(DifferenceKind.NotInVenueRecord)]
    [InlineData(DifferenceKind.Content)]
    [InlineData(DifferenceKind.Twice)]
    public void should_find_a_planted_difference_to_the_venue_by_session_and_match(DifferenceKind planted)
    {
        List<JournalRecord> venue = [.. _records];
        JournalRecord third = venue[2];
        switch (planted)
        {
            case DifferenceKind.NotBooked: venue.Insert(3, Fill(77)); break;
            case DifferenceKind.NotInVenueRecord: venue.RemoveAt(2); break;
            case DifferenceKind.Content: venue[2] = third with { Price = third.Price + 1 }; break;
            default: venue.InsertRange(3, [third, third]); break;
        }

        WriteVenue(venue);
        List<Difference> differences = Reconcile(withDatabase: false).Differences;
        if (planted == DifferenceKind.Twice) Assert.Equal([DifferenceKind.Twice, DifferenceKind.NotBooked], differences.Select(difference => difference.Kind));
        else Assert.Equal(planted, Assert.Single(differences).Kind);
        Assert.All(differences, difference => Assert.Equal(planted == DifferenceKind.NotBooked ? 770UL : 30UL, difference.MatchNumber));
    }

    [Fact]
    public void should_match_whatever_the_order_and_leave_out_other_participants_and_sessions()
    {
        JournalRecord other = Fill(50, session: "S0");
        JournalRecord[] records = [.. _records.Take(20), other];
        using LedgerBench bench = new(Chain([.. records]));
        List<JournalRecord> shuffled = [.. records.Take(20)];
        Random random = new(1);
        for (int i = shuffled.Count - 1; i > 0; i--) (shuffled[i], shuffled[random.Next(i)]) = (shuffled[random.Next(i)], shuffled[i]);
        List<JournalRecord> venue = [.. records.Take(20).OrderBy(record => record.MatchNumber * 7919 % 101)];
        WriteVenue(venue, others: [Fill(60), Fill(61)]);
        using JournalReader reader = bench.OpenReader();
        ReconciliationInput input = new() { Journal = reader, VenueFiles = [VenueFile], Participant = Us };
        ReconciliationResult result = Reconciliation.Run(input, difference => Assert.Fail(difference.Detail));
        Assert.Equal((20, 20, 1), (result.Venue, result.Pairs, result.Uncovered));
        // Who says that the record covers everything must find the other session's execution missing.
        Assert.Equal(1, Reconciliation.Run(input with { CoversAllSessions = true }, _ => { }).Differences);
    }

    [Fact]
    public void should_compare_the_database_with_the_venue_when_the_journal_is_lost()
    {
        Ship();
        WriteVenue(_records);
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{Ledger}", null);
        ReconciliationInput input = new() { Database = database, Node = "NODE1", VenueFiles = [VenueFile], Participant = Us };
        Assert.Equal(0, Reconciliation.Run(input, _ => { }).Differences);
        Sql($"delete from transactions where id = {Id(9)}");
        List<Difference> differences = [];
        Reconciliation.Run(input, differences.Add);
        Assert.Equal((DifferenceKind.NotBooked, 90UL), (differences[0].Kind, differences[0].MatchNumber));
        // A node of another name has nothing there, which is a difference and no agreement.
        Assert.Equal(40, Reconciliation.Run(input with { Node = "OTHER" }, _ => { }).Differences);
    }

    [Fact]
    public void should_count_rows_of_a_lost_journal_of_the_same_node_without_calling_them_wrong()
    {
        Ship();
        Sql($"update transactions set journal = '{Guid.NewGuid():D}' where id <= {Id(10)}");
        using LedgerBench young = new();
        using JournalReader reader = young.OpenReader();
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{Ledger}", null);
        Sql($"update transactions set journal = '{Guid.NewGuid():D}'");
        ReconciliationResult result = Reconciliation.Run(new ReconciliationInput { Journal = reader, Database = database }, difference => Assert.Fail(difference.Detail));
        Assert.Equal(40, result.InDatabaseAlone);
    }

    [Fact]
    public void should_call_it_a_difference_when_the_venue_knows_nothing_of_us()
    {
        WriteVenue([], others: _records);
        Assert.Equal(DifferenceKind.VenueRecordEmpty, Assert.Single(Reconcile(withDatabase: false).Differences).Kind);
    }

    [Fact]
    public void should_report_a_damaged_record_and_what_it_hides()
    {
        Ship();
        _bench.Damage(Id(7), bytes => bytes[80] ^= 1);
        Assert.Equal([DifferenceKind.NotInJournal, DifferenceKind.Damaged], Reconcile(withVenue: false).Differences.Select(difference => difference.Kind));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("S1,1,1,AAPL,BUY,1,1,US,EXECUTION,more")]
    [InlineData("S1,1,1,AAPL,HOLD,1,1,US,EXECUTION")]
    [InlineData("S1,1,x,AAPL,BUY,1,1,US,EXECUTION")]
    [InlineData("S1,1,1,AAPL,BUY,-1,1,US,EXECUTION")]
    public void should_refuse_a_line_of_the_venue_that_cannot_be_understood_and_name_it(string line)
    {
        File.WriteAllText(VenueFile, $"{VenueRecord.Header}\n{line}\n");
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => Reconcile(withDatabase: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_write_json_that_says_the_same_and_end_with_1_when_something_differs()
    {
        Ship();
        Sql($"delete from transactions where id = {Id(9)}");
        using JournalReader reader = _bench.OpenReader();
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{Ledger}", null);
        using StringWriter output = new();
        int status = ReconcileCommand.Reconcile(new ReconciliationInput { Journal = reader, Database = database }, output, asJson: true, CancellationToken.None);
        Assert.Equal(ExitStatus.Differences, status);
        JsonElement json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal((1, Id(9)), (json.GetProperty("differenceCount").GetInt64(), json.GetProperty("differences")[0].GetProperty("id").GetInt64()));
        Assert.Equal("not-in-database", json.GetProperty("differences")[0].GetProperty("kind").GetString());
    }

    private (List<Difference> Differences, ReconciliationResult Result) Reconcile(bool withVenue = true, bool withDatabase = true, bool strict = false)
    {
        List<Difference> differences = [];
        using JournalReader reader = _bench.OpenReader();
        using LedgerDatabase? database = withDatabase ? LedgerDatabase.Open($"sqlite:{Ledger}", null) : null;
        ReconciliationInput input = new() { Journal = reader, Database = database, VenueFiles = withVenue ? [VenueFile] : [], Participant = Us, IsStrict = strict };
        ReconciliationResult result = Reconciliation.Run(input, differences.Add);
        Assert.Equal(differences.Count, result.Differences);
        return (differences, result);
    }

    private void WriteVenue(IEnumerable<JournalRecord> ours, IEnumerable<JournalRecord>? others = null)
    {
        StringBuilder text = new(VenueRecord.Header + "\n");
        foreach (JournalRecord record in others ?? []) Add(record, "THEM");
        foreach (JournalRecord record in ours) Add(record, Us);
        File.WriteAllText(VenueFile, text.ToString());

        void Add(JournalRecord record, string participant) => text.Append(CultureInfo.InvariantCulture,
            $"{record.Session},{record.VenueSequence},{record.MatchNumber},{record.Symbol},{(record.Side == Side.Buy ? "BUY" : "SELL")},{record.Price},{record.QuantityShares},{participant},{(record.Kind == JournalRecordKind.Break ? "BREAK" : "EXECUTION")}\n");
    }

    private void Ship()
    {
        using JournalReader reader = _bench.OpenReader();
        using ILedgerDatabase ledger = MarketMaker.Shipper.Database.LedgerDatabase.Open($"sqlite:{Ledger}", null);
        ShipperOptions options = new() { JournalPath = _bench.Options.Path, Database = "", Once = true };
        Assert.Equal(ShippingEnd.Complete, new ShippingLoop(options, reader, ledger, TextWriter.Null).Run(CancellationToken.None));
    }

    private string More()
    {
        using SqliteConnection connection = new($"Data Source={Ledger};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "select count(*) from pragma_table_info('transactions') where name = 'cash_amount'";
        return (long)command.ExecuteScalar()! == 1 ? ", cash_amount, note, reason" : "";
    }

    private void Sql(string text)
    {
        using SqliteConnection connection = new($"Data Source={Ledger};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
