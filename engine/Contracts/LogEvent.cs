using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>What a pinned thread has to say; the cold log thread turns it into a sentence.</summary>
public enum LogMessage : ushort
{
    /// <summary>Feed: a gap opened. A: first missing sequence, B: first after it.</summary>
    FeedGapOpened = 1,

    /// <summary>Feed: the gap closed. A: messages recovered.</summary>
    FeedGapClosed,

    /// <summary>Feed: the gap was given up. A: messages lost.</summary>
    FeedGapGivenUp,

    /// <summary>Feed: offers are refused because a gap has been open too long.</summary>
    FeedRefusing,

    /// <summary>Feed: packets of another session arrive.</summary>
    FeedWrongSession,

    /// <summary>Feed: the venue ended the session. A: messages in it.</summary>
    FeedSessionEnded,

    /// <summary>Feed: the market opened.</summary>
    MarketOpened,

    /// <summary>Feed: the market closed.</summary>
    MarketClosed,

    /// <summary>Feed: packets too far ahead are dropped. A: dropped so far, B: the sequence expected.</summary>
    FeedFarFuture,

    /// <summary>Prices: a price service connection failed. A: errno, B: attempts.</summary>
    PriceServiceDown = 100,

    /// <summary>Prices: the price service answers again.</summary>
    PriceServiceUp,

    /// <summary>PriceClient: the budget is too small for the age cap. A: requests a second, B: age in seconds that holds instead.</summary>
    PriceBudgetSmall,

    /// <summary>Execution: connected and logged in. A: next sequence number. Text: session.</summary>
    LoggedIn = 200,

    /// <summary>Execution: the venue refused the login. Text: reason letter.</summary>
    LoginRefused,

    /// <summary>Execution: the session is gone with orders open; the engine stays halted. A: orders open. Text: session.</summary>
    SessionGone,

    /// <summary>Execution: connection lost. A: errno, B: orders of unknown outcome.</summary>
    ConnectionLost,

    /// <summary>Execution: the fence answered; orders may be sent. A: orders that never arrived.</summary>
    Fenced,

    /// <summary>Execution: an answer contradicts what was sent. A: UserRefNum, B: sequence.</summary>
    Contradiction,

    /// <summary>Execution: the venue ended the session.</summary>
    VenueEndedSession,

    /// <summary>Execution: the venue replayed from somewhere else than asked. A: asked, B: given.</summary>
    ReplayRefused,

    /// <summary>Execution: an unfinished order of an earlier run is in a ticker outside the universe. A: UserRefNum, B: sequence number.</summary>
    OrderWithoutTicker,

    /// <summary>Execution: the venue tells of a trade that cannot be booked; trading is halted. A: UserRefNum, B: sequence number.</summary>
    TradeNotBooked,

    /// <summary>Execution: an order was rejected. A: UserRefNum, B: OUCH reject reason.</summary>
    OrderRejected,

    /// <summary>Execution: a session is refused, since the INI dates all sessions with a day that is over. A: that day, B: today, as YYYYMMDD. Text: session.</summary>
    TradingDateIsOver,

    /// <summary>Decision: the day's loss ends the buys while it lasts. A: ppm of the capital at the day's start, B: that capital.</summary>
    DayLossStopsBuying = 250,

    /// <summary>Decision: the day's loss is small enough to buy again. A: ppm, B: the capital at the day's start.</summary>
    DayLossRelieved,

    /// <summary>Decision: the day's loss ends all trading for good. A: ppm of the capital at the day's start, B: that capital.</summary>
    DayLossHalts,

    /// <summary>Decision: so many orders were lost in a row that the sends are slowed down. A: how often so far.</summary>
    LossesInARow,

    /// <summary>Decision: enough orders win, or too few were tried to tell. A: percent won, B: tries.</summary>
    WinsHealthy,

    /// <summary>Decision: fewer orders win the more they pay. A: percent won, B: tries.</summary>
    WinsTooWide,

    /// <summary>Decision: few orders win at any edge. A: percent won, B: tries.</summary>
    WinsTooSlow,

    /// <summary>Decision: orders are lost when we are slow from the decision to the send. A: the slow quarter begins at so many ns.</summary>
    WinsOurDelay,

    /// <summary>Capture: its ring was full; the file is whole up to there and goes no further. A: offers on file, B: bytes.</summary>
    CaptureBroken,

    /// <summary>Capture: the file reached its size limit. A: offers on file, B: bytes.</summary>
    CaptureLimited,

    /// <summary>Capture: the file cannot be written. A: offers taken for it, B: bytes on file.</summary>
    CaptureFailed,

    /// <summary>Journal: a leased block was imported. A: block, B: ids left.</summary>
    BlockImported = 300,

    /// <summary>Journal: ids run low. A: ids left.</summary>
    IdsRunLow,

    /// <summary>Journal: only the reserve of ids is left, for answers in flight; nothing is sent until a lease comes. A: ids left.</summary>
    IdsExhausted,

