namespace MarketMaker.Protocols.Ouch50;

/// <summary>Why an order was rejected. Other codes are legal: the list grows with each edition.</summary>
/// <remarks>Source: OUCH 5.0, codes; from 0x2B on the 2024 edition.</remarks>
public enum OuchRejectReason : ushort
{
    /// <summary>Quote unavailable.</summary>
    QuoteUnavailable = 0x01,

    /// <summary>Destination closed.</summary>
    DestinationClosed = 0x02,

    /// <summary>Invalid display.</summary>
    InvalidDisplay = 0x03,

    /// <summary>Invalid max floor.</summary>
    InvalidMaxFloor = 0x04,

    /// <summary>Invalid peg type.</summary>
    InvalidPegType = 0x05,

    /// <summary>Fat finger.</summary>
    FatFinger = 0x06,

    /// <summary>Halted.</summary>
    Halted = 0x07,

    /// <summary>Sweep orders not allowed.</summary>
    IsoNotAllowed = 0x08,

    /// <summary>Invalid side.</summary>
    InvalidSide = 0x09,

    /// <summary>Processing error.</summary>
    ProcessingError = 0x0A,

    /// <summary>A cancel is pending.</summary>
    CancelPending = 0x0B,

    /// <summary>Firm not authorised.</summary>
    FirmNotAuthorised = 0x0C,

    /// <summary>Invalid minimum quantity.</summary>
    InvalidMinQuantity = 0x0D,

    /// <summary>No closing reference price.</summary>
    NoClosingReferencePrice = 0x0E,

    /// <summary>Other.</summary>
    Other = 0x0F,

    /// <summary>Cancel not allowed.</summary>
    CancelNotAllowed = 0x10,

    /// <summary>Pegging not allowed.</summary>
    PeggingNotAllowed = 0x11,

    /// <summary>Crossed market.</summary>
    CrossedMarket = 0x12,

    /// <summary>Invalid quantity.</summary>
    InvalidQuantity = 0x13,

    /// <summary>Invalid cross order.</summary>
    InvalidCrossOrder = 0x14,

    /// <summary>Replace not allowed.</summary>
    ReplaceNotAllowed = 0x15,

    /// <summary>Routing not allowed.</summary>
    RoutingNotAllowed = 0x16,

    /// <summary>Invalid symbol.</summary>
    InvalidSymbol = 0x17,

    /// <summary>Test.</summary>
    Test = 0x18,

    /// <summary>Late limit-on-close order too aggressive.</summary>
    LateLocTooAggressive = 0x19,

    /// <summary>Retail not allowed.</summary>
    RetailNotAllowed = 0x1A,

    /// <summary>Invalid midpoint post-only price.</summary>
    InvalidMidpointPostOnlyPrice = 0x1B,

    /// <summary>Invalid destination.</summary>
    InvalidDestination = 0x1C,

    /// <summary>Invalid price.</summary>
    InvalidPrice = 0x1D,

    /// <summary>Shares exceed the threshold.</summary>
    SharesExceedThreshold = 0x1E,

    /// <summary>Notional limit.</summary>
    NotionalLimit = 0x1F,

    /// <summary>Risk: aggregate exposure.</summary>
    RiskAggregateExposure = 0x20,

    /// <summary>Risk: market impact.</summary>
    RiskMarketImpact = 0x21,

    /// <summary>Risk: restricted stock.</summary>
    RiskRestrictedStock = 0x22,

    /// <summary>Risk: short sell restricted.</summary>
    RiskShortSellRestricted = 0x23,

    /// <summary>Risk: sweep orders not allowed (2023: order type restricted).</summary>
    RiskIsoNotAllowed = 0x24,

    /// <summary>Risk: limit of average daily volume.</summary>
    RiskAdvLimit = 0x25,

    /// <summary>Risk: fat finger.</summary>
    RiskFatFinger = 0x26,

    /// <summary>Risk: locate required.</summary>
    RiskLocateRequired = 0x27,

    /// <summary>Risk: rate of one symbol.</summary>
    RiskSymbolRate = 0x28,

    /// <summary>Risk: rate of the port.</summary>
    RiskPortRate = 0x29,

    /// <summary>Risk: rate of duplicates.</summary>
    RiskDuplicateRate = 0x2A,

    /// <summary>Risk: short sell not allowed.</summary>
    RiskShortSellNotAllowed = 0x2B,

    /// <summary>Risk: market order not allowed.</summary>
    RiskMarketOrderNotAllowed = 0x2C,

    /// <summary>Risk: pre-market.</summary>
    RiskPreMarket = 0x2D,

    /// <summary>Risk: post-market.</summary>
    RiskPostMarket = 0x2E,

    /// <summary>Risk: short exempt not allowed.</summary>
    RiskShortExemptNotAllowed = 0x2F,

    /// <summary>Risk: notional of a single order.</summary>
    RiskSingleOrderNotional = 0x30,

    /// <summary>Risk: maximum quantity.</summary>
    RiskMaxQuantity = 0x31,

    /// <summary>Reg SHO state not available.</summary>
    RegShoStateNotAvailable = 0x32,

    /// <summary>IPO market buy not allowed.</summary>
    IpoMarketBuyNotAllowed = 0x33,
}
