namespace MarketMaker.Contracts;

/// <summary>
/// Every counter of the engine, one commented line each. Each stage owns one block of 128 slots (sixteen cache lines) and is its
/// only writer; the upper half of a block holds that stage's refusals, one slot per <see cref="RefusalReason"/>.
/// </summary>
public enum Counter
{
    /// <summary>Feed: duty cycles run.</summary>
    FeedDutyCycles = 0,

    /// <summary>Feed: packets received, on every line.</summary>
    FeedPackets,

    /// <summary>Feed: bytes received, on every line.</summary>
    FeedBytes,

    /// <summary>Feed: messages passed on in sequence, the first copy of each.</summary>
    FeedMessages,

    /// <summary>Feed: offers seen, the first copy of each: the left side of the identity.</summary>
    FeedOffersSeen,

    /// <summary>Feed: messages that had been seen already (the other line, a duplicate).</summary>
    FeedDuplicateMessages,

    /// <summary>Feed: gaps opened.</summary>
    FeedGaps,

    /// <summary>Feed: gaps closed by recovery.</summary>
    FeedGapsClosed,

    /// <summary>Feed: re-requests sent.</summary>
    FeedRequestsSent,

    /// <summary>Feed: messages brought back by re-requests or by late packets.</summary>
    FeedMessagesRecovered,

    /// <summary>Feed: messages given up as lost.</summary>
    FeedMessagesLost,

    /// <summary>Feed: packets dropped for a malformed header, block length or truncation.</summary>
    FeedMalformedPackets,

    /// <summary>Feed: packets dropped for another session.</summary>
    FeedWrongSessionPackets,

    /// <summary>Feed: packets dropped because their sequence number is too far ahead to be true.</summary>
    FeedFarFuturePackets,

    /// <summary>Feed: messages of an unknown type or a wrong length.</summary>
    FeedUnknownMessages,

    /// <summary>Feed: packets dropped because they came from an address that is not the venue's.</summary>
    FeedForeignPackets,

    /// <summary>Feed: 1 while a gap is open.</summary>
    FeedGapOpen,

    /// <summary>Feed: duty cycles that had something to do.</summary>
    FeedWorkCycles,

    /// <summary>Feed: first slot of its refusals.</summary>
    FeedRefused = 64,

    /// <summary>Prices: duty cycles run.</summary>
    PricesDutyCycles = 128,

    /// <summary>Prices: offers stamped.</summary>
    PricesOffersStamped,

    /// <summary>Prices: prices put into the cache.</summary>
    PricesUpdated,

    /// <summary>Prices: clock ticks seen.</summary>
    PricesTicks,

    /// <summary>Prices: tickers that have a price.</summary>
    PricesTickersPriced,

    /// <summary>Prices: duty cycles that had something to do.</summary>
    PricesWorkCycles,

    /// <summary>Decision: duty cycles run.</summary>
    DecisionDutyCycles = 256,

    /// <summary>Decision: offers judged.</summary>
    DecisionOffersJudged,

    /// <summary>Decision: executes handed to Execution.</summary>
    DecisionExecutes,

    /// <summary>Decision: free cash in 1/10,000 dollar.</summary>
    DecisionCashFree,

    /// <summary>Decision: cash reserved for orders in flight, in 1/10,000 dollar.</summary>
    DecisionCashReserved,

    /// <summary>Decision: orders in flight, from the execute to its last response.</summary>
    DecisionOrdersInFlight,

    /// <summary>Decision: the value of the stock at the last fair prices, in 1/10,000 dollar.</summary>
    DecisionInventoryValue,

    /// <summary>Decision: monotonic ns of the first offer judged.</summary>
    DecisionFirstOfferNs,

    /// <summary>Decision: responses that contradict its own book (more released than reserved).</summary>
    DecisionContradictions,

    /// <summary>Decision: cash and stock at the last fair prices, in 1/10,000 dollar.</summary>
    DecisionEquity,

    /// <summary>Decision: cash and stock when the day began, in 1/10,000 dollar; 0 until all stock has a price.</summary>
    DecisionOpeningEquity,

    /// <summary>Decision: loss of the day, ppm of the capital at its start; 0 when something was won.</summary>
    DecisionDayLossPpm,

    /// <summary>Decision: stock, open buys and what is kept for shorts, in 1/10,000 dollar.</summary>
    DecisionCapitalUsed,

