namespace MarketMaker.Protocols.Ouch50;

/// <summary>What an appendage element is. 8 and 19 to 21 are not assigned.</summary>
/// <remarks>Source: OUCH 5.0, Appendage and TagValue.</remarks>
public enum AppendageTag : byte
{
    /// <summary>Secondary order reference number (Restated).</summary>
    SecondaryOrderReference = 1,

    /// <summary>Firm, capitals.</summary>
    Firm = 2,

    /// <summary>Minimum quantity, a round lot.</summary>
    MinQuantity = 3,

    /// <summary>R retail, N not.</summary>
    CustomerType = 4,

    /// <summary>Displayed portion.</summary>
    MaxFloor = 5,

    /// <summary>L limit, P market peg, M midpoint, R primary peg, Q market-maker peg, m midpoint variant.</summary>
    PriceType = 6,

    /// <summary>Signed price.</summary>
    PegOffset = 7,

    /// <summary>Price.</summary>
    DiscretionPrice = 9,

    /// <summary>L, P, M or R.</summary>
    DiscretionPriceType = 10,

    /// <summary>Signed price.</summary>
    DiscretionPegOffset = 11,

    /// <summary>P or N.</summary>
    PostOnly = 12,

    /// <summary>Number of shares.</summary>
    RandomReserves = 13,

    /// <summary>Route name.</summary>
    Route = 14,

    /// <summary>Seconds to live, below 86,400.</summary>
    ExpireTime = 15,

    /// <summary>Y or N.</summary>
    TradeNow = 16,

    /// <summary>Handling instruction letter.</summary>
    HandleInst = 17,

    /// <summary>BBO weight indicator.</summary>
    BboWeight = 18,

    /// <summary>Displayed shares (Restated).</summary>
    DisplayQuantity = 22,

    /// <summary>Displayed price (Restated).</summary>
    DisplayPrice = 23,

    /// <summary>Group of orders.</summary>
    GroupId = 24,

    /// <summary>Y or N.</summary>
    SharesLocated = 25,

    /// <summary>Broker's name.</summary>
    LocateBroker = 26,

    /// <summary>Side letter.</summary>
    Side = 27,

    /// <summary>Channel of UserRefNums.</summary>
    UserRefIdx = 28,

    /// <summary>Self-match strategy; from one source only, so its size is not checked.</summary>
    AiqStrategy = 29,

    /// <summary>Self-match group; from one source only, so its size is not checked.</summary>
    AiqGroupId = 30,
}

/// <summary>The size of each tag's value.</summary>
internal static class AppendageTags
{
    // Indexed by tag; 0 where no size is known, and then any is accepted.
    private static ReadOnlySpan<byte> SizeByTag =>
    [
        0, 8, 4, 4, 1, 4, 1, 4,
        0, 8, 1, 4, 1, 4, 4, 4,
        1, 1, 1, 0, 0, 0, 4, 8,
        2, 1, 4, 1, 1, 0, 0,
    ];

    public static int ValueBytes(byte tag) => tag < SizeByTag.Length ? SizeByTag[tag] : 0;
}
