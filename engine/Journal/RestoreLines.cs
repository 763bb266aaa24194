using System.Globalization;
using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>Reads the lines of a <see cref="RestoreFile"/>; every surprise is a <see cref="FormatException"/>.</summary>
internal static class RestoreLines
{
    private const int FixedLines = 12;

    internal static RestoreFile Parse(string body, string firstLine)
    {
        string[] lines = body.Split('\n');
        // The body ends in a line feed, so the last part is empty.
        if (lines.Length < FixedLines + 1 || lines[0] != firstLine || lines[^1].Length > 0) throw new FormatException();
        Dictionary<Symbol, long> positions = [];
        List<BookedExecution> executions = [];
        foreach (string line in lines[FixedLines..^1])
        {
            string[] words = line.Split(' ');
            if (words is ["position", _, _] && executions.Count == 0) positions.Add(Symbol.Parse(words[1]), Number(words[2]));
            else executions.Add(Execution(words));
        }

        return new RestoreFile
        {
            Node = After(lines[1], "node "),
            OpeningCash = Number(After(lines[2], "opening-cash ")),
            Cash = Number(After(lines[3], "cash ")),
            Transactions = Number(After(lines[4], "transactions ")),
            Buys = Number(After(lines[5], "buys ")),
            Sells = Number(After(lines[6], "sells ")),
            SharesBought = Number(After(lines[7], "shares-bought ")),
            SharesSold = Number(After(lines[8], "shares-sold ")),
            TradingDate = int.Parse(After(lines[9], "trading-date "), NumberStyles.None, CultureInfo.InvariantCulture),
            BookedThrough = Number(After(lines[10], "booked-through ")),
            Session = Session(After(lines[11], "session ")),
            PositionsShares = positions,
            Executions = executions,
        };
    }

    private static BookedExecution Execution(string[] words)
    {
        if (words is not ["execution", _, _, "B" or "S", _, _, _]) throw new FormatException();
        return new BookedExecution(
            ulong.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture),
            Symbol.Parse(words[2]),
            (Side)words[3][0],
            int.Parse(words[4], NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(words[5], NumberStyles.None, CultureInfo.InvariantCulture),
            uint.Parse(words[6], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static SessionId Session(string name)
    {
        if (name.Length == 0) return default;
        return SessionId.TryCreate(Encoding.ASCII.GetBytes(name), out SessionId session) ? session : throw new FormatException();
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string After(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : throw new FormatException();
}
