using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>One line a record, after a line with the columns' names.</summary>
internal sealed class CsvPrinter(TextWriter output) : IRecordPrinter
{
    public void Begin() => Csv.WriteLine(output, [.. RecordFields.Columns.Select(column => column.Name)]);

    public void Write(in JournalRecord record) => Csv.WriteLine(output, RecordFields.Of(record));
}