    /// <summary>Decision: the price of locked capital now, ppm per 1,000 s.</summary>
    DecisionRentPpm,

    /// <summary>Decision: the edge that sellers' offers had to pay lately, floor and rent, ppm.</summary>
    DecisionRequiredBuyEdgePpm,

    /// <summary>Decision: how often a ticker was stopped because its offers said that its price moved.</summary>
    DecisionFlowStops,

    /// <summary>Decision: prices asked for at once.</summary>
    DecisionPriorities,

    /// <summary>Decision: the same, dropped because the ring <c>priorities</c> was full.</summary>
    DecisionPrioritiesDropped,

    /// <summary>Decision: inputs that are not in the capture: its ring was full, or its file had ended.</summary>
    DecisionNotCaptured,

    /// <summary>Decision: duty cycles that had something to do.</summary>
    DecisionWorkCycles,

    /// <summary>Decision: first slot of its refusals.</summary>
    DecisionRefused = 320,

    /// <summary>Execution: duty cycles run.</summary>
    ExecutionDutyCycles = 384,

    /// <summary>Execution: executes sent: their bytes were taken by the socket. The right side of the identity.</summary>
    ExecutionSent,

    /// <summary>Execution: orders with at least one execution.</summary>
    ExecutionWins,

    /// <summary>Execution: orders that ended without an execution (canceled, dead on arrival, never arrived).</summary>
    ExecutionLosses,

    /// <summary>Execution: orders the venue rejected.</summary>
    ExecutionRejects,

    /// <summary>Execution: executions received for the first time.</summary>
    ExecutionExecutions,

    /// <summary>Execution: broken trades received.</summary>
    ExecutionBrokenTrades,

    /// <summary>Execution: orders whose outcome is unknown now.</summary>
    ExecutionUnknown,

    /// <summary>Execution: logins accepted.</summary>
    ExecutionLogins,

    /// <summary>Execution: connections lost or refused.</summary>
    ExecutionDisconnects,

    /// <summary>Execution: answers that name no order of ours or contradict what was sent.</summary>
    ExecutionContradictions,

    /// <summary>Execution: messages of an unknown type or a wrong length.</summary>
    ExecutionMalformedMessages,

    /// <summary>Execution: <see cref="ExecutionState"/> of the session.</summary>
    ExecutionState,

    /// <summary>Execution: orders proven by the fence never to have arrived.</summary>
    ExecutionNeverArrived,

    /// <summary>Execution: sequenced messages replayed that were booked already.</summary>
    ExecutionReplayedMessages,

    /// <summary>Execution: duty cycles that had something to do.</summary>
    ExecutionWorkCycles,

    /// <summary>Execution: duty cycles in which answers waited in the socket for want of room on <c>responses</c>.</summary>
    ExecutionStalls,

    /// <summary>Execution: first slot of its refusals.</summary>
    ExecutionRefused = 448,

    /// <summary>Journal: duty cycles run.</summary>
    JournalDutyCycles = 512,

    /// <summary>Journal: transactions booked and durable.</summary>
    JournalBooked,

    /// <summary>Journal: durable commits.</summary>
    JournalCommits,

    /// <summary>Journal: id of the last transaction booked.</summary>
    JournalLastId,

    /// <summary>Journal: ids left in the leased blocks.</summary>
    JournalIdsLeft,

    /// <summary>Journal: shares bought.</summary>
    JournalSharesBought,

    /// <summary>Journal: shares sold.</summary>
    JournalSharesSold,

    /// <summary>Journal: transactions that are buys.</summary>
    JournalBuys,

    /// <summary>Journal: transactions that are sales.</summary>
    JournalSells,

    /// <summary>Journal: cash in 1/10,000 dollar after the last booking.</summary>
    JournalCash,

    /// <summary>Journal: executions and broken trades ignored because their sequence number is booked already.</summary>
    JournalDuplicates,

    /// <summary>Journal: bytes of the map in use; the map ends at the configured size.</summary>
    JournalUsedBytes,

    /// <summary>Journal: 1 while nothing may be sent: only the reserve of ids, map or disk is left for answers in flight.</summary>
    JournalMustHalt,

    /// <summary>Journal: contradictions in quarantine that no person has seen to.</summary>
    JournalQuarantined,

    /// <summary>Journal: contradictions not kept because the quarantine is full.</summary>
    JournalQuarantineDropped,

