using MarketMaker.Journal;
using MarketMaker.Records;
using Microsoft.Extensions.Configuration;

namespace MarketMaker.Ledger;

/// <summary>Where things are: from the command line, else from the engine's INI file.</summary>
internal sealed record LedgerSettings
{
    /// <summary>--journal, or [journal] path.</summary>
    public string? JournalPath { get; init; }

    /// <summary>--database, or [shipper] database: <c>sqlite:PATH</c> or a connection string of Npgsql without a password.</summary>
    public string? Database { get; init; }

    /// <summary>[shipper] password-file, or --password-file.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>--participant, or [execution] username: whose rows of the venue's record are ours.</summary>
    public string? Participant { get; init; }

    /// <summary>--node, or [node] name.</summary>
    public string? Node { get; init; }

    /// <summary>[journal] map-mib, for the commands that write.</summary>
    public long MapBytes { get; init; } = 8192 * JournalOptions.MebiByte;

    /// <exception cref="FormatException">The INI file cannot be understood.</exception>
    public static LedgerSettings Load(string? configFile)
    {
        ConfigurationBuilder builder = new();
        if (configFile is not null)
        {
            if (!File.Exists(configFile)) throw new FormatException($"there is no file {configFile}: name the engine's INI file with --config");
            builder.AddIniFile(Path.GetFullPath(configFile), optional: false);
        }

        IConfigurationRoot ini = builder.Build();
        LedgerSettings settings = new()
        {
            JournalPath = Text("journal:path"),
            Database = Text("shipper:database"),
            PasswordFile = Text("shipper:password-file"),
            Participant = Text("execution:username"),
            Node = Text("node:name"),
        };
        if (Text("journal:map-mib") is not { } mib) return settings;
        return long.TryParse(mib, out long value) && value is >= 16 and <= 1 << 20
            ? settings with { MapBytes = value * JournalOptions.MebiByte }
            : throw new FormatException($"[journal] map-mib = '{mib}' is not 16 to 1,048,576");

        string? Text(string key) => ini[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary>Opens the journal for reading; another process may be writing it.</summary>
    /// <exception cref="FormatException">No journal is named.</exception>
    public JournalReader OpenJournal() =>
        JournalReader.Open(JournalPath ?? throw new FormatException("no journal: give --journal DIR, or --config FILE with [journal] path"));

    /// <summary>Opens the database for reading.</summary>
    /// <exception cref="FormatException">No database is named, or there is none.</exception>
    public LedgerDatabase OpenDatabase() => LedgerDatabase.Open(
        Database ?? throw new FormatException("no database: give --database ADDRESS, or --config FILE with [shipper] database"), PasswordFile);

    /// <summary>What the journal is opened with by the commands that change it; the lock keeps an engine out.</summary>
    public JournalOptions EditOptions()
    {
        using JournalReader reader = OpenJournal();
        if (Node is not null && Node != reader.Meta.Node)
            throw new JournalException($"the journal belongs to the node {reader.Meta.Node}, and [node] name is {Node}: correct one of [node] name and [journal] path.");
        return new JournalOptions { Path = JournalPath!, Node = reader.Meta.Node, MapBytes = MapBytes };
    }
}
