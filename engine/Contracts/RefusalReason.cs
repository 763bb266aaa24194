namespace MarketMaker.Contracts;

/// <summary>
/// Why an offer was passed on. Every offer seen ends in exactly one of these or in an execute sent:
/// offers seen = sum of all refusals + executes sent.
/// </summary>
public enum RefusalReason : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>Feed: the <c>offers</c> ring was full.</summary>
    RingFull,

    /// <summary>Feed: a gap has been open for more than a second.</summary>
    FeedGap,

    /// <summary>Feed: recovered by a re-request, too late to trade.</summary>
    Recovered,

    /// <summary>Feed: the stock locate is not of a ticker in the universe.</summary>
    UnknownTicker,

    /// <summary>Feed: a Replace of an order whose side and ticker are not known.</summary>
    UnknownOrder,

    /// <summary>Decision: trading is halted by the kill switch or not yet begun.</summary>
    Halted,

    /// <summary>Decision: the venue halted the ticker.</summary>
    TickerHalted,

    /// <summary>Decision: outside market hours.</summary>
    MarketClosed,

    /// <summary>Decision: the ticker may only be sold.</summary>
    SellOnly,

    /// <summary>Decision: the ticker is denied until tomorrow.</summary>
    Denied,

    /// <summary>Decision: no fair price yet.</summary>
    NoPrice,

    /// <summary>Decision: the fair price is too old.</summary>
    StalePrice,

    /// <summary>Decision: the offer's price or size is zero or beyond what the venue allows.</summary>
    InsaneOffer,

    /// <summary>Decision: the offer does not pay enough.</summary>
    Edge,

    /// <summary>Decision: the offer pays the floor, but not the price of the capital it would lock.</summary>
    CapitalPrice,

    /// <summary>Decision: the offer is too far from the fair price to be believed, given the price's age.</summary>
    Collar,

    /// <summary>Decision: the ticker's offers say that its price moved; a fresh one is on its way.</summary>
    PriceMoved,

    /// <summary>Decision: what was bought and sold of the ticker lost money soon after, too often; denied for some time.</summary>
    Markout,

    /// <summary>Decision: the ticker has moved too far since the open: it may only be sold, or not be traded.</summary>
    DayMove,

    /// <summary>Decision: the day's loss ended the buys, or all trading.</summary>
    DayLoss,

    /// <summary>Decision: too much of the capital is in use.</summary>
    CapitalLimit,

    /// <summary>Decision: too many orders in this second, over all tickers.</summary>
    SendRateLimit,

    /// <summary>Decision: too many orders of this ticker in this second.</summary>
    TickerRateLimit,

    /// <summary>Decision: too many executions of this ticker in this minute.</summary>
    RepeatedExecution,

    /// <summary>Decision: no free cash for a single share.</summary>
    NoCash,

    /// <summary>Decision: no free shares to sell, and short selling is off.</summary>
    NoInventory,

    /// <summary>Decision: a single share is worth more than one order may be.</summary>
    OrderLimit,

    /// <summary>Decision: the ticker's limit is used up.</summary>
    TickerLimit,

    /// <summary>Decision: too many orders are in flight.</summary>
    InFlightLimit,

    /// <summary>Decision: the <c>executes</c> ring was full.</summary>
    ExecutionBusy,

    /// <summary>Decision: nothing may be bought, or sold short, because ids, map or disk run out.</summary>
    BuysStopped,

    /// <summary>Execution: trading was halted before the order went out.</summary>
    NotSentHalted,

    /// <summary>Execution: buys and short sales were stopped before the order went out.</summary>
    NotSentBuysStopped,

    /// <summary>Execution: not logged in, replaying, or not yet fenced.</summary>
    NotSentLoggedOut,

    /// <summary>Execution: the rate limit of sends was reached.</summary>
    NotSentRateLimit,

    /// <summary>Execution: the <c>responses</c> ring runs low.</summary>
    NotSentFewFreeSlots,

    /// <summary>Execution: the table of open orders is full.</summary>
    NotSentTooManyOpen,

    /// <summary>Execution: the socket took no byte of the order.</summary>
    NotSentSocketFull,
}
