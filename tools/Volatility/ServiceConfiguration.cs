using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MarketMaker.Platform.Clock;
using MarketMaker.Prices;
using MarketMaker.VolatilityModel;
using Microsoft.Extensions.Configuration;

namespace MarketMaker.Volatility;

/// <summary>What the command line says; it comes before the INI file.</summary>
internal sealed record CommandLineSettings(
    string? ConfigFile, string? Address, string? PriceAddress, string? RequestAddress, int? RequestsPerSecond, string? StateFile, string? ChangesFile, string? ReadyFile);

/// <summary>Reads the keys of the INI file that concern the service.</summary>
internal static class ServiceConfiguration
{
    /// <exception cref="FormatException">There is no such file, or a value is no number or address, is out of range, or is missing.</exception>
    public static ServiceOptions Load(CommandLineSettings given)
    {
        ConfigurationBuilder builder = new();
        if (given.ConfigFile is { } named && !File.Exists(named)) throw new FormatException($"there is no file {named}: name the host's INI file with --config");
        if (given.ConfigFile is not null) builder.AddIniFile(Path.GetFullPath(given.ConfigFile), optional: false);
        IConfigurationRoot ini = builder.Build();
        string folder = given.ConfigFile is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(given.ConfigFile))!;
        string prices = given.PriceAddress ?? ini["prices:address"] ?? throw new FormatException("no price service: give --price-address HOST:PORT or [prices] address");
        ServiceOptions options = new()
        {
            Destinations = [.. (given.Address ?? ini["volatility:address"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => EndPoint(one, "[volatility] address"))],
            Interface = ini["volatility:interface"] ?? "",
            Hops = Number(ini, "hops", 1),
            RequestAddress = EndPoint(given.RequestAddress ?? NotEmpty(ini["volatility:request-address"]) ?? "0.0.0.0:0", "[volatility] request-address"),
            SnapshotMs = Number(ini, "snapshot-ms", 1_000),
            ValidityMs = Number(ini, "validity-ms", 5_000),
            StateFile = given.StateFile is { } state ? Path.GetFullPath(state) : PathOf(ini["volatility:state-file"], folder),
            StatePeriodMs = Number(ini, "state-period-ms", 60_000),
            ChangesFile = given.ChangesFile is { } changes ? Path.GetFullPath(changes) : PathOf(ini["volatility:changes-file"], folder),
            ReadyFile = given.ReadyFile ?? "",
            PriceClient = new PriceClientOptions
            {
                Address = prices,
                RequestsPerSecond = given.RequestsPerSecond ?? Number(ini, "requests-per-second", 2_000),
                Connections = Number(ini, "connections", 4),
            },
            Calendar = Calendar(ini),
            Model = Model(ini),
        };
        return options.Validate() is { } error ? throw new FormatException(error) : options;
    }

    private static VolatilityOptions Model(IConfigurationRoot ini)
    {
        VolatilityOptions standard = new();
        return new()
        {
            TauMs = Number(ini, "tau-ms", standard.TauMs),
            FastTauMs = Number(ini, "fast-tau-ms", standard.FastTauMs),
            EnterPercent = Number(ini, "enter-percent", standard.EnterPercent),
            LeavePercent = Number(ini, "leave-percent", standard.LeavePercent),
            EnterSigma = Number(ini, "enter-sigma", standard.EnterSigma),
            LeaveSigma = Number(ini, "leave-sigma", standard.LeaveSigma),
            StayMs = Number(ini, "stay-ms", standard.StayMs),
            JumpRatio = Number(ini, "jump-ratio", standard.JumpRatio),
            JumpReturnPpm = Number(ini, "jump-return-ppm", standard.JumpReturnPpm),
            DayMoveSellOnlyPpm = Number(ini, "day-move-sell-only-ppm", standard.DayMoveSellOnlyPpm),
            DayMoveDenyPpm = Number(ini, "day-move-deny-ppm", standard.DayMoveDenyPpm),
            BaselineDefault = Number(ini, "baseline-default", standard.BaselineDefault),
            BaselineFloor = Number(ini, "baseline-floor", standard.BaselineFloor),
            StaleMs = Number(ini, "stale-ms", standard.StaleMs),
        };
    }

    private static VenueCalendar Calendar(IConfigurationRoot ini)
    {
        string date = ini["session:trading-date"] ?? "today";
        string zone = ini["session:time-zone"] ?? "America/New_York";
        if (!int.TryParse(ini["session:utc-offset-minutes"] ?? "-300", CultureInfo.InvariantCulture, out int offset) || Math.Abs(offset) > 840)
            throw new FormatException("[session] utc-offset-minutes must be -840 to 840");
        DateOnly fixedDate = default;
        if (date != "today" && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out fixedDate))
            throw new FormatException($"[session] trading-date = {date}: write a day as YYYY-MM-DD, or today");
        TimeZoneInfo? found = null;
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out found))
            throw new FormatException($"[session] time-zone = {zone}: this host does not know it; install the package tzdata, or leave it empty and write utc-offset-minutes");
        return new VenueCalendar(date == "today" ? null : fixedDate, TimeSpan.FromMinutes(offset), found);
    }

    private static int Number(IConfigurationRoot ini, string key, int standard)
    {
        if (ini[$"volatility:{key}"] is not { } text) return standard;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"[volatility] {key} = '{text}' is no whole number");
    }

    private static IPEndPoint EndPoint(string text, string what) =>
        IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && endPoint.AddressFamily == AddressFamily.InterNetwork
            ? endPoint
            : throw new FormatException($"{what} = '{text}': write a numeric IPv4 address and a port");

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string PathOf(string? text, string folder) => string.IsNullOrEmpty(text) ? "" : Path.GetFullPath(text, folder);
}