    /// <summary>Journal: intents that are durable and whose orders are not over; 0 where intents are not durable.</summary>
    JournalOpenIntents,

    /// <summary>Journal: intents made durable.</summary>
    JournalIntents,

    /// <summary>Journal: checkpoints written.</summary>
    JournalCheckpoints,

    /// <summary>Journal: records deleted because they are shipped and old.</summary>
    JournalPurged,

    /// <summary>Journal: looks at a shipper's mark that was no id of this journal; nothing was deleted for it.</summary>
    JournalShippedMarksUnusable,

    /// <summary>Journal: 1 while nothing may be bought or sold short: ids, map or disk run out.</summary>
    JournalMustNotBuy,

    /// <summary>Journal: how near ids are to their end: 0 far, 1 alarm, 2 no more buys, 3 no more sends.</summary>
    JournalIdsLevel,

    /// <summary>Journal: how near the map is to its end, as for the ids.</summary>
    JournalMapLevel,

    /// <summary>Journal: how near the disk is to its end, as for the ids.</summary>
    JournalDiskLevel,

    /// <summary>Journal: bytes that may still be written to the disk of the journal by anyone.</summary>
    JournalDiskFreeBytes,

    /// <summary>Journal: disk blocks that are the journal's alone already, beyond what it has used, in bytes.</summary>
    JournalReservedBytes,

    /// <summary>Journal: process that holds a read snapshot too long and makes the file grow; 0: none.</summary>
    JournalPinnedReaderPid,

    /// <summary>Journal: for how long it has been seen to hold it, in ms; 0: none does.</summary>
    JournalPinnedReaderAgeMs,

    /// <summary>Journal: slots of dead readers cleared.</summary>
    JournalDeadReaders,

    /// <summary>Journal: duty cycles that had something to do.</summary>
    JournalWorkCycles,

    /// <summary>PriceClient: duty cycles run.</summary>
    PriceClientDutyCycles = 640,

    /// <summary>PriceClient: requests sent.</summary>
    PriceClientRequests,

    /// <summary>PriceClient: good prices received.</summary>
    PriceClientPrices,

    /// <summary>PriceClient: answers refused: malformed HTTP or JSON, a bad price, the wrong ticker.</summary>
    PriceClientRefusedBodies,

    /// <summary>PriceClient: prices refused because the service's time went back or is ahead of ours.</summary>
    PriceClientRefusedTimes,

    /// <summary>PriceClient: prices held back because they jumped more than 10 % and no second answer confirmed them yet.</summary>
    PriceClientRefusedJumps,

    /// <summary>PriceClient: requests that timed out.</summary>
    PriceClientTimeouts,

    /// <summary>PriceClient: connections lost or refused.</summary>
    PriceClientDisconnects,

    /// <summary>PriceClient: refreshes asked for out of turn.</summary>
    PriceClientPriorityRequests,

    /// <summary>PriceClient: answers with an HTTP status other than 200.</summary>
    PriceClientErrorStatuses,

    /// <summary>PriceClient: duty cycles that had something to do.</summary>
    PriceClientWorkCycles,

    /// <summary>PriceClient: duty cycles that waited for room on <c>prices</c>.</summary>
    PriceClientStalls,

    /// <summary>Host: state of the process, see <see cref="EngineState"/>.</summary>
    HostState = 768,

    /// <summary>Host: monotonic ns when the process began.</summary>
    HostStartedNs,

    /// <summary>Host: bytes allocated on the managed heap since warm-up ended; -1 before.</summary>
    HostAllocatedBytes,

    /// <summary>Host: collections since warm-up ended; -1 before.</summary>
    HostCollections,

    /// <summary>Host: log lines dropped because the log ring was full.</summary>
    HostLogLinesDropped,

    /// <summary>Host: anonymous resident memory in bytes.</summary>
    HostRssAnonBytes,

    /// <summary>Host: 1 while the denylist file is malformed and an older list holds.</summary>
    HostDenylistMalformed,

    /// <summary>Host: why sends (lower half) and buys (upper half) are stopped, the word of the kill switch; 0: trading.</summary>
    HostStops,

    /// <summary>Host: agents or consumers that do not move now.</summary>
    HostStuckAgents,

    /// <summary>Host: looks of the watchdog.</summary>
    HostWatchdogTurns,

    /// <summary>Host: log lines that did not reach the output: it was full, closed or broken.</summary>
    HostLogLinesLost,

