using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>One JSON object a record.</summary>
internal sealed class JsonPrinter(TextWriter output) : IRecordPrinter
{
    private readonly JsonLine _line = new(output);

    public void Begin() { }

    public void Write(in JournalRecord record) => _line.Write(RecordFields.Columns, RecordFields.Of(record));
}
