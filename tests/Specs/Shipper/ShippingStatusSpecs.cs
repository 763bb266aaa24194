using System.Text.Json;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class ShippingStatusSpecs
{
    [Fact]
    public async Task should_show_lag_and_age_in_red_while_the_database_is_away_and_turn_green_when_it_is_back()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"mm-away-{Guid.NewGuid():N}");
        using ShippingBench bench = new(() => new SqliteDialect(Path.Combine(folder, "ledger.db")), migrate: false);
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json"), AgeAlarmMs = 100 };
        bench.Book(1, 1000);
        using CancellationTokenSource stop = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        Task<ShippingEnd> run = Task.Run(() => new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop.Token));
        JsonElement away = bench.WaitForStatus(status => status.GetProperty("state").GetString() == "database away");
        Assert.Equal((1000, false, "red"), (away.GetProperty("lagRows").GetInt32(), away.GetProperty("connected").GetBoolean(), away.GetProperty("color").GetString()));
        Assert.True(away.GetProperty("oldestUnshippedAgeMs").GetInt64() > 100);
        Assert.StartsWith("shipping-late:", away.GetProperty("alarms")[0].GetString());
        DateTimeOffset at = away.GetProperty("updatedAt").GetDateTimeOffset();
        bench.WaitForStatus(status => status.GetProperty("updatedAt").GetDateTimeOffset() > at);

        Directory.CreateDirectory(folder);
        JsonElement back = bench.WaitForStatus(status => status.GetProperty("lagRows").GetInt32() == 0);
        Assert.Equal(("green", 1000), (back.GetProperty("color").GetString(), back.GetProperty("shippedRows").GetInt32()));
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.Contains("ALARM: shipping-late:", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.Contains("over: shipping-late:", bench.Log.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void should_stay_red_while_the_ledger_holds_rows_of_the_journal_in_quarantine()
    {
        using ShippingBench bench = new();
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        bench.Book(1, 3);
        bench.ShipOnce();
        bench.Query("update transactions set checksum = 'other' where match_number = 2");
        bench.Query("update shipping_cursors set last_id = 0");
        bench.ShipOnce();
        bench.ShipOnce();
        JsonElement status = bench.ReadStatus();
        Assert.Equal(("red", 1), (status.GetProperty("color").GetString(), status.GetProperty("quarantined").GetInt32()));
    }
}