    /// <summary>Host: log lines not written because their cause had said so much already; each is counted in a line of its own.</summary>
    HostLogLinesSummed,

    /// <summary>Host: packets of the feed that the kernel dropped before Feed could see them: a full receive buffer (SO_MEMINFO), or a full ring of AF_XDP.</summary>
    HostKernelDrops,

    /// <summary>Host: how the feed's frames come: 0 kernel sockets, AF_XDP 1 zero-copy, 2 native, 3 generic.</summary>
    HostXdpMode,

    /// <summary>Host: frames AF_XDP dropped: no free chunk, too long for one, or another failure (XDP_STATISTICS, rx_dropped).</summary>
    HostXdpDropped,

    /// <summary>Host: how often AF_XDP found no free chunk (rx_fill_ring_empty_descs).</summary>
    HostXdpFillRingEmpty,

    /// <summary>Host: frames AF_XDP dropped because the RX ring was full (rx_ring_full).</summary>
    HostXdpRxRingFull,

    /// <summary>Host: descriptors of ours that AF_XDP refused: a defect of ours.</summary>
    HostXdpInvalidDescriptors,

    /// <summary>Host: packets of the feed that XDP left to the kernel: re-requests answered, fragments, tags, queues without a socket.</summary>
    HostXdpKernelPackets,

    /// <summary>Host: monotonic ns when the watching thread last ran: the engine's heartbeat.</summary>
    HostHeartbeatNs,

    /// <summary>Host: the same by the wall clock, ns since 1970, for whoever reads the file another day.</summary>
    HostHeartbeatWallNs,

    /// <summary>Host: rounds in which positions, prices and ages of all tickers were shown.</summary>
    HostTickerRounds,

    /// <summary>WinRecord: orders of ours that were won or lost; Decision writes this block.</summary>
    WinRecordTries = 896,

    /// <summary>WinRecord: orders with at least one execution.</summary>
    WinRecordWins,

    /// <summary>WinRecord: losses since the last win.</summary>
    WinRecordLossesInARow,

    /// <summary>WinRecord: how often so many orders were lost in a row that the sends were slowed down.</summary>
    WinRecordSlowDowns,

    /// <summary>WinRecord: why orders are lost: 0 too few tries to tell, 1 healthy, 2 too wide, 3 too slow.</summary>
    WinRecordFinding,

    /// <summary>WinRecord: 1 while losses concentrate where we ourselves were slow from the decision to the send.</summary>
    WinRecordOurDelay,

    /// <summary>WinRecord: upper quartile of our time from the decision to the send over the last 512 tries, ns.</summary>
    WinRecordUpperDelayNs,

    /// <summary>WinRecord: markout of all fills after 1 s, ppm of their value.</summary>
    WinRecordMarkoutOneSecondPpm,

    /// <summary>WinRecord: markout of all fills after 10 s, ppm of their value.</summary>
    WinRecordMarkoutTenSecondsPpm,

    /// <summary>WinRecord: markout of all fills after 60 s, ppm of their value.</summary>
    WinRecordMarkoutOneMinutePpm,

    /// <summary>WinRecord: tries of our buys, the first of eight slots, one per bucket of edge.</summary>
    WinRecordBuyTries = 912,

    /// <summary>WinRecord: wins of our buys, the first of eight slots.</summary>
    WinRecordBuyWins = 920,

    /// <summary>WinRecord: moving share of wins of our buys in ppm, the first of eight slots.</summary>
    WinRecordBuyWinSharePpm = 928,

    /// <summary>WinRecord: tries of our sales, the first of eight slots.</summary>
    WinRecordSellTries = 936,

    /// <summary>WinRecord: wins of our sales, the first of eight slots.</summary>
    WinRecordSellWins = 944,

    /// <summary>WinRecord: moving share of wins of our sales in ppm, the first of eight slots.</summary>
    WinRecordSellWinSharePpm = 952,

    /// <summary>Rings: slots of <c>offers</c>; 0: there is no such ring in this run. The watching thread writes this block.</summary>
    RingsOffersSlots = 1024,

    /// <summary>Rings: events on <c>offers</c> that its slowest consumer has not taken.</summary>
    RingsOffersBacklog,

    /// <summary>Rings: the most events that a consumer of <c>offers</c> found waiting, since the start.</summary>
    RingsOffersHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsOffersRecentHighWater,

