using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using Npgsql;

namespace MarketMaker.Tests.Native;

/// <summary>An engine that trades and a shipper that ships into a cluster, until they are stopped.</summary>
internal sealed class ClusterNode : IDisposable
{
    /// <summary>From a fault's end to an empty backlog, or a red state that names the cause.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    private readonly DatabaseCluster _cluster;
    private readonly TestNode _node = new();
    private readonly RunningProgram _venue;
    private readonly RunningProgram _engine;
    private readonly RunningProgram _shipper;
    private readonly CounterFile _counters;
    private readonly Guid _journal;

    public ClusterNode(DatabaseCluster cluster)
    {
        _cluster = cluster;
        _node.Set("journal", "map-mib", "512");
        _node.Set("shipper", "status-file", Status);
        Use(cluster.OwnerConnectionString, cluster.OwnerPasswordFile);
        _node.Run("marketmaker", "init", "--config", _node.IniFile);
        _node.Run("mm-shipper", "migrate", "--config", _node.IniFile);
        Use(cluster.ConnectionString, cluster.PasswordFile);
        _node.Run("mm-shipper", "lease", "--config", _node.IniFile);
        using (JournalReader reader = JournalReader.Open(_node.Journal)) _journal = reader.Meta.Uuid;
        _venue = _node.StartVenue("sim", "--tickers", "200", "--rate", "5000", "--paying", "0.1");
        _shipper = _node.Start("mm-shipper", "run", "--config", _node.IniFile);
        (_engine, _counters) = _node.StartTrading();
    }

    private string Status => _node.PathOf("shipper-status.json");

    public List<string> VenueTrades() => _node.VenueTrades();

    public List<string> JournalTrades() => _node.JournalTrades();

    public long JournaledId()
    {
        using JournalReader reader = JournalReader.Open(_node.Journal);
        return reader.Extent().LastId;
    }

    /// <summary>The last id whose commit the database has acknowledged to the shipper.</summary>
    public long ShippedId()
    {
        string file = Path.Combine(_node.Journal, $"shipped.{_journal:D}");
        return File.Exists(file) ? long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Waits until rows arrive.</summary>
    /// <returns>The last id that is acknowledged.</returns>
    public long WaitForShipping()
    {
        long before = ShippedId();
        _shipper.WaitUntil(() => ShippedId() > before, "ship something");
        return ShippedId();
    }

    /// <summary>
    /// Waits until something is acknowledged that is booked from now on: within the promised time. When the nodes that are left need longer, the
    /// status is red by then and names the cause, and the promised time begins anew once the fault is healed.
    /// </summary>
    /// <returns>How many seconds that took.</returns>
    public double WaitUntilShippingAgain()
    {
        Stopwatch clock = Stopwatch.StartNew();
        long id = JournaledId() + 1;
        if (IsShipped(id, clock, Promised)) return clock.Elapsed.TotalSeconds;
        Assert.True(IsRedWithCause(), $"nothing was shipped for {clock.Elapsed.TotalSeconds:0} s, and the status names no cause:\n{File.ReadAllText(Status)}\n{_shipper.Output}");
        _cluster.Run("heal");
        Assert.True(IsShipped(id, clock, clock.Elapsed + Promised), $"nothing was shipped, though the cluster is healed:\n{File.ReadAllText(Status)}\n{_shipper.Output}");
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Venue, engine, shipper: so that all that was traded is answered, booked and shipped.</summary>
    public void StopInOrder() => Assert.Equal((0, 0, 0), (_venue.Stop(), _engine.Stop(), _shipper.Stop()));

    public long Count(string condition)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = new($"select count(*) from transactions where journal = '{_journal:D}' and {condition}", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What the ledger holds of this journal, as comparable text.</summary>
    public List<string> Shipped()
    {
        const string Sql = """
            select t.venue_session, t.match_number, t.kind::text, a.ticker, t.action::text, (t.price * 10000)::bigint, t.quantity
            from transactions t join assets a on a.id = t.asset_id where t.journal = $1
            """;
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = new(Sql, connection) { Parameters = { new() { Value = _journal } } };
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<string> trades = [];
        while (rows.Read()) trades.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
        trades.Sort(StringComparer.Ordinal);
        return trades;
    }

    public void Dispose()
    {
        _counters.Dispose();
        _node.Dispose();
    }

    private bool IsShipped(long id, Stopwatch clock, TimeSpan until)
    {
        while (ShippedId() < id && clock.Elapsed < until)
        {
            Assert.False(_shipper.HasExited, $"the shipper ended:\n{_shipper.Output}");
            Thread.Sleep(10);
        }

        return ShippedId() >= id;
    }

    private bool IsRedWithCause()
    {
        using JsonDocument status = JsonDocument.Parse(File.ReadAllText(Status));
        return status.RootElement.GetProperty("alarms").EnumerateArray().Any(alarm => alarm.GetString()!.StartsWith("shipping-stalled: ", StringComparison.Ordinal));
    }

    private void Use(string connectionString, string passwordFile)
    {
        _node.Set("shipper", "database", connectionString);
        _node.Set("shipper", "password-file", passwordFile);
    }

    private NpgsqlConnection Connect()
    {
        NpgsqlConnectionStringBuilder address = new(_cluster.OwnerConnectionString) { Password = File.ReadAllText(_cluster.OwnerPasswordFile), Pooling = false };
        // Npgsql looks for the primary only when it is asked through a source of several hosts.
        using NpgsqlMultiHostDataSource source = new NpgsqlDataSourceBuilder(address.ConnectionString).BuildMultiHost();
        return source.OpenConnection(TargetSessionAttributes.ReadWrite);
    }
}
