using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Prices;

/// <summary>The part of the universe that one node trades: ranges of names, such as <c>A-F</c>, and names by themselves.</summary>
/// <remarks>
/// A range holds what begins like its ends and all between: <c>A-F</c> holds <c>A</c>, <c>BRK.A</c> and <c>FZZZ</c>. A name with a dash in it
/// stands in single quotes: the reader of INI files takes double ones away. Cold: used at start alone.
/// </remarks>
public sealed class UniverseSlice
{
    private readonly List<(string Low, string High)> _ranges = [];
    private readonly HashSet<Symbol> _names = [];

    private UniverseSlice()
    {
    }

    /// <summary>Whether every ticker is in it.</summary>
    public bool IsAll => _ranges.Count == 0 && _names.Count == 0;

    /// <summary>Reads a slice: parts divided by commas; nothing at all is every ticker.</summary>
    /// <param name="text">Such as <c>A-F,TSLA,'BAC-K'</c>.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    /// <returns>Null when it is refused.</returns>
    public static UniverseSlice? Parse(string text, out string error)
    {
        UniverseSlice slice = new();
        error = "";
        if (text.Trim().Length == 0) return slice;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            error = slice.Add(part);
            if (error.Length > 0) return null;
        }

        return slice;
    }

    /// <summary>Whether this node trades a ticker.</summary>
    public bool Contains(Symbol symbol)
    {
        if (IsAll || _names.Contains(symbol)) return true;
        string name = symbol.ToString();
        return _ranges.Exists(range => Compare(name, range.Low) >= 0 && Compare(name, range.High) <= 0);
    }

    /// <summary>The tickers of a universe that are in it, as a universe of their own.</summary>
    /// <returns>Null when there are none.</returns>
    public Universe? Of(Universe all)
    {
        if (IsAll) return all;
        Symbol[] kept = [.. Enumerable.Range(0, all.Count).Select(index => all[index]).Where(Contains)];
        return Universe.TryCreate(kept, out Universe? universe, out _) ? universe : null;
    }

    /// <summary>The names that stand by themselves and are not in a universe: written wrong, or not traded today.</summary>
    public IReadOnlyList<Symbol> NotIn(Universe all) => [.. _names.Where(name => all.IndexOf(name) == Universe.NoTicker).Order()];

    private string Add(string part)
    {
        const string Remedy = "write ranges and names divided by commas, such as A-F,TSLA, and a name with a dash in single quotes";
        if (part.Length > 2 && part[0] == '\'' && part[^1] == '\'') return AddName(part[1..^1]) ? "" : $"'{part}' is no ticker: {Remedy}";
        int dash = part.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return AddName(part) ? "" : $"'{part}' is no ticker: {Remedy}";
        (string low, string high) = (part[..dash].Trim(), part[(dash + 1)..].Trim());
        if (high.Contains('-', StringComparison.Ordinal) || !IsName(low) || !IsName(high)) return $"'{part}' is no range: {Remedy}";
        if (Compare(low, high) > 0) return $"'{part}' holds nothing: write the lower end first";
        _ranges.Add((low, high));
        return "";
    }

    private bool AddName(string name)
    {
        if (!IsName(name)) return false;
        _names.Add(Symbol.Parse(name));
        return true;
    }

    private static bool IsName(string name) => name.All(char.IsAscii) && !name.Contains('\'', StringComparison.Ordinal) && Symbol.TryParse(Encoding.ASCII.GetBytes(name), out _);

    // As far as the end of the range is written: FZZZ begins like F.
    private static int Compare(string name, string end) => string.CompareOrdinal(name, 0, end, 0, end.Length);
}
