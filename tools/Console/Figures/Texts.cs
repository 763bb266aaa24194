using System.Globalization;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>Numbers as people read them, in few characters.</summary>
internal static class Texts
{
    private const double Minute = 60, Hour = 3600, Day = 86400;

    /// <summary>A duration: 0.4 s, 59 s, 3 m 20 s, 5 h 10 m, 3 d 4 h.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < Minute => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < Hour => $"{(int)(seconds / Minute)} m {(int)(seconds % Minute):00} s",
        < Day => $"{(int)(seconds / Hour)} h {(int)(seconds % Hour / Minute):00} m",
        _ => $"{(int)(seconds / Day)} d {(int)(seconds % Day / Hour)} h",
    };

    /// <summary>Microseconds: 0.9 us, 12.3 us, 1.2 ms, 3.4 s; empty when nothing was measured.</summary>
    public static string Us(double us, long count = 1) => count == 0 ? "-" : us switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{us:0.0} us"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{us / 1e3:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{us / 1e6:0.0} s"),
    };

    /// <summary>A count or a rate: 987, 12,345, 1.23 M, 4.56 G.</summary>
    public static string Count(double value) => Math.Abs(value) switch
    {
        < 10 when value != Math.Floor(value) => value.ToString("0.0", CultureInfo.InvariantCulture),
        < 1_000_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 1e9 => (value / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + " M",
        _ => (value / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " G",
    };

    /// <summary>Dollars, with cents below a million.</summary>
    public static string Dollars(decimal dollars) => Math.Abs(dollars) switch
    {
        < 1_000_000 => dollars.ToString("N2", CultureInfo.InvariantCulture),
        < 1_000_000_000 => dollars.ToString("N0", CultureInfo.InvariantCulture),
        _ => (dollars / 1_000_000m).ToString("N2", CultureInfo.InvariantCulture) + " M",
    };

    /// <summary>Bytes in MiB or GiB.</summary>
    public static string Bytes(long bytes) => bytes < 1L << 30
        ? (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture) + " MiB"
        : (bytes / 1073741824.0).ToString("0.0", CultureInfo.InvariantCulture) + " GiB";
}