    /// <summary>Rings: slots of <c>prices</c>; 0: there is no such ring in this run.</summary>
    RingsPricesSlots,

    /// <summary>Rings: events on <c>prices</c> that its slowest consumer has not taken.</summary>
    RingsPricesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>prices</c> found waiting, since the start.</summary>
    RingsPricesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsPricesRecentHighWater,

    /// <summary>Rings: slots of <c>executes</c>; 0: there is no such ring in this run.</summary>
    RingsExecutesSlots,

    /// <summary>Rings: events on <c>executes</c> that its slowest consumer has not taken.</summary>
    RingsExecutesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>executes</c> found waiting, since the start.</summary>
    RingsExecutesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsExecutesRecentHighWater,

    /// <summary>Rings: slots of <c>responses</c>; 0: there is no such ring in this run.</summary>
    RingsResponsesSlots,

    /// <summary>Rings: events on <c>responses</c> that its slowest consumer has not taken.</summary>
    RingsResponsesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>responses</c> found waiting, since the start.</summary>
    RingsResponsesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsResponsesRecentHighWater,

    /// <summary>Rings: slots of <c>refreshes</c>; 0: there is no such ring in this run.</summary>
    RingsRefreshesSlots,

    /// <summary>Rings: events on <c>refreshes</c> that its slowest consumer has not taken.</summary>
    RingsRefreshesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>refreshes</c> found waiting, since the start.</summary>
    RingsRefreshesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsRefreshesRecentHighWater,

    /// <summary>Rings: slots of <c>priorities</c>; 0: there is no such ring in this run.</summary>
    RingsPrioritiesSlots,

    /// <summary>Rings: events on <c>priorities</c> that its slowest consumer has not taken.</summary>
    RingsPrioritiesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>priorities</c> found waiting, since the start.</summary>
    RingsPrioritiesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsPrioritiesRecentHighWater,

    /// <summary>Rings: slots of <c>captures</c>; 0: there is no such ring in this run.</summary>
    RingsCapturesSlots,

    /// <summary>Rings: events on <c>captures</c> that its slowest consumer has not taken.</summary>
    RingsCapturesBacklog,

    /// <summary>Rings: the most events that a consumer of <c>captures</c> found waiting, since the start.</summary>
    RingsCapturesHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsCapturesRecentHighWater,

    /// <summary>Rings: slots of <c>log</c>; 0: there is no such ring in this run.</summary>
    RingsLogSlots,

    /// <summary>Rings: events on <c>log</c> that its slowest consumer has not taken.</summary>
    RingsLogBacklog,

    /// <summary>Rings: the most events that a consumer of <c>log</c> found waiting, since the start.</summary>
    RingsLogHighWater,

    /// <summary>Rings: the same within the last second.</summary>
    RingsLogRecentHighWater,

    /// <summary>Rings: responses that Journal has not taken: its lag.</summary>
    RingsJournalBacklog,

    /// <summary>Alerts: duty cycles run.</summary>
    AlertsDutyCycles = 1152,

    /// <summary>Alerts: packets received from the volatility service and its request server.</summary>
    AlertsPackets,

    /// <summary>Alerts: messages taken, the first copy of each.</summary>
    AlertsMessages,

    /// <summary>Alerts: whole snapshots heard.</summary>
    AlertsSnapshots,

    /// <summary>Alerts: changes of a ticker's flags passed on.</summary>
    AlertsChanges,

    /// <summary>Alerts: 1 while every ticker is only sold because the verdicts cannot be trusted.</summary>
    AlertsAllSellOnly,

    /// <summary>Alerts: how often every ticker became sell-only for that.</summary>
    AlertsStops,

    /// <summary>Alerts: tickers that are only sold.</summary>
    AlertsTickersSellOnly,

    /// <summary>Alerts: tickers denied by the service.</summary>
    AlertsTickersDenied,

    /// <summary>Alerts: tickers whose verdict ran out, or that the service does not name.</summary>
    AlertsExpired,

    /// <summary>Alerts: gaps opened.</summary>
    AlertsGaps,

    /// <summary>Alerts: re-requests sent.</summary>
    AlertsRequestsSent,

    /// <summary>Alerts: messages brought back by re-requests or by late packets.</summary>
    AlertsMessagesRecovered,

    /// <summary>Alerts: messages given up as lost.</summary>
    AlertsMessagesLost,

