using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Host.Configuration;

/// <summary>Turns the text of one value into what its key wants, or says what is wrong and what to write.</summary>
internal static class IniParse
{
    /// <summary>What the word <c>today</c> is read as; which day that is depends on the venue's clock.</summary>
    public static readonly DateOnly Today = DateOnly.MinValue;

    /// <summary>Reads one value.</summary>
    /// <param name="key">Form and range.</param>
    /// <param name="text">The trimmed text.</param>
    /// <param name="folder">What relative paths start from.</param>
    /// <param name="value">A long, bool, string or DateOnly.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryRead(IniKey key, string text, string folder, out object value, out string error)
    {
        (object? read, error) = key.Kind switch
        {
            IniKind.Integer => ReadInteger(key, text),
            IniKind.Dollars => ReadDollars(key, text),
            IniKind.Boolean => text is "true" or "false" ? (text == "true", "") : (null, "write true or false"),
            IniKind.Choice => key.Words.Contains(text) ? (text, "") : (null, $"write one of {string.Join(", ", key.Words)}; did you mean {Spelling.Nearest(text, key.Words)}?"),
            IniKind.Endpoint => ReadEndpoint(key, text),
            IniKind.Date => ReadDate(text),
            IniKind.Path => ReadPath(key, text, folder),
            _ => ReadText(key, text),
        };
        value = read ?? "";
        return read is not null;
    }

    private static (object?, string) ReadInteger(IniKey key, string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return (null, $"write a whole number without a unit{UnitHint(key.Name)}, {key.Min} to {key.Max}");
        if (number > 0 && number < key.LeastAboveZero)
            return (null, $"is out of range: write {(key.Min <= 0 ? "0 or " : "")}{key.LeastAboveZero} to {key.Max}{UnitHint(key.Name)}");
        return number < key.Min || number > key.Max ? (null, $"is out of range: write {key.Min} to {key.Max}{UnitHint(key.Name)}") : (number, "");
    }

    private static (object?, string) ReadPath(IniKey key, string text, string folder)
    {
        if (text.Length == 0) return key.Default is "" ? ("", "") : (null, "write the name of a file or folder");
        return text.Any(char.IsControl) ? (null, "write a path without control characters") : (Path.GetFullPath(text, folder), "");
    }

    private static (object?, string) ReadDollars(IniKey key, string text)
    {
        string remedy = $"write dollars with at most four decimals and no signs or separators, {Dollars(key.Min)} to {Dollars(key.Max)}";
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars)) return (null, remedy);
        if (dollars > long.MaxValue / Money.UnitsPerDollar || decimal.Round(dollars, 4) != dollars) return (null, remedy);
        long units = (long)(dollars * Money.UnitsPerDollar);
        return units < key.Min || units > key.Max ? (null, remedy) : (units, "");
    }

    private static string Dollars(long units) => ((decimal)units / Money.UnitsPerDollar).ToString(CultureInfo.InvariantCulture);

    private static (object?, string) ReadEndpoint(IniKey key, string text)
    {
        if (text.Length == 0 && key.Default is "") return ("", "");
        int colon = text.LastIndexOf(':');
        bool good = colon > 0 && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0;
        if (!good) return (null, "write HOST:PORT with a port of 1 to 65535");
        return IsHost(text[..colon]) ? (text, "") : (null, "write HOST:PORT with a name or an IPv4 address of four numbers of 0 to 255");
    }

    // What consists of digits and points is meant as an address: the system would take 10.0.1 for 10.0.0.1.
    private static bool IsHost(string host) => host.All(c => char.IsAsciiDigit(c) || c == '.')
        ? host.Split('.') is { Length: 4 } parts && parts.All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        : host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static (object?, string) ReadDate(string text)
    {
        if (text == "today") return (Today, "");
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? (date, "")
            : (null, "write a day as YYYY-MM-DD, or today");
    }

    private static (object?, string) ReadText(IniKey key, string text)
    {
        if (text.FirstOrDefault(c => c is < ' ' or > '~') is var strange and not '\0') return (null, $"holds the character U+{(int)strange:X4}: write plain ASCII");
        return text.Length <= key.Max && text.Length >= key.Min ? (text, "") : (null, $"write {key.Min} to {key.Max} characters");
    }

    private static string UnitHint(string name)
    {
        int dash = name.LastIndexOf('-');
        return name[(dash + 1)..] switch
        {
            "ns" => " of nanoseconds",
            "us" => " of microseconds",
            "ms" => " of milliseconds",
            "s" => " of seconds",
            "minutes" => " of minutes",
            "ppm" => " of millionths (1 % is 10000)",
            "bytes" => " of bytes",
            "mib" => " of MiB",
            "shares" => " of shares",
            _ => "",
        };
    }
}
