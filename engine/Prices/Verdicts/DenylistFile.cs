using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Prices.Verdicts;

/// <summary>The tickers a person has forbidden: one a line; a <c>#</c> at the start of a line or after a blank begins a comment.</summary>
/// <param name="Tickers">Indexes of those that are in the universe.</param>
/// <param name="Unknown">Names that are not: written wrong, or not traded today. Worth a warning, no more.</param>
public sealed record DenylistFile(IReadOnlyList<ushort> Tickers, IReadOnlyList<Symbol> Unknown)
{
    /// <summary>A list without a name on it.</summary>
    public static DenylistFile Empty { get; } = new([], []);

    /// <summary>Reads the file. Cold: allocates.</summary>
    /// <returns>Null when it cannot be read or a line is no ticker: <paramref name="error"/> names file, line and remedy.</returns>
    public static DenylistFile? Read(string path, Universe universe, out string error)
    {
        const long BytesMax = 4 * 1024 * 1024;
        try
        {
            // Bounded, so that a wrong path such as a log file is an error and not a long silence.
            if (new FileInfo(path).Length <= BytesMax) return Parse(path, File.ReadAllText(path, Encoding.Latin1), universe, out error);
            error = $"{path} is longer than {BytesMax} bytes, so it is no denylist: correct [decision] denylist-file";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            error = $"{path} cannot be read ({cause.Message}): make the denylist, an empty file if nothing is denied, or correct [decision] denylist-file";
        }

        return null;
    }

    /// <summary>Reads the text of a list.</summary>
    public static DenylistFile? Parse(string name, string text, Universe universe, out string error)
    {
        List<ushort> tickers = [];
        List<Symbol> unknown = [];
        string[] lines = text.Split('\n');
        for (int number = 1; number <= lines.Length; number++)
        {
            string line = WithoutComment(lines[number - 1]);
            if (line.Length == 0) continue;
            if (!Symbol.TryParse(Encoding.Latin1.GetBytes(line), out Symbol symbol))
            {
                error = $"{name}:{number}: '{line}' is no ticker: write one of 1 to 8 printable characters a line, and comments behind #";
                return null;
            }

            ushort ticker = universe.IndexOf(symbol);
            if (ticker == Universe.NoTicker) unknown.Add(symbol);
            else if (!tickers.Contains(ticker)) tickers.Add(ticker);
        }

        error = "";
        return new DenylistFile(tickers, unknown);
    }

    // Some tickers have a # in their name, so a comment needs a blank before it.
    private static string WithoutComment(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1]))) return line[..i].Trim();
        }

        return line.Trim();
    }
}
