using System.Text;
using System.Text.Json;

namespace MarketMaker.Ledger.Printing;

/// <summary>One JSON object a line, so that a reader need not hold them all.</summary>
internal sealed class JsonLine(TextWriter output)
{
    private readonly MemoryStream _line = new();

    /// <summary>Writes a line: numbers bare, null where one is empty, all else as text.</summary>
    public void Write(ReadOnlySpan<(string Name, bool IsNumber)> columns, ReadOnlySpan<string> values)
    {
        _line.SetLength(0);
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            for (int i = 0; i < values.Length; i++)
            {
                (string name, bool isNumber) = columns[i];
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
