using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>Columns for people.</summary>
internal sealed class TextPrinter(TextWriter output) : IRecordPrinter
{
    public void Begin() => output.WriteLine(
        $"{"id",20} {"executed at (UTC)",-24} {"kind",-10} {"ticker",-8} {"side",-4} {"shares",9} {"price",13} {"session",-10} {"sequence",10} {"match",12}  note");

    public void Write(in JournalRecord record)
    {
        bool isAdjustment = record.Kind == JournalRecordKind.Adjustment;
        string note = isAdjustment
            ? $"{RecordFormat.Reason(record.Kind, record.ReasonCode)}, cash {RecordFormat.Dollars(record.CashAmount)}: {record.Note}"
            : RecordFormat.Reason(record.Kind, record.ReasonCode);
        string shares = record.QuantityShares == 0 ? "" : record.QuantityShares.ToString(CultureInfo.InvariantCulture);
        string price = record.QuantityShares == 0 ? "" : RecordFormat.Dollars(record.Price);
        string sequence = isAdjustment ? "" : record.VenueSequence.ToString(CultureInfo.InvariantCulture);
        string match = isAdjustment ? "" : record.MatchNumber.ToString(CultureInfo.InvariantCulture);
        // Seven decimals of a second are for machines: people get milliseconds.
        string time = RecordFormat.Time(record.ExecutedAtNs)[..23];
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{record.Id,20} {time,-24} {RecordFormat.Kind(record.Kind),-10} {RecordFormat.Ticker(record.Symbol),-8} {RecordFormat.Action(record.Side),-4} "
            + $"{shares,9} {price,13} {record.Session,-10} {sequence,10} {match,12}  {note}");
        output.WriteLine(line.TrimEnd());
    }
}
