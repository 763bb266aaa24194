using MarketMaker.Tests.Torture.Check;

namespace MarketMaker.Tests.Torture.Servers;

/// <summary>The database behind the ledger, as a run has it. Disposing ends it.</summary>
internal abstract class LedgerServer : IDisposable
{
    /// <summary>Accounts of the shipper and of the one that makes the tables: address and password file, empty for none.</summary>
    public readonly record struct Account(string Database, string PasswordFile);

    public abstract Account Shipper { get; }

    public virtual Account Owner => Shipper;

    /// <summary>An execution that is not in the ledger after this time is taken for lost, ms.</summary>
    public virtual long LagMaxMs => 60_000;

    public abstract Ledger Open();

    /// <summary>For the torture of the primary; null: there is nothing to kill.</summary>
    public virtual Cluster? AsCluster => null;

    public virtual void Dispose()
    {
    }

    /// <exception cref="Processes.TortureFailedException">It does not start, or is not installed.</exception>
    public static LedgerServer Start(LedgerKind kind, RunFolder folder) => kind switch
    {
        LedgerKind.Sqlite => new SqliteFile(folder.File("ledger.db")),
        LedgerKind.Postgres => new LocalPostgres(folder.File("postgres")),
        _ => new Cluster(folder.File("cluster.log")),
    };
}

/// <summary>The embedded database: one file.</summary>
internal sealed class SqliteFile(string file) : LedgerServer
{
    public override Account Shipper => new($"sqlite:{file}", "");

    public override Ledger Open() => Ledger.Sqlite(file);
}
