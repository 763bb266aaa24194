using System.Text;
using System.Text.Json;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>One JSON object a line, so that a reader need not hold them all.</summary>
internal sealed class JsonPrinter(TextWriter output) : IRecordPrinter
{
    private readonly MemoryStream _line = new();

    public void Begin() { }

    public void Write(in JournalRecord record)
    {
        _line.SetLength(0);
        string[] values = RecordFields.Of(record);
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            for (int i = 0; i < values.Length; i++)
            {
                (string name, bool isNumber) = RecordFields.Columns[i];
                if (!isNumber) json.WriteString(name, values[i]);
                else if (values[i].Length == 0) json.WriteNull(name);
                else json.WritePropertyName(name);
                if (isNumber && values[i].Length > 0) json.WriteRawValue(values[i]);
            }

            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length));
        output.Write('\n');
    }
}
