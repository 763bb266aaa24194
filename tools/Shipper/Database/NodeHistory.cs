using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Shipper.Database;

/// <summary>Adds up what the ledger knows of a node whose journal was lost: all its journals, since each took over from the one before.</summary>
internal sealed class NodeHistory(LedgerDialect dialect, DbConnection connection, string node)
{
    private const string OfSession = "from transactions t join assets a on a.id = t.asset_id where t.node = @node and cast(t.kind as text) <> 'ADJUSTMENT'";

    /// <param name="openingCash">The INI's, for a ledger that does not know it; in 1/10,000 dollar.</param>
    /// <param name="utcOffset">US Eastern less UTC, for the session's trading date.</param>
    /// <param name="executionsMax">Executions of the last session to bring, the newest.</param>
    /// <exception cref="RestoreException">There is nothing, or it does not add up.</exception>
    public RestoreFile Read(long? openingCash, TimeSpan utcOffset, int executionsMax)
    {
        long opening = ReadOpeningCash(openingCash);
        Sum sum = ReadSum();
        string session = Text("select t.venue_session " + OfSession + " order by t.id desc limit 1");
        RestoreFile file = new()
        {
            Node = node,
            OpeningCash = opening,
            Cash = checked(opening + sum.Cash),
            Transactions = sum.Transactions,
            Buys = sum.Buys,
            Sells = sum.Sells,
            SharesBought = sum.SharesBought,
            SharesSold = sum.SharesSold,
            PositionsShares = sum.PositionsShares.Where(position => position.Value != 0).ToDictionary(),
        };
        return SessionId.TryCreate(System.Text.Encoding.ASCII.GetBytes(session), out SessionId id) ? ReadSession(file, id, utcOffset, executionsMax) : file;
    }

    private long ReadOpeningCash(long? fromIni)
    {
        List<long> known = [];
        using DbCommand command = Command($"select distinct {dialect.Units("opening_cash")} from journals where node = @node");
        using DbDataReader rows = command.ExecuteReader();
        while (rows.Read()) known.Add(rows.GetInt64(0));
        return known switch
        {
            [long only] => only,
            [] when fromIni is { } cash => cash,
            [] => throw new RestoreException($"the ledger does not know the opening cash of the node {node}: give --config FILE with [capital] cash."),
            _ => throw new RestoreException($"the ledger knows journals of the node {node} with different opening cash: they are not one history. Correct the table journals by hand first."),
        };
    }

    private Sum ReadSum()
    {
        Sum sum = new();
        using DbCommand command = Command(
            "select cast(t.kind as text), cast(t.action as text), a.ticker, count(*), cast(sum(t.quantity) as bigint), "
            + $"cast(sum({dialect.Units("t.price")} * t.quantity) as bigint), cast(sum({dialect.Units("t.cash_amount")}) as bigint) "
            + "from transactions t left join assets a on a.id = t.asset_id where t.node = @node group by t.kind, t.action, a.ticker");
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            string kind = row.GetString(0);
            int direction = kind == "BREAK" ? -1 : 1;
            bool isAdjustment = kind == "ADJUSTMENT";
            if (!isAdjustment && kind is not ("EXECUTION" or "BREAK"))
                throw new RestoreException($"the ledger has transactions of the unknown kind {kind}: use the newer mm-shipper.");
            if (!row.IsDBNull(2)) sum.AddShares(row.GetString(2), direction * (row.GetString(1) == "BUY" ? 1 : -1) * row.GetInt64(4), isAdjustment ? 0 : row.GetInt64(3));
            sum.Transactions += row.GetInt64(3);
            if (isAdjustment) sum.Cash = checked(sum.Cash + (row.IsDBNull(6) ? 0 : row.GetInt64(6)));
            else sum.Cash = checked(sum.Cash - direction * (row.GetString(1) == "BUY" ? 1 : -1) * row.GetInt64(5));
        }

        return sum.Transactions > 0
            ? sum
            : throw new RestoreException($"the ledger at {dialect.Description} has no transaction of the node {node}: there is nothing to restore; make a new journal with 'marketmaker init'.");
    }

    private RestoreFile ReadSession(RestoreFile file, SessionId session, TimeSpan utcOffset, int executionsMax)
    {
        OrderedDictionary<ulong, BookedExecution> executions = [];
        long bookedThrough = 0;
        DateTime executedAt = default;
        using DbCommand command = Command(
            $"select cast(t.kind as text), t.match_number, a.ticker, cast(t.action as text), {dialect.Units("t.price")}, t.quantity, t.user_ref_num, t.venue_sequence, t.executed_at "
            + OfSession + " and t.venue_session = @session order by t.id",
            ("session", session.ToString()));
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            ulong match = unchecked((ulong)row.GetInt64(1));
            bookedThrough = Math.Max(bookedThrough, row.GetInt64(7));
            executedAt = row.GetValue(8) is DateTime time ? time : DateTimeOffset.Parse(row.GetString(8), CultureInfo.InvariantCulture).UtcDateTime;
            executions.Remove(match);
            if (row.GetString(0) == "BREAK") continue;
            Side side = row.GetString(3) == "BUY" ? Side.Buy : Side.Sell;
            executions.Add(match, new BookedExecution(match, Symbol.Parse(row.GetString(2)), side, checked((int)row.GetInt64(4)), row.GetInt32(5), checked((uint)row.GetInt64(6))));
        }

        DateTime date = executedAt + utcOffset;
        return file with
        {
            Session = session,
            TradingDate = (date.Year * 100 + date.Month) * 100 + date.Day,
            BookedThrough = bookedThrough,
            Executions = [.. executions.Values.TakeLast(executionsMax)],
        };
    }

    private string Text(string sql)
    {
        using DbCommand command = Command(sql);
        return command.ExecuteScalar() as string ?? "";
    }

    private DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> more) =>
        LedgerCommand.Make(connection, null, sql, [("node", node), .. more]);

    private sealed class Sum
    {
        public long Cash, Transactions, Buys, Sells, SharesBought, SharesSold;

        public Dictionary<Symbol, long> PositionsShares { get; } = [];

        /// <summary>Adds what came in, or went out, as trades.</summary>
        public void AddShares(string ticker, long shares, long trades)
        {
            Symbol symbol = Symbol.Parse(ticker);
            PositionsShares[symbol] = checked(PositionsShares.GetValueOrDefault(symbol) + shares);
            if (trades == 0) return;
            if (shares > 0) (Buys, SharesBought) = (Buys + trades, SharesBought + shares);
            else (Sells, SharesSold) = (Sells + trades, SharesSold - shares);
        }
    }
}

/// <summary>The ledger's rows of a node do not make a journal; the message names the remedy.</summary>
internal sealed class RestoreException(string message) : Exception(message);
