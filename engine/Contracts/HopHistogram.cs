namespace MarketMaker.Contracts;

/// <summary>Which histogram of the counter file. All are in nanoseconds.</summary>
public enum HopHistogram
{
    /// <summary>Packet received to its last offer published by Feed: one value a packet.</summary>
    ReceivedToDecoded,

    /// <summary>Packet received to offer stamped by Prices: one value a batch, that of its last offer.</summary>
    ReceivedToPriced,

    /// <summary>Packet received to execute published by Decision. Only offers taken.</summary>
    ReceivedToDecided,

    /// <summary>Packet received to order taken by the socket: tick to order.</summary>
    ReceivedToSent,

    /// <summary>Order taken by the socket to its first answer read.</summary>
    SentToAnswered,

    /// <summary>Execution read from the socket to its durable commit.</summary>
    AnsweredToDurable,

    /// <summary>Verdict changed at the volatility service to its flag on the ring of prices, by the wall clocks of both hosts.</summary>
    VerdictToFlag,

    /// <summary>Packet at the kernel or the card to its batch read by Feed, by the wall clock: one value a batch, its oldest. Only with [feed] timestamps.</summary>
    ArrivedToPolled,

    /// <summary>How many there are.</summary>
    Count,
}
