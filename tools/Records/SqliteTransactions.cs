using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MarketMaker.Records;

/// <summary>Streams the transactions out of SQLite, in the order of their primary key.</summary>
internal sealed class SqliteTransactions : ITransactionSource
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _rows;

    public SqliteTransactions(SqliteConnection connection, LedgerScope scope, bool hasAdjustments)
    {
        string adjustments = hasAdjustments ? "coalesce(t.cash_amount, '0'), coalesce(t.reason, '')" : "'0', ''";
        _connection = connection;
        _command = connection.CreateCommand();
        _command.CommandText =
            $"""
            select t.id, t.kind, coalesce(t.action, ''), coalesce(a.ticker, ''), t.price, t.quantity, t.venue_session, t.venue_sequence,
            t.match_number, t.executed_at, t.checksum, {adjustments}, {scope.IsFormer("1", "0")}
            from transactions t left join assets a on a.id = t.asset_id {scope.Where()} order by t.id
            """;
        _rows = _command.ExecuteReader();
    }

    public int Read(Span<Transaction> into)
    {
        int count = 0;
        while (count < into.Length && _rows.Read())
        {
            into[count++] = new Transaction
            {
                Id = _rows.GetInt64(0),
                Kind = RowText.Kind(_rows.GetString(1)),
                Side = RowText.Side(_rows.GetString(2)),
                Symbol = RowText.Ticker(_rows.GetString(3)),
                Price = RowText.Price(Number(4)),
                QuantityShares = (int)Math.Clamp(_rows.GetInt64(5), int.MinValue, int.MaxValue),
                Session = RowText.Session(_rows.GetString(6)),
                Sequence = _rows.GetInt64(7),
                MatchNumber = unchecked((ulong)_rows.GetInt64(8)),
                ExecutedAtNs = RowText.WallClockNs(DateTime.Parse(_rows.GetString(9), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)),
                Checksum = RowText.Checksum(_rows.GetString(10)),
                CashAmount = RowText.Units(Number(11)),
                ReasonCode = _rows.GetString(12) is [var letter, ..] ? (byte)letter : (byte)0,
                IsOfFormerJournal = _rows.GetBoolean(13),
            };
        }

        return count;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _command.Dispose();
        _connection.Dispose();
    }

    private decimal Number(int column) => decimal.Parse(_rows.GetString(column), CultureInfo.InvariantCulture);
}
