namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>How a receiver takes what the network does to a stream.</summary>
public sealed record MoldReceiverOptions
{
    /// <summary>The session; none = that of the first good packet. Default none.</summary>
    public MoldSession Session { get; init; }

    /// <summary>Start at whatever number comes first instead of asking for all since 1. Default false: the directory would miss.</summary>
    public bool JoinAtFirstPacket { get; init; }

    /// <summary>
    /// Messages a packet may be ahead of what is expected; one further ahead is dropped as forged or corrupt. Default 1,000,000:
    /// two seconds of the busiest feed.
    /// </summary>
    public ulong FarFutureMessages { get; init; } = 1_000_000;

    /// <summary>
    /// Messages a single packet may be ahead and still be believed. One further ahead is dropped, and followed only when the next packet
    /// goes on where it ended: a forged packet has no successor. Default 10,000: 10 ms of the busiest feed.
    /// </summary>
    public ulong LeapMessages { get; init; } = 10_000;

    /// <summary>Follow a packet too far ahead and give up what lies between. Default false: one forged packet would do.</summary>
    public bool FollowFarFuture { get; init; }

    /// <summary>Gaps kept open at a time; one more makes the oldest be given up. 2 or more; default 1,024.</summary>
    public int GapsMax { get; init; } = 1_024;

    /// <summary>Ns from a gap's opening to its first request: the other line mostly fills it by itself. Default 0.5 ms.</summary>
    public long FirstRequestDelayNs { get; init; } = 500_000;

    /// <summary>Ns to wait for an answer before the second request; doubles with each attempt. Default 20 ms.</summary>
    public long RetryNs { get; init; } = 20_000_000;

    /// <summary>The longest wait between attempts, ns. Default 1 s.</summary>
    public long RetryMaxNs { get; init; } = 1_000_000_000;

    /// <summary>Attempts without progress before a gap is no longer asked for. Default 20: some 15 s.</summary>
    public int AttemptsMax { get; init; } = 20;

    /// <summary>Messages asked for at once, 1 to 65,534. A server sends what fits one packet. Default 1,000.</summary>
    public int RequestMessagesMax { get; init; } = 1_000;

    /// <summary>Requests awaiting an answer at a time: with <see cref="RequestMessagesMax"/>, the window. Default 16.</summary>
    public int RequestsInFlightMax { get; init; } = 16;

    /// <summary>Age in ns at which a gap is given up; 0 = never. Default 0: what was lost may be a halt.</summary>
    public long GiveUpAfterNs { get; init; }
}
