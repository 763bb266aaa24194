using System.Net;
using MarketMaker.Demo;
using MarketMaker.Venue;

namespace MarketMaker.Speed.Load;

/// <summary>A venue of this process whose market is a load: feed, order port, snapshot and price service over loopback, its market thread spinning on a core.</summary>
internal sealed class LoadVenue : IAsyncDisposable
{
    public const string User = "SPEED";
    public const string Password = "SPEEDSPEED";
    public const string Session = "SPEED";

    private const int MessagesKept = 1 << 20;
    private readonly VenueHost _venue;

    private LoadVenue(VenueHost venue, LoadMarket market, int feedPort) => (_venue, Market, FeedPort) = (venue, market, feedPort);

    /// <summary>The load; it begins when somebody has logged in to the order port.</summary>
    public LoadMarket Market { get; }

    /// <summary>Where the feed's datagrams go.</summary>
    public int FeedPort { get; }

    /// <summary>Where the others listen.</summary>
    public VenueReady Ports => _venue.Ready;

    /// <summary>Starts it.</summary>
    /// <param name="tickers">Size of the universe.</param>
    /// <param name="core">The market thread's.</param>
    /// <param name="fillsPath">Where the venue keeps its own record of what was executed.</param>
    public static async Task<LoadVenue> StartAsync(int tickers, int core, string fillsPath)
    {
        int feedPort = DemoFolder.FreeUdpPort();
        LoadMarket? market = null;
        VenueHost venue = await VenueHost.StartAsync(
            new VenueOptions
            {
                Feed = new IPEndPoint(IPAddress.Loopback, feedPort),
                Session = Session,
                Username = User,
                Password = Password,
                Core = core,
                Spin = true,
                MessagesKept = MessagesKept,
                FillsPath = fillsPath,
                Agent = new VenueAgentOptions { WaitForClient = true, TickNs = 0 },
            },
            (feed, clock) => market = new LoadMarket(tickers, feed, clock));
        return new LoadVenue(venue, market!, feedPort);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _venue.DisposeAsync();
}
