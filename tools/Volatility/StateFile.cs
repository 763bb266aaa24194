using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Files;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Volatility;

/// <summary>Opens, denials and baselines between two starts: text, a line a ticker, with a checksum at the end; whole or not at all.</summary>
internal static class StateFile
{
    private const string Title = "mm-volatility state 1";

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The disk is full or the folder missing; what was there stays.</exception>
    public static void Write(string path, int tradingDate, Universe universe, ReadOnlySpan<KeptTicker> kept)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Title}\n{tradingDate} {universe.Count}\n");
        for (int i = 0; i < universe.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{universe[i]} {kept[i].OpenPrice} {(kept[i].IsDenied ? 1 : 0)} {kept[i].Baseline} {kept[i].BaselineMoves}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Checksum(text.ToString()):x16}\n");
        DurableFile.Write(path, Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>Puts what the file holds into a book; tickers that are not in the universe any more are passed over.</summary>
    /// <returns>Tickers restored; 0 when there is no file.</returns>
    /// <exception cref="InvalidDataException">It is damaged; the message names the remedy.</exception>
    public static int Restore(string path, int tradingDate, Universe universe, VerdictBook book)
    {
        if (!File.Exists(path)) return 0;
        string text = File.ReadAllText(path, Encoding.ASCII);
        string[] lines = text.Split('\n');
        int body = text.LastIndexOf('\n', Math.Max(text.Length - 2, 0)) + 1;
        if (lines.Length < 4 || lines[0] != Title || lines[^1].Length != 0 || lines[^2] != Checksum(text[..body]).ToString("x16", CultureInfo.InvariantCulture))
            throw Damaged(path);
        string[] head = lines[1].Split(' ');
        if (head.Length != 2 || !int.TryParse(head[0], CultureInfo.InvariantCulture, out int date)) throw Damaged(path);
        int restored = 0;
        for (int i = 2; i < lines.Length - 2; i++)
        {
            string[] fields = lines[i].Split(' ');
            ushort ticker = universe.IndexOf(Symbol.Parse(fields[0]));
            if (ticker == Universe.NoTicker) continue;
            KeptTicker kept = new(
                int.Parse(fields[1], CultureInfo.InvariantCulture), fields[2] == "1",
                long.Parse(fields[3], CultureInfo.InvariantCulture), int.Parse(fields[4], CultureInfo.InvariantCulture));
            book.Restore(ticker, kept, date == tradingDate);
            restored++;
        }

        return restored;
    }

    private static ulong Checksum(string text) => XxHash64.HashToUInt64(Encoding.ASCII.GetBytes(text));

    private static InvalidDataException Damaged(string path) =>
        new($"{path} is damaged: restore it from a copy, or delete it to begin with today's first prices as opens and with [volatility] baseline-default");
}
