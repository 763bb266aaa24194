using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;
using Npgsql;

namespace MarketMaker.Tests.Native;

public sealed class LedgerSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void should_bring_every_execution_of_the_venue_into_postgresql_once_though_engine_and_shipper_are_killed()
    {
        server.Require();
        using TestNode node = new();
        node.Set("shipper", "database", server.ConnectionString);
        node.Prepare();
        RunningProgram venue = node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        RunningProgram shipper = node.Start("mm-shipper", "run", "--config", node.IniFile);
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 5, "book some executions");
        shipper.WaitUntil(() => Count() > 0, "ship something");
        engine.Kill();
        shipper.Kill();
        (engine, counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 10, "book more executions");
        shipper = node.Start("mm-shipper", "run", "--config", node.IniFile);
        Assert.Equal((0, 0, 0), (venue.Stop(), engine.Stop(), shipper.Stop()));
        List<string> shipped = Shipped();
        Assert.Equal(node.VenueTrades(), shipped);
        Assert.Equal(node.JournalTrades(), shipped);
    }

    private long Count()
    {
        using NpgsqlConnection connection = new(server.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = new("select count(*) from transactions", connection);
        return (long)command.ExecuteScalar()!;
    }

    private List<string> Shipped()
    {
        const string Sql = """
            select t.venue_session, t.match_number, t.kind::text, a.ticker, t.action::text, (t.price * 10000)::bigint, t.quantity
            from transactions t join assets a on a.id = t.asset_id
            """;
        using NpgsqlConnection connection = new(server.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = new(Sql, connection);
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<string> trades = [];
        while (rows.Read()) trades.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
        trades.Sort(StringComparer.Ordinal);
        return trades;
    }
}
