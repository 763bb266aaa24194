namespace MarketMaker.Ledger.Printing;

/// <summary>Comma-separated lines as RFC 4180 has them, with a line feed at the end.</summary>
internal static class Csv
{
    /// <summary>Writes a line; cells with a comma, a quote or a line end are quoted.</summary>
    public static void WriteLine(TextWriter output, params ReadOnlySpan<string> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0) output.Write(',');
            output.Write(cells[i].AsSpan().ContainsAny(",\"\r\n") ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
        }

        output.Write('\n');
    }
}
