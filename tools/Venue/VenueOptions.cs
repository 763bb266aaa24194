using System.Net;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Venue;

/// <summary>What both sources of offers have in common.</summary>
public sealed record VenueOptions
{
    /// <summary>Where line A of the feed goes: unicast or multicast.</summary>
    public required IPEndPoint Feed { get; init; }

    /// <summary>Where line B goes; null = no line B.</summary>
    public IPEndPoint? FeedB { get; init; }

    /// <summary>Interface for multicast: an address or a name; empty = the system's choice.</summary>
    public string Interface { get; init; } = "";

    /// <summary>The address that the ports listen on. Default loopback.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>UDP port for re-requests; 0 = any free one.</summary>
    public int RequestPort { get; init; }

    /// <summary>TCP port of the snapshot; 0 = any free one.</summary>
    public int SnapshotPort { get; init; }

    /// <summary>TCP port for orders; 0 = any free one.</summary>
    public int OrderPort { get; init; }

    /// <summary>TCP port of the price service; 0 = any free one.</summary>
    public int PricePort { get; init; }

    /// <summary>The account's name, which is also its name in the fills; several accounts are divided by commas.</summary>
    public string Username { get; init; } = "ENGINE";

    /// <summary>The accounts.</summary>
    public string[] Usernames => Username.Split(',');

    /// <summary>The password of every account.</summary>
    public string Password { get; init; } = "";

    /// <summary>Session of feed and orders, at most ten characters.</summary>
    public required string Session { get; init; }

    /// <summary>Where the fills go.</summary>
    public string FillsPath { get; init; } = "venue-fills.csv";

    /// <summary>Written when all ports are open; null = not written.</summary>
    public string? ReadyPath { get; init; }

    /// <summary>Written at the end; null = not written.</summary>
    public string? StatisticsPath { get; init; }

    /// <summary>Damage to the feed.</summary>
    public FeedDamage Damage { get; init; }

    /// <summary>Faults of the price service.</summary>
    public PriceFaults PriceFaults { get; init; }

    /// <summary>Core of the market thread; -1 = any.</summary>
    public int Core { get; init; } = -1;

    /// <summary>Whether the market thread spins instead of sleeping between batches.</summary>
    public bool Spin { get; init; }

    /// <summary>Messages of the feed kept for re-requests; a power of two. Default 4,194,304: some seconds at full rate, 220 MB.</summary>
    public int MessagesKept { get; init; } = 1 << 22;

    /// <summary>Bytes of sequenced order messages kept for replay. Default 1 GB: half an hour of 5,000 orders a second.</summary>
    public long OrderStoreBytesMax { get; init; } = 1L << 30;

    /// <summary>How the market thread runs.</summary>
    public VenueAgentOptions Agent { get; init; } = new();
}
