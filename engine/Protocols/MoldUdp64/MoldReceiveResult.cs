namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>What became of a packet.</summary>
public enum MoldReceiveResult : byte
{
    /// <summary>At least one message was delivered.</summary>
    Delivered,

    /// <summary>Every message had been seen before.</summary>
    Duplicate,

    /// <summary>A heartbeat; it may have revealed a gap.</summary>
    Heartbeat,

    /// <summary>An end of session; see <see cref="MoldReceiver.IsEnded"/>.</summary>
    EndOfSession,

    /// <summary>Dropped: cut short, or longer than its blocks.</summary>
    Malformed,

    /// <summary>Dropped: of another session.</summary>
    WrongSession,

    /// <summary>Dropped: its number is too far ahead to be true.</summary>
    FarFuture,
}
