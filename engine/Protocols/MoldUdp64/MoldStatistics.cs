namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>What a receiver has counted since its start.</summary>
public struct MoldStatistics
{
    /// <summary>Messages delivered, recovered ones included.</summary>
    public long Delivered;

    /// <summary>Messages seen before, and dropped.</summary>
    public long Duplicates;

    /// <summary>Messages delivered out of turn, into a gap.</summary>
    public long Recovered;

    /// <summary>Messages given up.</summary>
    public long Lost;

    /// <summary>Gaps opened.</summary>
    public long GapsOpened;

    /// <summary>Gaps closed by recovery to the last message. A gap split by a message in its middle closes twice.</summary>
    public long GapsClosed;

    /// <summary>Requests made.</summary>
    public long Requests;

    /// <summary>Packets dropped as malformed.</summary>
    public long Malformed;

    /// <summary>Packets dropped as of another session.</summary>
    public long WrongSession;

    /// <summary>Packets dropped as too far ahead.</summary>
    public long FarFuture;
}