    /// <summary>Journal: only the reserve of the map is left, for answers in flight; nothing is sent. A: bytes used, B: bytes of the map.</summary>
    JournalNearlyFull,

    /// <summary>Journal: an order of an earlier run may be at the venue. A: number of its intent, B: shares. Text: ticker.</summary>
    IntentOpen,

    /// <summary>Journal: more intents are open than are listed. A: all of them.</summary>
    IntentsOpen,

    /// <summary>Journal: the first message of a session has come, or its first trade gives it another date. A: the session's trading date as YYYYMMDD. Text: session.</summary>
    SessionBegun,

    /// <summary>Journal: the shipper's mark beside the journal names no record of it; nothing is deleted.</summary>
    ShippedMarkRefused,

    /// <summary>Journal: ids are so few that nothing more is bought. A: ids left.</summary>
    IdsStopBuying,

    /// <summary>Journal: there are ids again. A: ids left.</summary>
    IdsPlenty,

    /// <summary>Journal: the map fills. A: bytes used, B: bytes of the map.</summary>
    MapAlarm,

    /// <summary>Journal: the map is so full that nothing more is bought. A: bytes used, B: bytes of the map.</summary>
    MapStopsBuying,

    /// <summary>Journal: the map has room again. A: bytes used, B: bytes of the map.</summary>
    MapRelieved,

    /// <summary>Journal: the disk fills. A: bytes used, B: bytes used and free.</summary>
    DiskAlarm,

    /// <summary>Journal: the disk is so full that nothing more is bought. A: bytes used, B: bytes used and free.</summary>
    DiskStopsBuying,

    /// <summary>Journal: the disk is full but for the reserve of the answers in flight; nothing is sent. A: bytes used, B: bytes used and free.</summary>
    DiskExhausted,

    /// <summary>Journal: the disk has room again. A: bytes used, B: bytes used and free.</summary>
    DiskRelieved,

    /// <summary>Journal: the file system does not take blocks ahead, so other programs may take the room of the answers in flight.</summary>
    DiskNotReservable,

    /// <summary>Journal: a lease beside the journal is damaged, for another journal, or before the block in use. A: its block by the file's name.</summary>
    LeaseIgnored,

    /// <summary>Journal: a reader holds an old snapshot and makes the file grow. A: process, B: ms.</summary>
    ReaderPinned,

    /// <summary>Journal: it let go. A: process, B: ms.</summary>
    ReaderReleased,

    /// <summary>Journal: readers had died with a snapshot; their slots are free again. A: how many.</summary>
    DeadReadersCleared,

    /// <summary>Alerts: a whole snapshot was heard; verdicts hold for each ticker. A: tickers only sold, B: tickers denied.</summary>
    AlertsTrusted = 400,

    /// <summary>Alerts: nothing was heard from the volatility service; every ticker is only sold. A: ms of silence.</summary>
    AlertsSilent,

    /// <summary>Alerts: a gap did not heal; every ticker is only sold until the next whole snapshot. A: messages lost so far.</summary>
    AlertsGap,

    /// <summary>Alerts: the service has started anew; every ticker is only sold until its first whole snapshot. Text: session.</summary>
    AlertsSession,

    /// <summary>Alerts: the service ended in order; every ticker is only sold.</summary>
    AlertsEnded,

    /// <summary>Alerts: the last whole snapshot is no longer valid; every ticker is only sold. A: messages that came outdated so far.</summary>
    AlertsOutdated,

    /// <summary>Alerts: packets of an earlier session of the service arrive. A: so far.</summary>
    AlertsOldSession,

    /// <summary>Alerts: the denylist was passed on. A: tickers it names.</summary>
    DenylistApplied,

    /// <summary>Host: an agent, or a consumer with input, does not move; trading is halted. A: ms so far, B: its limit in ms. Text: which.</summary>
    AgentStuck = 500,

    /// <summary>Host: it moves again; trading stays halted. A: ms it stood. Text: which.</summary>
    AgentMoves,

    /// <summary>Host: an alarm was raised. A: which <see cref="Alarm"/>.</summary>
    AlarmRaised,

    /// <summary>Host: an alarm was cleared. A: which <see cref="Alarm"/>, B: ms it was raised.</summary>
    AlarmCleared,
}

/// <summary>One slot of the <c>log</c> ring: fixed size, no text but up to ten ASCII bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct LogEvent
{
    /// <summary>Wall clock, ns since 1970.</summary>
    [FieldOffset(0)] public long WallClockNs;

    /// <summary>First argument.</summary>
    [FieldOffset(8)] public long A;

    /// <summary>Second argument.</summary>
    [FieldOffset(16)] public long B;

    /// <summary>Which sentence.</summary>
    [FieldOffset(24)] public LogMessage Message;

    /// <summary>A short text, such as a session's name.</summary>
    [FieldOffset(26)] public SessionId Text;
}
