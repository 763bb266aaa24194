namespace MarketMaker.Ledger.Printing;

/// <summary>A table as CSV, or as columns for people; rows are written as they come.</summary>
internal sealed class TableWriter(TextWriter output, bool asCsv)
{
    private const int WidthMin = 12;
    private int[] _widths = [];

    public void Header(params string[] names)
    {
        _widths = [.. names.Select(name => Math.Max(WidthMin, name.Length + 1))];
        Row(names);
    }

    public void Row(params string[] cells)
    {
        if (asCsv) Csv.WriteLine(output, cells);
        else output.Write(string.Concat(cells.Select((cell, i) => i == 0 ? cell.PadRight(_widths[i]) : $" {cell.PadLeft(_widths[i])}")).TrimEnd() + "\n");
    }

    /// <summary>A line for people; in CSV the rows speak for themselves.</summary>
    public void Total(string name, string value)
    {
        if (!asCsv) output.Write($"{name}: {value}\n");
    }
}
