using System.Net;
using System.Numerics;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>One interface whose frames to the feed's addresses are taken before the kernel's stack.</summary>
public sealed record XdpReceiverOptions
{
    /// <summary>Name of the interface.</summary>
    public required string Interface { get; init; }

    /// <summary>Addresses and ports of the feed: all else stays with the kernel. 1 to 16; the address 0.0.0.0 takes any.</summary>
    public required IReadOnlyList<IPEndPoint> Destinations { get; init; }

    /// <summary>RX queues that get a socket. Default empty: all that the driver says are on.</summary>
    public IReadOnlyList<int> Queues { get; init; } = [];

    /// <summary>How frames are to come. Default: the best the driver can do; any other that cannot be had is an error.</summary>
    public XdpMode Mode { get; init; }

    /// <summary>The venue's address: packets from elsewhere are not <see cref="IPacketSource.IsFromVenue"/>. Port 0 accepts any. Default null: everybody.</summary>
    public IPEndPoint? Venue { get; init; }

    /// <summary>Frames of each queue, a power of two. Range 64 to 262,144; default 16,384: a second of 500,000 offers in full packets.</summary>
    public int Frames { get; init; } = 16_384;

    /// <summary>Frames of each queue for answers, a power of two; default 0: nothing is sent, and there is no TX ring. At most 65,536.</summary>
    public int SendFrames { get; init; }

    /// <summary>Packets of one batch. Range 1 to 1,024; default 64.</summary>
    public int BatchMax { get; init; } = 64;

    /// <summary>Whether a look that finds nothing makes the kernel look at the card. Default: off, and a look is no system call.</summary>
    public BusyPoll BusyPoll { get; init; }

    /// <summary>A queue, or the interface's program, may be busy so long: the kernel gives up a closed socket late. Range 0 to 60 s; default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { Interface.Length: 0 } => "no interface is named",
        { Destinations.Count: < 1 or > XdpProgram.DestinationsMax } => $"it has {Destinations.Count} addresses; it must have 1 to {XdpProgram.DestinationsMax}",
        { Frames: < 64 or > 262_144 } => $"it has {Frames} frames a queue; it must have 64 to 262,144",
        _ when !BitOperations.IsPow2(Frames) => $"{Frames} frames a queue are no power of two",
        { SendFrames: < 0 or > 65_536 } => $"it has {SendFrames} frames a queue to send; it must have 0 to 65,536",
        _ when SendFrames > 0 && !BitOperations.IsPow2(SendFrames) => $"{SendFrames} frames to send are no power of two",
        { BatchMax: < 1 or > 1_024 } => $"batch is {BatchMax} packets; it must be 1 to 1,024",
        _ when Queues.Distinct().Count() != Queues.Count || Queues.Any(queue => queue < 0) => "a queue is named twice, or is below 0",
        _ when BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(1) => "the time-out for what is busy must be 0 to 60 s",
        _ => BusyPoll.Validate(),
    };
}
