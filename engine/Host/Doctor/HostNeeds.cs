namespace MarketMaker.Host.Doctor;

/// <summary>What the configuration asks of the host.</summary>
internal sealed record HostNeeds
{
    /// <summary>Cores that hot stages are pinned to, each once, in order.</summary>
    public required IReadOnlyList<int> HotCores { get; init; }

    /// <summary>Whether hot stages never sleep.</summary>
    public required bool Spins { get; init; }

    /// <summary>What [feed] interface says: a name, an address, or nothing.</summary>
    public required string Interface { get; init; }

    /// <summary>Address of line A.</summary>
    public required string FeedAddress { get; init; }

    /// <summary>Kernel buffer asked for, in bytes.</summary>
    public required int ReceiveBufferBytes { get; init; }

    /// <summary>SO_BUSY_POLL asked for; 0: none.</summary>
    public required int BusyPollUs { get; init; }

    /// <summary>Whether the card's interrupts are to stay off while we poll.</summary>
    public bool PrefersBusyPoll { get; init; }

    /// <summary>RX queues that get an AF_XDP socket, empty: all; null: kernel sockets.</summary>
    public IReadOnlyList<int>? XdpQueues { get; init; }

    /// <summary>Folder of the journal.</summary>
    public required string JournalPath { get; init; }

    /// <summary>Whether line A arrives through this host's own loopback.</summary>
    public bool IsLoopback => FeedAddress.StartsWith("127.", StringComparison.Ordinal);

    /// <summary>Whether line A is a multicast group: 224.0.0.0/4.</summary>
    public bool IsMulticast => byte.TryParse(FeedAddress.Split('.')[0], out byte first) && first is >= 224 and <= 239;
}
