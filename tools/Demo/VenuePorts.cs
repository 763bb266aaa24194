using System.Text.Json;

namespace MarketMaker.Demo;

/// <summary>Where a venue listens, as its ready file says, put into the INI file of the engine that trades with it.</summary>
internal static class VenuePorts
{
    /// <summary>Writes the run's INI file out of a host's.</summary>
    /// <param name="config">The host's INI file.</param>
    /// <param name="folder">The run's folder: journal, counters, password file, and the INI file to write.</param>
    /// <param name="readyFile">What mm-venue wrote when its ports were open.</param>
    /// <param name="feedPort">UDP port of this host that the feed is sent to.</param>
    /// <param name="participant">The engine's login at the venue.</param>
    /// <param name="database">The ledger's address, as [shipper] database has it.</param>
    /// <param name="more">Further keys, which come before these.</param>
    /// <exception cref="InvalidDataException">The host's file lacks a key that is set here.</exception>
    public static void WriteIni(string config, DemoFolder folder, string readyFile, int feedPort, string participant, string database, IReadOnlyDictionary<(string, string), string>? more = null)
    {
        using JsonDocument ports = JsonDocument.Parse(File.ReadAllText(readyFile));
        Dictionary<(string, string), string> settings = new()
        {
            [("feed", "address-a")] = $"127.0.0.1:{feedPort}",
            [("feed", "session")] = ports.RootElement.GetProperty("session").GetString()!,
            [("feed", "request-address")] = Address("requestPort"),
            [("feed", "snapshot-address")] = Address("snapshotPort"),
            [("prices", "address")] = Address("pricePort"),
            [("execution", "address")] = Address("orderPort"),
            [("execution", "username")] = participant,
            [("execution", "password-file")] = folder.PasswordFile,
            [("journal", "path")] = folder.Journal,
            [("counters", "path")] = folder.Counters,
            [("shipper", "database")] = database,
        };
        foreach (((string, string) key, string value) in more ?? new Dictionary<(string, string), string>()) settings[key] = value;
        EngineIni.Write(config, folder.Ini, settings);

        string Address(string name) => $"127.0.0.1:{ports.RootElement.GetProperty(name).GetInt32()}";
    }
}
