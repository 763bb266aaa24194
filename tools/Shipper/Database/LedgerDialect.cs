using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>What differs between the databases a ledger may lie in.</summary>
internal abstract class LedgerDialect : IDisposable
{
    protected const long NsPerTick = 100;

    /// <summary>Puts a row unless its id is there; the parameters are those of <see cref="TransactionRow"/>.</summary>
    protected abstract string InsertTransaction { get; }

    public abstract string Description { get; }

    /// <summary>Name of the embedded script that makes the tables.</summary>
    public abstract string SchemaResource { get; }

    /// <summary>Counts the tables named ledger_schema, so that an account without the right to make tables can ship into existing ones.</summary>
    public abstract string CountSchemaTables { get; }

    public abstract DbConnection Connect();

    /// <summary>Puts rows that are not there yet.</summary>
    /// <returns>Index of each row that was there already.</returns>
    public abstract List<int> Insert(DbConnection connection, DbTransaction transaction, ReadOnlySpan<JournalRecord> records, Guid journal, Func<Symbol, long> assetOf);

    /// <summary>An amount in 1/10,000 dollar as the column takes it.</summary>
    public abstract object Dollars(int units);

    /// <summary>A wall clock time in ns since 1970 as the column takes it.</summary>
    public abstract object Time(long wallClockNs);

    public abstract object Uuid(Guid uuid);

    public virtual void Dispose() { }

    protected static DateTime ToDateTime(long wallClockNs) => DateTime.UnixEpoch.AddTicks(wallClockNs / NsPerTick);

    protected static decimal ToDecimal(int units) => new(units, 0, 0, false, 4);

    protected static string Checked(string text) => text.Length > 0 ? text : throw new FormatException("the database's address is empty");

    protected static string Invariant(decimal value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
