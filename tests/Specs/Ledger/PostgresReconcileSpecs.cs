using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Records;
using MarketMaker.Shipper;
using MarketMaker.Tests.Shared;
using MarketMaker.Tests.Specs.Shipper;
using Npgsql;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class PostgresReconcileSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void should_agree_with_postgresql_on_every_kind_of_transaction_and_find_a_changed_row()
    {
        server.Require();
        string schema = $"l{Guid.NewGuid():N}";
        string address = $"{server.ConnectionString};Search Path={schema}";
        Sql($"create schema {schema}");
        using ShippingBench bench = new(() => new MarketMaker.Shipper.Database.PostgresDialect(address, passwordFile: null));
        bench.Book(1, 50);
        ResponseEvent broken = ShippingBench.Execution(7);
        (broken.Kind, broken.VenueSequence, broken.ReplayFrom) = (ResponseKind.Broken, 51, 52);
        bench.Journal.Book(broken);
        bench.Journal.Stop();
        using (JournalEditor editor = JournalEditor.Open(bench.Journal.Options))
        {
            editor.Append(Adjustment(0, AdjustmentReason.Withdrawal, cash: -12_3456));
            editor.Append(Adjustment(0, AdjustmentReason.Opening, ticker: "MSFT", shares: 5, price: 7_0001));
            editor.Commit();
        }

        bench.Journal.Start();
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal((0, 53, 53), Reconcile(bench, address));
        Sql($"set search_path = {schema}; update transactions set price = price + 0.0001 where match_number = 9");
        Sql($"set search_path = {schema}; update transactions set cash_amount = cash_amount - 0.0001 where kind = 'ADJUSTMENT' and asset_id is null");
        Sql($"set search_path = {schema}; delete from transactions where match_number = 11");
        Assert.Equal((3, 53, 52), Reconcile(bench, address));
    }

    private static (long Differences, long Journal, long Database) Reconcile(ShippingBench bench, string address)
    {
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = LedgerDatabase.Open(address, passwordFile: null);
        Assert.Equal(MarketMaker.Tests.Specs.Journal.JournalBench.OpeningCash, database.OpeningCash(reader.Meta.Node));
        ReconciliationResult result = Reconciliation.Run(new ReconciliationInput { Journal = reader, Database = database }, _ => { });
        return (result.Differences, result.Journal, result.Database);
    }

    private void Sql(string text)
    {
        using NpgsqlConnection connection = new(server.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = new(text, connection);
        command.ExecuteNonQuery();
    }
}
