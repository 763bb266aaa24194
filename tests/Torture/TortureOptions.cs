using MarketMaker.Tests.Torture.Faults;

namespace MarketMaker.Tests.Torture;

/// <summary>Where the ledger is.</summary>
internal enum LedgerKind
{
    Sqlite,
    Postgres,
    Cluster,
}

/// <summary>What the command line asks for.</summary>
internal sealed record TortureOptions
{
    /// <summary>Folder of the shipped programs: the venue, and init and lease.</summary>
    public required string Dist { get; init; }

    /// <summary>Folder of engine and shipper with fault points.</summary>
    public required string TortureDist { get; init; }

    /// <summary>INI file the engine's is made from.</summary>
    public required string Config { get; init; }

    public required string Data { get; init; }

    public string? Json { get; init; }

    /// <summary>What <c>tests/PlantedBugs/run.sh --json</c> wrote, to be shown beside; null: nothing.</summary>
    public string? PlantedBugs { get; init; }

    /// <summary>Seed of every choice.</summary>
    public int Seed { get; init; }

    /// <summary>Ends when so many minutes are over; 0: when the kills are done.</summary>
    public double Minutes { get; init; }

    /// <summary>Kills of the engine, and of the shipper, to reach; 0: until the time is over.</summary>
    public int Kills { get; init; }

    /// <summary>Kills of the database's primary to reach, with a cluster.</summary>
    public int PrimaryKills { get; init; }

    public LedgerKind Database { get; init; }

    /// <summary>Lives of the engine at one run of the venue.</summary>
    public int LivesPerDay { get; init; }

    public int Tickers { get; init; }

    /// <summary>Offers a second.</summary>
    public int Rate { get; init; }

    /// <summary>Share of the offers that pay.</summary>
    public double Paying { get; init; }

    /// <summary>The engine dies at this point alone; null: anywhere.</summary>
    public EnginePoint? Only { get; init; }

    /// <summary>Whether each named point and each cut must have been reached for the run to pass.</summary>
    public bool IsWhole { get; init; }
}
