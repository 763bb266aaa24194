using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>Compares two witnesses' words on one transaction.</summary>
internal static class TransactionFields
{
    // Coarsest of the databases: a microsecond.
    private const long TimeToleranceNs = 1000;

    /// <summary>Whether venue and our own record agree: on ticker, side, price, shares and the message's number.</summary>
    public static bool AgreeWithVenue(in Transaction own, in Transaction venue) =>
        own.Symbol == venue.Symbol && own.Side == venue.Side && own.Price == venue.Price && own.QuantityShares == venue.QuantityShares && own.Sequence == venue.Sequence;

    /// <summary>Whether journal and database agree on everything the database has columns for, and on the checksum over the rest.</summary>
    public static bool AgreeWithDatabase(in Transaction journal, in Transaction database) =>
        journal.Checksum == database.Checksum && journal.MatchNumber == database.MatchNumber && journal.Sequence == database.Sequence
        && journal.Kind == database.Kind && journal.Symbol == database.Symbol && (journal.Side == database.Side || journal.QuantityShares == 0)
        && journal.Price == database.Price && journal.QuantityShares == database.QuantityShares && journal.CashAmount == database.CashAmount
        && Math.Abs(journal.ExecutedAtNs - database.ExecutedAtNs) < TimeToleranceNs && journal.Session == database.Session;

    /// <summary>What differs, for a person.</summary>
    public static string Describe(string leftName, in Transaction left, string rightName, in Transaction right, bool withVenue)
    {
        List<string> parts = [];
        Add("ticker", left.Symbol.ToString(), right.Symbol.ToString());
        Add("side", left.Side.ToString(), right.Side.ToString());
        Add("price", Text(left.Price), Text(right.Price));
        Add("shares", Text(left.QuantityShares), Text(right.QuantityShares));
        Add("sequence", Text(left.Sequence), Text(right.Sequence));
        if (!withVenue)
        {
            Add("kind", left.Kind.ToString(), right.Kind.ToString());
            Add("session", left.Session.ToString(), right.Session.ToString());
            Add("match", left.MatchNumber.ToString(CultureInfo.InvariantCulture), right.MatchNumber.ToString(CultureInfo.InvariantCulture));
            Add("cash", Text(left.CashAmount), Text(right.CashAmount));
            if (Math.Abs(left.ExecutedAtNs - right.ExecutedAtNs) >= TimeToleranceNs) Add("executed at (ns)", Text(left.ExecutedAtNs), Text(right.ExecutedAtNs));
            Add("checksum", left.Checksum.ToString("x16", CultureInfo.InvariantCulture), right.Checksum.ToString("x16", CultureInfo.InvariantCulture));
        }

        return string.Join("; ", parts);

        void Add(string field, string leftText, string rightText)
        {
            if (leftText != rightText) parts.Add($"{field}: {leftName} {leftText}, {rightName} {rightText}");
        }
    }

    /// <summary>A transaction in a few words.</summary>
    public static string Text(in Transaction transaction) => transaction.Kind == JournalRecordKind.Adjustment
        ? string.Create(CultureInfo.InvariantCulture, $"ADJUSTMENT of cash by {transaction.CashAmount} and {transaction.QuantityShares} shares")
        : string.Create(CultureInfo.InvariantCulture,
            $"{(transaction.Kind == JournalRecordKind.Break ? "BREAK of " : "")}{(transaction.Side == Side.Buy ? "BUY" : "SELL")} {transaction.QuantityShares} {transaction.Symbol} at {transaction.Price}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
