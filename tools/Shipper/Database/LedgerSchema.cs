using System.Data.Common;
using System.Globalization;

namespace MarketMaker.Shipper.Database;

/// <summary>The version of the ledger's tables: read, compared with this program's, brought up to it.</summary>
internal sealed class LedgerSchema(LedgerDialect dialect, DbConnection connection)
{
    private readonly IReadOnlyList<LedgerMigration> _steps = LedgerMigration.Of(dialect.Name);

    private int Newest => _steps[^1].Version;

    /// <summary>Takes the steps that are missing, each once and in a transaction of its own; others who try meanwhile wait.</summary>
    /// <returns>The names of the steps taken.</returns>
    /// <exception cref="LedgerSchemaException">The tables are of a newer program.</exception>
    public List<string> Migrate()
    {
        List<string> taken = [];
        while (TakeStep() is { } name) taken.Add(name);
        dialect.Grant(connection);
        return taken;
    }

    /// <summary>Takes one look, and changes nothing.</summary>
    /// <exception cref="LedgerSchemaException">The tables are not those of this program.</exception>
    public void Check()
    {
        using DbTransaction transaction = connection.BeginTransaction();
        int version = ReadVersion(transaction);
        if (version < Newest)
        {
            string found = version == 0 ? "has no tables" : $"is of version {version}, and this mm-shipper writes version {Newest}";
            throw new LedgerSchemaException($"the ledger at {dialect.Description} {found}: run 'mm-shipper migrate' with an account that may make tables.");
        }
    }

    private string? TakeStep()
    {
        using DbTransaction transaction = connection.BeginTransaction();
        Execute(transaction, dialect.LockSchema);
        int version = ReadVersion(transaction);
        if (_steps.FirstOrDefault(step => step.Version > version) is not { } next) return null;
        Execute(transaction, next.Sql);
        Execute(transaction, string.Create(CultureInfo.InvariantCulture, $"insert into ledger_schema (version) values ({next.Version})"));
        transaction.Commit();
        return next.Name;
    }

    private int ReadVersion(DbTransaction transaction)
    {
        if (Number(transaction, dialect.CountSchemaTables) == 0) return 0;
        int version = Number(transaction, "select coalesce(max(version), 0) from ledger_schema");
        if (version > Newest)
            throw new LedgerSchemaException($"the ledger at {dialect.Description} is of version {version}, and this mm-shipper knows only {Newest}: use the newer program.");
        return version;
    }

    private int Number(DbTransaction transaction, string sql)
    {
        using DbCommand command = Command(transaction, sql);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void Execute(DbTransaction transaction, string sql)
    {
        using DbCommand command = Command(transaction, sql);
        command.ExecuteNonQuery();
    }

    private DbCommand Command(DbTransaction transaction, string sql)
    {
        DbCommand command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        return command;
    }
}

/// <summary>The ledger's tables are not those this program writes; the message names the remedy.</summary>
internal sealed class LedgerSchemaException(string message) : Exception(message);
