using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;

namespace MarketMaker.Shipper.Database;

/// <summary>What differs between the databases a ledger may lie in.</summary>
internal abstract class LedgerDialect : IDisposable
{
    private const long NsPerTick = 100;

    /// <summary>Folder of its migrations.</summary>
    public abstract string Name { get; }

    public abstract string Description { get; }

    /// <summary>Whether whoever ships also makes the tables. Not where accounts have rights: there a person migrates.</summary>
    public abstract bool MigratesByItself { get; }

    /// <summary>Holds other migrations off until the transaction ends.</summary>
    public abstract string LockSchema { get; }

    /// <summary>Counts the tables named ledger_schema.</summary>
    public abstract string CountSchemaTables { get; }

    /// <summary>Opens a connection that is ready for use.</summary>
    public DbConnection Connect()
    {
        DbConnection connection = Open();
        try
        {
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The first half of <see cref="Connect"/>, which is bounded in time by itself.</summary>
    public abstract DbConnection Open();

    /// <summary>The second half: what must be set before anything else.</summary>
    public virtual void Prepare(DbConnection connection) { }

    /// <summary>What a connection's answers come over; null where there is no network between.</summary>
    public virtual Socket? SocketOf(DbConnection connection) => null;

    /// <summary>Gives the ledger's roles their rights, where there are roles.</summary>
    public virtual void Grant(DbConnection connection) { }

    /// <summary>Takes the journal for this connection until it closes, unless another connection has it.</summary>
    public virtual bool TryTakeJournal(DbConnection connection, Guid journal) => true;

    /// <summary>Who has the journal; null where nobody can tell.</summary>
    public virtual JournalHolder? HolderOf(DbConnection connection, Guid journal) => null;

    /// <summary>Why the database refuses, when it does so for good; null for a failure that may pass.</summary>
    public virtual Refusal? RefusalIn(Exception failure) => null;

    /// <summary>Commits, and makes sure that the commit is as durable as the database promises.</summary>
    /// <exception cref="DbException">It is not, or it is unknown: the rows may be there and may yet vanish.</exception>
    public virtual void Commit(DbTransaction transaction) => transaction.Commit();

    /// <summary>Puts rows that are not there yet.</summary>
    /// <returns>Index of each row that was there already, and whether its content was the same.</returns>
    public abstract IReadOnlyList<(int Index, bool IsSame)> Insert(DbConnection connection, DbTransaction transaction, RowBatch rows);

    /// <summary>A column of dollars as a whole number of 1/10,000 dollar.</summary>
    public abstract string Units(string column);

    /// <summary>An amount in 1/10,000 dollar as the column takes it.</summary>
    public abstract object Dollars(long units);

    /// <summary>A wall clock time in ns since 1970 as the column takes it.</summary>
    public abstract object Time(long wallClockNs);

    public abstract object Uuid(Guid uuid);

    public virtual void Dispose() { }

    public static DateTime ToDateTime(long wallClockNs) => DateTime.UnixEpoch.AddTicks(wallClockNs / NsPerTick);

    /// <summary>Exact: a decimal holds any 64-bit number of units.</summary>
    public static decimal ToDecimal(long units)
    {
        ulong size = (ulong)Int128.Abs(units);
        return new decimal((int)size, (int)(size >> 32), 0, units < 0, 4);
    }

    protected static string Checked(string text) => text.Length > 0 ? text : throw new FormatException("the database's address is empty");

    protected static string Invariant(decimal value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
