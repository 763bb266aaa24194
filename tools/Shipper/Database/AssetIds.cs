using System.Data.Common;
using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>The ids of the assets, read once per connection; a ticker the ledger has not seen is added before the rows that need it.</summary>
/// <remarks>In a commit of its own: an asset without transactions harms nobody, and shippers of several nodes do not wait for one another's batches.</remarks>
internal sealed class AssetIds(LedgerDialect dialect)
{
    private readonly Dictionary<Symbol, long> _known = [];

    public IReadOnlyDictionary<Symbol, long> Known => _known;

    /// <summary>Makes sure that every asset of a batch is known.</summary>
    public void Learn(DbConnection connection, ReadOnlySpan<JournalRecord> records)
    {
        if (_known.Count == 0) ReadAll(connection);
        HashSet<Symbol>? missing = null;
        foreach (ref readonly JournalRecord record in records)
        {
            if (RowBatch.HasAsset(record) && !_known.ContainsKey(record.Symbol)) (missing ??= []).Add(record.Symbol);
        }

        if (missing is null) return;
        using (DbTransaction transaction = connection.BeginTransaction())
        {
            // In one order everywhere, so that two shippers with the same new tickers cannot wait for each other.
            foreach (Symbol symbol in missing.Order())
            {
                using DbCommand insert = LedgerCommand.Make(
                    connection, transaction, "insert into assets (ticker) values (@ticker) on conflict (ticker) do nothing", ("ticker", symbol.ToString()));
                insert.ExecuteNonQuery();
            }

            dialect.Commit(transaction);
        }

        ReadAll(connection);
    }

    public void Forget() => _known.Clear();

    private void ReadAll(DbConnection connection)
    {
        using DbCommand select = LedgerCommand.Make(connection, null, "select ticker, id from assets");
        using DbDataReader row = select.ExecuteReader();
        while (row.Read())
        {
            // A ticker that somebody else's program wrote in another form is none of ours.
            if (Symbol.TryParse(System.Text.Encoding.ASCII.GetBytes(row.GetString(0)), out Symbol symbol)) _known[symbol] = row.GetInt64(1);
        }
    }
}
