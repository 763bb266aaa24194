using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Recording;
using Microsoft.Extensions.Configuration;

namespace MarketMaker.OperatorConsole;

/// <summary>What is looked at: an engine by its INI file or its counter file, or a recording.</summary>
/// <param name="Counters">The counter file; null with a recording.</param>
/// <param name="StatusFile">The shipper's; null: not known.</param>
/// <param name="Recording">A recording; null: a counter file.</param>
/// <param name="ControlFile">The kill switch; null: not known.</param>
internal sealed record ConsoleSettings(string? Counters, string? StatusFile, string? Recording, string? ControlFile = null)
{
    // As in the engine's table of keys; its own check refuses what is wrong there.
    private const string StandardCounters = "marketmaker.counters";
    private const string StandardControl = "control/marketmaker.control";

    /// <summary>Reads the few keys of the INI file that concern the console. Relative paths are from the current folder, as for the engine.</summary>
    /// <exception cref="FormatException">Not exactly one of the three is named; says so.</exception>
    public static ConsoleSettings Load(string? config, string? counters, string? recording)
    {
        int named = (config is null ? 0 : 1) + (counters is null ? 0 : 1) + (recording is null ? 0 : 1);
        if (named != 1) throw new FormatException("name what to look at: --config FILE of the engine, or --counters FILE, or --recording FILE, and one of them only");
        if (config is null) return new ConsoleSettings(counters, null, recording);
        if (!File.Exists(config)) throw new FormatException($"{config}: there is no such INI file");
        try
        {
            IConfigurationRoot ini = new ConfigurationBuilder().AddIniFile(Path.GetFullPath(config), optional: false).Build();
            return new ConsoleSettings(ini["counters:path"] is { Length: > 0 } path ? path : StandardCounters, ini["shipper:status-file"] is { Length: > 0 } status ? status : null, null, ControlOf(ini, config));
        }
        catch (Exception cause) when (cause is FormatException or InvalidDataException)
        {
            throw new FormatException($"{config}: {cause.InnerException?.Message ?? cause.Message}; 'marketmaker check --config {config}' says more", cause);
        }
    }

    // From the INI file's own folder, as 'marketmaker halt' has it.
    private static string ControlOf(IConfigurationRoot ini, string config) =>
        Path.GetFullPath(ini["control:file"] is { Length: > 0 } file ? file : StandardControl, Path.GetDirectoryName(Path.GetFullPath(config))!);

    /// <summary>Opens what was named.</summary>
    /// <exception cref="IOException">The recording is missing.</exception>
    /// <exception cref="InvalidDataException">The recording is none.</exception>
    public ICounterSource Open() => Recording is { } recording ? new RecordingPlayer(recording) : new LiveCounters(Counters!);
}
