using System.Globalization;
using System.IO.Compression;
using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>A LOBSTER message file (CSV, also packed with gzip) as changes of the book of its one ticker.</summary>
public sealed class LobsterDay : IRecordedDay
{
    private const int Columns = 6;

    private readonly StreamReader _lines;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The message file; a name that ends in .gz is unpacked on the way.</param>
    /// <param name="name">The ticker's name, which the file does not hold.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public LobsterDay(string path, string name)
    {
        _lines = Open(path);
        Names = [name];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public long Messages { get; private set; }

    /// <inheritdoc/>
    public long Undecoded { get; private set; }

    /// <inheritdoc/>
    public int TornBytes => 0;

    /// <summary>Opens a text file, packed or not.</summary>
    public static StreamReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <inheritdoc/>
    public bool TryNext(out RecordedChange change)
    {
        while (_lines.ReadLine() is { } line)
        {
            if (TryParse(line, out change))
            {
                Messages++;
                return true;
            }

            Undecoded++;
        }

        change = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static bool TryParse(ReadOnlySpan<char> line, out RecordedChange change)
    {
        Span<Range> columns = stackalloc Range[Columns + 1];
        change = default;
        // A seventh column, empty or with market makers' names, comes with some files and is not needed.
        if (line.Split(columns, ',') < Columns) return false;
        if (!TryParseTime(line[columns[0]], out long timeNs)
            || !int.TryParse(line[columns[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int type)
            || !ulong.TryParse(line[columns[2]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong reference)
            || !int.TryParse(line[columns[3]], NumberStyles.None, CultureInfo.InvariantCulture, out int shares)
            || !int.TryParse(line[columns[4]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int price)
            || !int.TryParse(line[columns[5]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int direction)
            || direction is not (1 or -1)) return false;
        RecordedKind? kind = type switch
        {
            1 => RecordedKind.Added,
            2 => RecordedKind.Cancelled,
            3 => RecordedKind.Deleted,
            4 => RecordedKind.Executed,
            5 or 6 => RecordedKind.Other,
            // A halt has no price of its own: -1 halts, 0 opens quoting, 1 resumes trading.
            7 => price == 1 ? RecordedKind.Resumed : RecordedKind.Halted,
            _ => null,
        };
        if (kind is null) return false;
        change = new RecordedChange(timeNs, kind.Value, 0, direction == 1 ? Side.Buy : Side.Sell, reference, price, shares);
        return true;
    }

    /// <summary>Seconds since midnight with a fraction of up to nine digits; longer ones are cut.</summary>
    private static bool TryParseTime(ReadOnlySpan<char> text, out long timeNs)
    {
        timeNs = 0;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> seconds = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : text[(point + 1)..];
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int whole)) return false;
        long unitNs = 1_000_000_000;
        timeNs = whole * unitNs;
        foreach (char digit in fraction)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            unitNs /= 10;
            timeNs += (digit - '0') * unitNs;
        }

        return true;
    }
}
