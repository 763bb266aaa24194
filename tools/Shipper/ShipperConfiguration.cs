using System.Globalization;
using MarketMaker.Contracts;
using Microsoft.Extensions.Configuration;

namespace MarketMaker.Shipper;

/// <summary>Reads the few keys of the INI file that concern the shipper; what the command line says comes first.</summary>
internal static class ShipperConfiguration
{
    /// <exception cref="FormatException">A value is no number, or a setting is missing or out of range.</exception>
    public static ShipperOptions Load(string? configFile, string? journal, string? database, string? statusFile, bool once)
    {
        ConfigurationBuilder builder = new();
        if (configFile is not null) builder.AddIniFile(Path.GetFullPath(configFile), optional: false);
        IConfigurationRoot ini = builder.Build();
        ShipperOptions options = new()
        {
            JournalPath = journal ?? Text("journal:path") ?? "",
            Database = database ?? Text("shipper:database") ?? "",
            Node = Text("node:name"),
            PasswordFile = Text("shipper:password-file"),
            StatusFile = statusFile ?? Text("shipper:status-file"),
            Once = once,
        };
        options = options with
        {
            BatchRows = Number(ini, "shipper:batch-rows", options.BatchRows),
            PollMs = Number(ini, "shipper:poll-ms", options.PollMs),
            LeaseAheadIds = Number(ini, "shipper:lease-ahead-ids", (int)options.LeaseAheadIds),
            AgeAlarmMs = Number(ini, "shipper:age-alarm-ms", options.AgeAlarmMs),
            StallAlarmMs = Number(ini, "shipper:stall-alarm-ms", options.StallAlarmMs),
            ExecutionsMax = Number(ini, "execution:executions-per-day-max", options.ExecutionsMax),
            UtcOffsetMinutes = Number(ini, "session:utc-offset-minutes", options.UtcOffsetMinutes, NumberStyles.AllowLeadingSign),
            OpeningCash = Dollars(ini["capital:cash"]),
            AnswerTimeoutMs = Number(ini, "shipper:answer-timeout-ms", options.AnswerTimeoutMs),
            StopGraceMs = Number(ini, "shipper:stop-grace-ms", options.StopGraceMs),
        };
        return options.Validate() is { } error ? throw new FormatException(error) : options;

        // As in the engine: a key without a value says that there is none.
        string? Text(string key) => ini[key] is { Length: > 0 } text ? text : null;
    }

    private static long? Dollars(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars) ? (long)(dollars * Money.UnitsPerDollar) : null;

    private static int Number(IConfigurationRoot ini, string key, int defaultValue, NumberStyles style = NumberStyles.None)
    {
        if (ini[key] is not { } text) return defaultValue;
        return int.TryParse(text, style, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"[{key.Replace(":", "] ", StringComparison.Ordinal)} = '{text}' is no whole number");
    }
}
