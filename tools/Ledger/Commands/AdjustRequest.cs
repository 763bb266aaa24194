using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Accounting;

namespace MarketMaker.Ledger.Commands;

/// <summary>An adjustment as the command line gives it.</summary>
/// <param name="Reason">opening, deposit, withdrawal or correction.</param>
/// <param name="Cash">Change of cash in dollars.</param>
/// <param name="Ticker">The ticker, when shares move.</param>
/// <param name="Shares">Change of the position.</param>
/// <param name="Price">What a share cost, in dollars.</param>
/// <param name="Note">Why, in words.</param>
/// <param name="AllowShort">Whether the position may fall below zero.</param>
internal sealed record AdjustRequest(string Reason, string? Cash, string? Ticker, long Shares, string? Price, string Note, bool AllowShort)
{
    /// <summary>The record that is to be booked, without what the journal fills in.</summary>
    /// <exception cref="FormatException">A number or a text cannot be taken; the message says which and why.</exception>
    public JournalRecord ToRecord(long wallClockNs)
    {
        long cash = Units("--cash", Cash);
        long price = Units("--price", Price);
        if (cash == 0 && Shares == 0) throw new FormatException("nothing to book: give --cash AMOUNT, or --ticker T --shares N --price P, or both");
        if (Ticker is null != (Shares == 0)) throw new FormatException("--ticker and --shares belong together, and --shares is not 0");
        if (Shares != 0 && Price is null) throw new FormatException("--shares need --price: what a share cost, for the tax lots");
        if (Math.Abs(Shares) > int.MaxValue) throw new FormatException("--shares is beyond 2,147,483,647: book it in parts");
        if (price is < 0 or > Money.PriceMax) throw new FormatException("--price is not 0 to 200,000 dollars");
        CheckDirection(cash);
        if (!RecordNote.TryParse(Note, out RecordNote note)) throw new FormatException($"--note has more than {RecordNote.CharactersMax} characters, or others than printable ASCII");
        return new JournalRecord
        {
            Kind = JournalRecordKind.Adjustment,
            ReasonCode = Letter(),
            CashAmount = cash,
            Symbol = Ticker is null ? default : Symbol.Parse(Ticker),
            Side = Shares < 0 ? Side.Sell : Side.Buy,
            QuantityShares = (int)Math.Abs(Shares),
            Price = (int)price,
            ExecutedAtNs = wallClockNs,
            Note = note,
        };
    }

    /// <summary>Whether the books allow it.</summary>
    /// <returns>Why not, or null.</returns>
    public string? Refuse(in JournalRecord record, RecoveredState state)
    {
        if (record.CashAmount != 0 && (Int128)state.Cash + record.CashAmount is var cash && (cash < 0 || cash > long.MaxValue))
            return "cash would fall below zero or beyond what can be counted";
        long shares = Shares == 0 ? 0 : state.PositionOf(record.Symbol) + Shares;
        return shares < 0 && Shares < 0 && !AllowShort
            ? $"the position in {record.Symbol} would be {shares}: give --allow-short if it is meant to be sold short"
            : null;
    }

    private void CheckDirection(long cash)
    {
        if (Reason is "opening" or "deposit" && (cash < 0 || (Shares < 0 && !AllowShort)))
            throw new FormatException($"{(Reason == "opening" ? "an opening balance" : "a deposit")} brings in: --cash and --shares are above zero (a short opening position needs --allow-short)");
        if (Reason == "withdrawal" && (cash > 0 || Shares > 0))
            throw new FormatException("a withdrawal takes out: write --cash and --shares with a minus, such as --cash -1000");
    }

    private byte Letter() => Reason switch
    {
        "opening" => AdjustmentReason.Opening,
        "deposit" => AdjustmentReason.Deposit,
        "withdrawal" => AdjustmentReason.Withdrawal,
        _ => AdjustmentReason.Correction,
    };

    private static long Units(string option, string? text)
    {
        if (text is null) return 0;
        return Amount.TryParse(text, out long units) ? units : throw new FormatException($"{option} {text} is no amount in dollars with at most four decimals, such as 1234.5678");
    }
}
