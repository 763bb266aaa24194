namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>A run of numbers that have not come, and where their recovery stands.</summary>
internal struct MoldGap
{
    /// <summary>First number missing.</summary>
    public ulong First;

    /// <summary>First number after the run.</summary>
    public ulong End;

    /// <summary>When it was noticed, monotonic ns.</summary>
    public long OpenedNs;

    /// <summary>When to ask next, monotonic ns; until then a request in flight is awaited.</summary>
    public long DueNs;

    /// <summary>The first number of the last request.</summary>
    public ulong RequestedFirst;

    /// <summary>Requests since the last progress.</summary>
    public int Attempts;

    /// <summary>A request was sent and neither answered nor timed out.</summary>
    public bool IsAwaited;
}
