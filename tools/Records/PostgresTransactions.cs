using MarketMaker.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace MarketMaker.Records;

/// <summary>Streams the transactions out of PostgreSQL with a binary COPY: no row waits for a round trip, none is held.</summary>
internal sealed class PostgresTransactions : ITransactionSource
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBinaryExporter _rows;
    private readonly Dictionary<string, Symbol> _symbols = [];
    private string _sessionText = "";
    private SessionId _session;

    public PostgresTransactions(NpgsqlConnection connection, LedgerScope scope, bool hasAdjustments)
    {
        string adjustments = hasAdjustments ? "coalesce(t.cash_amount, 0), coalesce(t.reason, '')" : "0::numeric, ''";
        _connection = connection;
        _rows = connection.BeginBinaryExport(
            $"""
            copy (select t.id, t.kind::text, coalesce(t.action::text, ''), coalesce(a.ticker, ''), t.price, t.quantity, t.venue_session, t.venue_sequence,
            t.match_number, t.executed_at, t.checksum, {adjustments}, {scope.IsFormer("true", "false")}
            from transactions t left join assets a on a.id = t.asset_id {scope.Where()} order by t.id) to stdout (format binary)
            """);
    }

    public int Read(Span<Transaction> into)
    {
        int count = 0;
        while (count < into.Length && _rows.StartRow() >= 0)
        {
            ref Transaction row = ref into[count++];
            row.Id = _rows.Read<long>();
            row.Kind = RowText.Kind(_rows.Read<string>());
            row.Side = RowText.Side(_rows.Read<string>());
            row.Symbol = Ticker(_rows.Read<string>());
            row.Price = RowText.Price(_rows.Read<decimal>());
            row.QuantityShares = _rows.Read<int>();
            row.Session = Session(_rows.Read<string>());
            row.Sequence = _rows.Read<long>();
            row.MatchNumber = unchecked((ulong)_rows.Read<long>());
            row.ExecutedAtNs = RowText.WallClockNs(_rows.Read<DateTime>(NpgsqlDbType.TimestampTz));
            row.Checksum = RowText.Checksum(_rows.Read<string>());
            row.CashAmount = RowText.Units(_rows.Read<decimal>());
            row.ReasonCode = _rows.Read<string>() is [var letter, ..] ? (byte)letter : (byte)0;
            row.IsOfFormerJournal = _rows.Read<bool>();
        }

        return count;
    }

    public void Dispose()
    {
        // Cancelled first: else the rest of the rows would be read to the end.
        _rows.Cancel();
        _rows.Dispose();
        _connection.Dispose();
    }

    private Symbol Ticker(string text)
    {
        if (_symbols.TryGetValue(text, out Symbol symbol)) return symbol;
        return _symbols[text] = RowText.Ticker(text);
    }

    private SessionId Session(string text)
    {
        if (text != _sessionText) (_sessionText, _session) = (text, RowText.Session(text));
        return _session;
    }
}