    /// <summary>Alerts: messages dropped because they had been seen, or because a newer verdict on the ticker had.</summary>
    AlertsOldMessages,

    /// <summary>Alerts: packets dropped as malformed.</summary>
    AlertsMalformedPackets,

    /// <summary>Alerts: messages of an unknown kind, version or length, or with a value out of range.</summary>
    AlertsMalformedMessages,

    /// <summary>Alerts: packets dropped because they came from an address that is not the service's.</summary>
    AlertsForeignPackets,

    /// <summary>Alerts: packets dropped because they are of an earlier session of the service.</summary>
    AlertsOldSessionPackets,

    /// <summary>Alerts: packets dropped because their number is too far ahead to be true.</summary>
    AlertsFarFuturePackets,

    /// <summary>Alerts: sessions of the service taken up.</summary>
    AlertsSessions,

    /// <summary>Alerts: verdicts on tickers that are not in the universe.</summary>
    AlertsUnknownTickers,

    /// <summary>Alerts: messages that were no longer valid when they came, or are of another day.</summary>
    AlertsOutdatedMessages,

    /// <summary>Alerts: tickers that the denylist names.</summary>
    AlertsDenylistTickers,

    /// <summary>Alerts: duty cycles that had something to do.</summary>
    AlertsWorkCycles,

    /// <summary>Alarms: first of their slots, one per <see cref="Alarm"/>: wall clock ns when it was raised, 0 while it is cleared.</summary>
    AlarmSince = 1280,

    /// <summary>Threads: time on a core of the thread that runs feed, ns; -1: unknown. The watching thread writes this block; stages that share a thread show the same.</summary>
    ThreadsFeedCpuNs = 1408,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsFeedWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsFeedCore,

    /// <summary>Threads: time on a core of the thread that runs prices, ns; -1: unknown.</summary>
    ThreadsPricesCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsPricesWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsPricesCore,

    /// <summary>Threads: time on a core of the thread that runs decision, ns; -1: unknown.</summary>
    ThreadsDecisionCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsDecisionWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsDecisionCore,

    /// <summary>Threads: time on a core of the thread that runs execution, ns; -1: unknown.</summary>
    ThreadsExecutionCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsExecutionWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsExecutionCore,

    /// <summary>Threads: time on a core of the thread that runs journal, ns; -1: unknown.</summary>
    ThreadsJournalCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsJournalWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsJournalCore,

    /// <summary>Threads: time on a core of the thread that runs price client, ns; -1: unknown.</summary>
    ThreadsPriceClientCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsPriceClientWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsPriceClientCore,

    /// <summary>Threads: time on a core of the thread that runs alerts, ns; -1: unknown.</summary>
    ThreadsAlertsCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsAlertsWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsAlertsCore,

    /// <summary>Threads: time on a core of the thread that runs capture, ns; -1: unknown.</summary>
    ThreadsCaptureCpuNs,

    /// <summary>Threads: time that thread was ready and the scheduler kept it waiting, ns.</summary>
    ThreadsCaptureWaitNs,

    /// <summary>Threads: the core it is pinned to; -1: none.</summary>
    ThreadsCaptureCore,

    /// <summary>PriceAges: age of the oldest price, ms; of tickers that have one. The watching thread writes this block.</summary>
    PriceAgesOldestMs = 1536,

    /// <summary>PriceAges: half of the prices are at most so old, ms.</summary>
    PriceAgesMedianMs,

    /// <summary>PriceAges: 99 % of the prices are at most so old, ms.</summary>
    PriceAgesP99Ms,

    /// <summary>PriceAges: tickers whose price is older than the decision allows.</summary>
    PriceAgesStaleTickers,

    /// <summary>PriceAges: tickers of the universe.</summary>
    PriceAgesTickers,

    /// <summary>PriceAges: tickers that hold stock or owe it.</summary>
    PriceAgesTickersHeld,

    /// <summary>Shipping: id of the last transaction that the shipper says is in the database; 0: none. The watching thread writes this block.</summary>
    ShippingLastId = 1664,

    /// <summary>Shipping: transactions booked behind it; after a change of the block of ids a lower bound.</summary>
    ShippingBehind,

    /// <summary>Shipping: for how long the oldest of them has waited at least, ms.</summary>
    ShippingWaitedMs,

    /// <summary>How many slots there are.</summary>
    SlotCount = 1792,
}
