using System.Data.Common;
using MarketMaker.Shipper.Database;
using Npgsql;

namespace MarketMaker.Harness.Shipping;

/// <summary>The tables of a ledger, made and emptied.</summary>
internal static class EmptyLedger
{
    internal static void Make(Func<LedgerDialect> dialect)
    {
        using (LedgerDatabase tables = new(dialect())) tables.Migrate();
        Scalar(dialect, "truncate transactions, shipping_cursors, journals; select 0");
        try
        {
            Scalar(dialect, "checkpoint; select 0");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // A cluster's owner of tables may not: its checkpoints then fall where they fall.
        }
    }

    internal static long Rows(Func<LedgerDialect> dialect) => Scalar(dialect, "select count(*) from transactions");

    private static long Scalar(Func<LedgerDialect> open, string sql)
    {
        using LedgerDialect dialect = open();
        using DbConnection connection = dialect.Connect();
        using DbCommand command = LedgerCommand.Make(connection, null, sql);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
