namespace MarketMaker.Host.Configuration;

/// <summary>What a value must look like.</summary>
internal enum IniKind
{
    /// <summary>A whole number of the key's unit.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Dollars, with at most four decimals.</summary>
    Dollars,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Text, as it is.</summary>
    Text,

    /// <summary>A file or folder; relative to the folder of the INI file.</summary>
    Path,

    /// <summary>HOST:PORT.</summary>
    Endpoint,

    /// <summary>A day, YYYY-MM-DD, or <c>today</c>.</summary>
    Date,
}

/// <summary>One key of the INI file: the only place that knows its form, default, range, unit and reason.</summary>
/// <param name="Section">The section, without brackets.</param>
/// <param name="Name">The key; its unit is the end of the name.</param>
/// <param name="Kind">The form of the value.</param>
/// <param name="Default">Used when the key is missing; null: the key is required; empty: no value.</param>
/// <param name="Reason">What it is for, in a phrase.</param>
internal sealed record IniKey(string Section, string Name, IniKind Kind, string? Default, string Reason)
{
    /// <summary>The least value of a number; for dollars in 1/10,000 dollar.</summary>
    public long Min { get; init; }

    /// <summary>The largest value of a number; for dollars in 1/10,000 dollar.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>The least value of a number but for 0, which means off; for shares of a whole, where 1 or 100 is a percentage by mistake.</summary>
    public long LeastAboveZero { get; init; }

    /// <summary>The words of a choice.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Section and name as the configuration package spells them.</summary>
    public string FullName => $"{Section}:{Name}";
}
