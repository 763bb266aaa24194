using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Figures;

namespace MarketMaker.OperatorConsole.Metrics;

/// <summary>One series: a counter under a name with labels.</summary>
/// <param name="Counter">Where it is read.</param>
/// <param name="Labels">As they stand between the braces; empty: none.</param>
/// <param name="Scale">What the counter is multiplied with, to come to the unit of the name.</param>
internal sealed record Series(Counter Counter, string Labels = "", double Scale = 1);

/// <summary>One name of the endpoint, with all series under it.</summary>
internal sealed record Metric(string Name, string Type, string Help, IReadOnlyList<Series> Series);

/// <summary>Every counter as a metric: names end in their unit, what only grows is a counter.</summary>
internal static class MetricList
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "marketmaker_";

    private const double Ns = 1e-9, Ms = 1e-3, Ppm = 1e-6, Dollar = 1.0 / Money.UnitsPerDollar;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [.. Stages(), .. Rings(), .. Flow(), .. Feed(), .. Orders(), .. Capital(), .. Wins(), .. Prices(), .. Verdicts(), .. Journal(), .. Host()];

    private static IEnumerable<Metric> Stages()
    {
        yield return Sum("stage_duty_cycles_total", "Duty cycles run.", [.. StageList.All.Select(stage => new Series(stage.DutyCycles, Stage(stage.Name)))]);
        yield return Sum("stage_work_cycles_total", "Duty cycles that had something to do.", [.. StageList.All.Select(stage => new Series(stage.WorkCycles, Stage(stage.Name)))]);
        yield return Sum("stage_stalls_total", "Duty cycles that waited because what comes behind had no room. Full rings that cost an offer are refusals.",
            [new(Counter.ExecutionStalls, Stage("Execution")), new(Counter.PriceClientStalls, Stage("PriceClient"))]);
        (string Name, Counter Thread)[] threads = [.. StageList.All.Select(stage => (stage.Name, stage.Thread)), ("Capture", Counter.ThreadsCaptureCpuNs)];
        yield return Sum("thread_cpu_seconds_total", "Time on a core of the thread that runs the stage; stages that share a thread show the same.", [.. threads.Select(thread => new Series(thread.Thread, Stage(thread.Name), Ns))]);
        yield return Sum("thread_wait_seconds_total", "Time that thread was ready and the scheduler kept it waiting.", [.. threads.Select(thread => new Series(thread.Thread + 1, Stage(thread.Name), Ns))]);
        yield return Gauge("thread_core", "The core it is pinned to; -1: none.", [.. threads.Select(thread => new Series(thread.Thread + 2, Stage(thread.Name)))]);
    }

    private static IEnumerable<Metric> Rings()
    {
        (string Name, string Help)[] parts =
        [
            ("ring_slots", "Slots of the ring; 0: not in this run."),
            ("ring_backlog_events", "Events that its slowest consumer has not taken."),
            ("ring_high_water_events", "The most events that a consumer found waiting, since the start."),
            ("ring_recent_high_water_events", "The same within the last second."),
        ];
        for (int part = 0; part < parts.Length; part++)
        {
            int offset = part;
            yield return Gauge(parts[part].Name, parts[part].Help,
                [.. FiguresBuilder.Rings.Select((ring, i) => new Series(Counter.RingsOffersSlots + i * FiguresBuilder.CountersPerRing + offset, $"ring=\"{ring}\""))]);
        }

        yield return Gauge("journal_backlog_events", "Responses that Journal has not taken.", [new(Counter.RingsJournalBacklog)]);
    }

    private static IEnumerable<Metric> Flow()
    {
        yield return Sum("offers_seen_total", "Offers seen, the first copy of each.", [new(Counter.FeedOffersSeen)]);
        yield return Sum("offers_refused_total", "Offers passed on, by stage and reason. With executes sent they add up to the offers seen.",
            [.. FiguresBuilder.RefusingStages.SelectMany(stage => Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.None)
                .Select(reason => new Series(stage.Block + (int)reason, $"{Stage(stage.Stage)},reason=\"{Snake(reason.ToString())}\"")))]);
        yield return Sum("offers_stamped_total", "Offers stamped with a price.", [new(Counter.PricesOffersStamped)]);
        yield return Sum("offers_judged_total", "Offers judged.", [new(Counter.DecisionOffersJudged)]);
        yield return Sum("executes_decided_total", "Executes handed to Execution.", [new(Counter.DecisionExecutes)]);
        yield return Sum("executes_sent_total", "Executes sent: their bytes were taken by the socket.", [new(Counter.ExecutionSent)]);
        yield return Sum("inputs_not_captured_total", "Inputs of Decision that are not in the capture.", [new(Counter.DecisionNotCaptured)]);
    }

    private static IEnumerable<Metric> Feed()
    {
        yield return Sum("feed_packets_total", "Packets received, on every line.", [new(Counter.FeedPackets)]);
        yield return Sum("feed_bytes_total", "Bytes received, on every line.", [new(Counter.FeedBytes)]);
        yield return Sum("feed_messages_total", "Messages, by what became of them.",
        [
            new(Counter.FeedMessages, "outcome=\"passed_on\""), new(Counter.FeedDuplicateMessages, "outcome=\"duplicate\""), new(Counter.FeedMessagesRecovered, "outcome=\"recovered\""),
            new(Counter.FeedMessagesLost, "outcome=\"lost\""), new(Counter.FeedUnknownMessages, "outcome=\"unknown\""),
        ]);
        yield return Sum("feed_packets_dropped_total", "Packets dropped, by reason.",
        [
            new(Counter.FeedMalformedPackets, "reason=\"malformed\""), new(Counter.FeedWrongSessionPackets, "reason=\"wrong_session\""), new(Counter.FeedFarFuturePackets, "reason=\"far_future\""),
            new(Counter.HostKernelDrops, "reason=\"kernel\""), new(Counter.FeedForeignPackets, "reason=\"foreign\""),
        ]);
        yield return Sum("feed_gaps_total", "Gaps opened.", [new(Counter.FeedGaps)]);
        yield return Sum("feed_gaps_closed_total", "Gaps closed by recovery.", [new(Counter.FeedGapsClosed)]);
        yield return Sum("feed_requests_total", "Re-requests sent.", [new(Counter.FeedRequestsSent)]);
        yield return Gauge("feed_gap_open", "1 while a gap is open.", [new(Counter.FeedGapOpen)]);
        yield return Gauge("feed_xdp_mode", "How the feed's frames come: 0 kernel sockets, AF_XDP 1 zero-copy, 2 native, 3 generic.", [new(Counter.HostXdpMode)]);
        yield return Sum("feed_xdp_frames_dropped_total", "Frames that AF_XDP dropped, by reason.",
        [
            new(Counter.HostXdpDropped, "reason=\"no_chunk\""), new(Counter.HostXdpRxRingFull, "reason=\"rx_ring_full\""), new(Counter.HostXdpInvalidDescriptors, "reason=\"invalid_descriptor\""),
        ]);
        yield return Sum("feed_xdp_fill_ring_empty_total", "How often AF_XDP found no free chunk.", [new(Counter.HostXdpFillRingEmpty)]);
        yield return Sum("feed_xdp_kernel_packets_total", "Packets of the feed that XDP left to the kernel.", [new(Counter.HostXdpKernelPackets)]);
    }

    private static IEnumerable<Metric> Orders()
    {
        yield return Sum("orders_total", "Orders that ended, by outcome.",
        [
            new(Counter.ExecutionWins, "outcome=\"won\""), new(Counter.ExecutionLosses, "outcome=\"lost\""), new(Counter.ExecutionRejects, "outcome=\"rejected\""),
            new(Counter.ExecutionNeverArrived, "outcome=\"never_arrived\""),
        ]);
        yield return Sum("executions_total", "Executions received for the first time.", [new(Counter.ExecutionExecutions)]);
        yield return Sum("broken_trades_total", "Broken trades received.", [new(Counter.ExecutionBrokenTrades)]);
        yield return Gauge("orders_unknown", "Orders whose outcome is unknown.", [new(Counter.ExecutionUnknown)]);
        yield return Gauge("orders_in_flight", "Orders from the execute to the last response.", [new(Counter.DecisionOrdersInFlight)]);
        yield return Gauge("session_state", "Of the order session: 0 disconnected, 1 logging in, 2 replaying, 3 fencing, 4 live, 5 logged out, 6 refused.", [new(Counter.ExecutionState)]);
        yield return Sum("session_logins_total", "Logins accepted.", [new(Counter.ExecutionLogins)]);
        yield return Sum("session_disconnects_total", "Connections lost or refused.", [new(Counter.ExecutionDisconnects)]);
        yield return Sum("session_replayed_messages_total", "Messages replayed that were booked already.", [new(Counter.ExecutionReplayedMessages)]);
        yield return Sum("contradictions_total", "Answers that contradict our books.", [new(Counter.ExecutionContradictions, Stage("Execution")), new(Counter.DecisionContradictions, Stage("Decision"))]);
        yield return Sum("session_malformed_messages_total", "Messages of an unknown type or a wrong length.", [new(Counter.ExecutionMalformedMessages)]);
    }

    private static IEnumerable<Metric> Capital()
    {
        yield return Gauge("cash_free_dollars", "Cash that new buys may take.", [new(Counter.DecisionCashFree, Scale: Dollar)]);
        yield return Gauge("cash_reserved_dollars", "Cash reserved for orders in flight.", [new(Counter.DecisionCashReserved, Scale: Dollar)]);
        yield return Gauge("stock_dollars", "Stock at the last fair prices.", [new(Counter.DecisionInventoryValue, Scale: Dollar)]);
        yield return Gauge("equity_dollars", "Cash and stock at the last fair prices.", [new(Counter.DecisionEquity, Scale: Dollar)]);
        yield return Gauge("opening_equity_dollars", "The same when the day began; 0 until all stock has a price.", [new(Counter.DecisionOpeningEquity, Scale: Dollar)]);
        yield return Gauge("capital_used_dollars", "Stock, open buys and what is kept for shorts.", [new(Counter.DecisionCapitalUsed, Scale: Dollar)]);
        yield return Gauge("day_loss_ratio", "Loss of the day, of the capital at its start.", [new(Counter.DecisionDayLossPpm, Scale: Ppm)]);
        yield return Gauge("capital_rent_ratio_per_kilosecond", "The price of locked capital.", [new(Counter.DecisionRentPpm, Scale: Ppm)]);
        yield return Gauge("required_buy_edge_ratio", "The edge that sellers' offers had to pay lately.", [new(Counter.DecisionRequiredBuyEdgePpm, Scale: Ppm)]);
        yield return Gauge("tickers_held", "Tickers that hold stock or owe it.", [new(Counter.PriceAgesTickersHeld)]);
        yield return Gauge("journal_cash_dollars", "Cash after the last booking.", [new(Counter.JournalCash, Scale: Dollar)]);
    }

    private static IEnumerable<Metric> Wins()
    {
        yield return Sum("win_record_tries_total", "Orders that were won or lost.", [new(Counter.WinRecordTries)]);
        yield return Sum("win_record_wins_total", "Orders with at least one execution.", [new(Counter.WinRecordWins)]);
        yield return Gauge("losses_in_a_row", "Losses since the last win.", [new(Counter.WinRecordLossesInARow)]);
        yield return Sum("send_slow_downs_total", "How often the sends were slowed down for losses in a row.", [new(Counter.WinRecordSlowDowns)]);
        yield return Gauge("win_finding", "Why orders are lost: 0 too few to tell, 1 healthy, 2 too wide, 3 too slow.", [new(Counter.WinRecordFinding)]);
        yield return Gauge("win_own_delay", "1 while losses concentrate where we were slow ourselves.", [new(Counter.WinRecordOurDelay)]);
        yield return Gauge("win_upper_delay_seconds", "Upper quartile of our time from the decision to the send, of the last 512 tries.", [new(Counter.WinRecordUpperDelayNs, Scale: Ns)]);
        yield return Gauge("markout_ratio", "What fills were worth some time later, of their value.",
        [
            new(Counter.WinRecordMarkoutOneSecondPpm, "after=\"1s\"", Ppm), new(Counter.WinRecordMarkoutTenSecondsPpm, "after=\"10s\"", Ppm), new(Counter.WinRecordMarkoutOneMinutePpm, "after=\"60s\"", Ppm),
        ]);
        yield return Sum("tries_total", "Orders that were won or lost, by side and bucket of edge.", Buckets(Counter.WinRecordBuyTries, Counter.WinRecordSellTries, 1));
        yield return Sum("wins_total", "Orders won, by side and bucket of edge.", Buckets(Counter.WinRecordBuyWins, Counter.WinRecordSellWins, 1));
        yield return Gauge("win_probability", "Moving share of wins, by side and bucket of edge.", Buckets(Counter.WinRecordBuyWinSharePpm, Counter.WinRecordSellWinSharePpm, Ppm));
    }

    private static IEnumerable<Metric> Prices()
    {
        yield return Gauge("price_age_seconds", "Age of the prices; the hundredth percentile is the oldest.",
            [new(Counter.PriceAgesMedianMs, "percentile=\"50\"", Ms), new(Counter.PriceAgesP99Ms, "percentile=\"99\"", Ms), new(Counter.PriceAgesOldestMs, "percentile=\"100\"", Ms)]);
        yield return Gauge("prices_stale", "Tickers whose price is older than the decision allows.", [new(Counter.PriceAgesStaleTickers)]);
        yield return Gauge("tickers", "Tickers of the universe.", [new(Counter.PriceAgesTickers)]);
        yield return Gauge("tickers_priced", "Tickers that have a price.", [new(Counter.PricesTickersPriced)]);
        yield return Sum("prices_updated_total", "Prices put into the cache.", [new(Counter.PricesUpdated)]);
        yield return Sum("clock_ticks_total", "Clock ticks seen.", [new(Counter.PricesTicks)]);
        yield return Sum("price_requests_total", "Requests to the price service.", [new(Counter.PriceClientRequests)]);
        yield return Sum("price_answers_total", "Answers of the price service, by what became of them.",
        [
            new(Counter.PriceClientPrices, "outcome=\"good\""), new(Counter.PriceClientRefusedBodies, "outcome=\"bad_body\""), new(Counter.PriceClientRefusedTimes, "outcome=\"bad_time\""),
            new(Counter.PriceClientRefusedJumps, "outcome=\"unconfirmed_jump\""), new(Counter.PriceClientErrorStatuses, "outcome=\"error_status\""), new(Counter.PriceClientTimeouts, "outcome=\"timeout\""),
        ]);
        yield return Sum("price_disconnects_total", "Connections to the price service lost or refused.", [new(Counter.PriceClientDisconnects)]);
        yield return Sum("price_priority_requests_total", "Refreshes asked for out of turn.", [new(Counter.PriceClientPriorityRequests)]);
        yield return Sum("price_priorities_total", "Prices that Decision asked for at once.", [new(Counter.DecisionPriorities)]);
        yield return Sum("price_priorities_dropped_total", "The same, dropped because the ring was full.", [new(Counter.DecisionPrioritiesDropped)]);
        yield return Sum("flow_stops_total", "How often a ticker was stopped because its offers said that its price moved.", [new(Counter.DecisionFlowStops)]);
    }

    private static IEnumerable<Metric> Verdicts()
    {
        yield return Gauge("verdicts_all_sell_only", "1 while every ticker is only sold because the verdicts cannot be trusted.", [new(Counter.AlertsAllSellOnly)]);
        yield return Sum("verdicts_stops_total", "How often every ticker became sell-only for that.", [new(Counter.AlertsStops)]);
        yield return Gauge("verdicts_tickers", "Tickers under a verdict or on the denylist.",
        [
            new(Counter.AlertsTickersSellOnly, "verdict=\"sell_only\""), new(Counter.AlertsTickersDenied, "verdict=\"denied\""), new(Counter.AlertsExpired, "verdict=\"expired\""),
            new(Counter.AlertsDenylistTickers, "verdict=\"denylist\""),
        ]);
        yield return Sum("verdicts_packets_total", "Packets of the volatility service.", [new(Counter.AlertsPackets)]);
        yield return Sum("verdicts_snapshots_total", "Whole snapshots heard.", [new(Counter.AlertsSnapshots)]);
        yield return Sum("verdicts_changes_total", "Changes of a ticker's flags passed on.", [new(Counter.AlertsChanges)]);
        yield return Sum("verdicts_gaps_total", "Gaps opened.", [new(Counter.AlertsGaps)]);
        yield return Sum("verdicts_requests_total", "Re-requests sent.", [new(Counter.AlertsRequestsSent)]);
        yield return Sum("verdicts_sessions_total", "Sessions of the service taken up.", [new(Counter.AlertsSessions)]);
        yield return Sum("verdicts_messages_total", "Messages, by what became of them.",
        [
            new(Counter.AlertsMessages, "outcome=\"taken\""), new(Counter.AlertsMessagesRecovered, "outcome=\"recovered\""), new(Counter.AlertsMessagesLost, "outcome=\"lost\""),
            new(Counter.AlertsOldMessages, "outcome=\"old\""), new(Counter.AlertsMalformedMessages, "outcome=\"malformed\""), new(Counter.AlertsUnknownTickers, "outcome=\"unknown_ticker\""),
            new(Counter.AlertsOutdatedMessages, "outcome=\"outdated\""),
        ]);
        yield return Sum("verdicts_packets_dropped_total", "Packets dropped, by reason.",
        [
            new(Counter.AlertsMalformedPackets, "reason=\"malformed\""), new(Counter.AlertsForeignPackets, "reason=\"foreign\""), new(Counter.AlertsOldSessionPackets, "reason=\"old_session\""),
            new(Counter.AlertsFarFuturePackets, "reason=\"far_future\""),
        ]);
        yield return Gauge("denylist_malformed", "1 while the denylist file is malformed and an older list holds.", [new(Counter.HostDenylistMalformed)]);
    }

    private static IEnumerable<Metric> Journal()
    {
        yield return Gauge("journal_transactions", "Transactions booked and durable.", [new(Counter.JournalBooked)]);
        yield return Gauge("journal_trades", "Transactions by side.", [new(Counter.JournalBuys, "side=\"buy\""), new(Counter.JournalSells, "side=\"sell\"")]);
        yield return Gauge("journal_shares", "Shares by side.", [new(Counter.JournalSharesBought, "side=\"buy\""), new(Counter.JournalSharesSold, "side=\"sell\"")]);
        yield return Sum("journal_commits_total", "Durable commits.", [new(Counter.JournalCommits)]);
        yield return Sum("journal_duplicates_total", "Executions ignored because they are booked already.", [new(Counter.JournalDuplicates)]);
        yield return Sum("journal_intents_total", "Intents made durable.", [new(Counter.JournalIntents)]);
        yield return Gauge("journal_open_intents", "Intents that are durable and whose orders are not over.", [new(Counter.JournalOpenIntents)]);
        yield return Sum("journal_checkpoints_total", "Checkpoints written.", [new(Counter.JournalCheckpoints)]);
        yield return Sum("journal_purged_total", "Records deleted because they are shipped and old.", [new(Counter.JournalPurged)]);
        yield return Gauge("journal_last_id", "Id of the last transaction booked.", [new(Counter.JournalLastId)]);
        yield return Gauge("journal_ids_left", "Ids left in the leased blocks.", [new(Counter.JournalIdsLeft)]);
        yield return Gauge("journal_used_bytes", "Bytes of the map in use.", [new(Counter.JournalUsedBytes)]);
        yield return Gauge("journal_disk_free_bytes", "Bytes that may still be written to the journal's disk.", [new(Counter.JournalDiskFreeBytes)]);
        yield return Gauge("journal_reserved_bytes", "Disk blocks that are the journal's alone already.", [new(Counter.JournalReservedBytes)]);
        yield return Gauge("journal_bound_level", "How near a bound is: 0 far, 1 alarm, 2 no more buys, 3 no more sends.",
            [new(Counter.JournalIdsLevel, "bound=\"ids\""), new(Counter.JournalMapLevel, "bound=\"map\""), new(Counter.JournalDiskLevel, "bound=\"disk\"")]);
        yield return Gauge("journal_stops", "1 while the journal stops buys, or sends.", [new(Counter.JournalMustNotBuy, "what=\"buys\""), new(Counter.JournalMustHalt, "what=\"sends\"")]);
        yield return Gauge("journal_quarantined", "Contradictions in quarantine that no person has seen to.", [new(Counter.JournalQuarantined)]);
        yield return Sum("journal_quarantine_dropped_total", "Contradictions not kept because the quarantine is full.", [new(Counter.JournalQuarantineDropped)]);
        yield return Gauge("journal_pinned_reader_pid", "Process that holds an old snapshot; 0: none.", [new(Counter.JournalPinnedReaderPid)]);
        yield return Gauge("journal_pinned_reader_seconds", "For how long it has been seen to hold it.", [new(Counter.JournalPinnedReaderAgeMs, Scale: Ms)]);
        yield return Sum("journal_dead_readers_total", "Slots of dead readers cleared.", [new(Counter.JournalDeadReaders)]);
        yield return Sum("journal_shipped_marks_unusable_total", "Looks at a shipper's mark that was no id of this journal.", [new(Counter.JournalShippedMarksUnusable)]);
        yield return Gauge("shipping_last_id", "Id of the last transaction that is in the database; 0: none.", [new(Counter.ShippingLastId)]);
        yield return Gauge("shipping_behind_transactions", "Transactions that are not in the database; after a change of the block of ids a lower bound.", [new(Counter.ShippingBehind)]);
        yield return Gauge("shipping_waited_seconds", "For how long the oldest of them has waited at least.", [new(Counter.ShippingWaitedMs, Scale: Ms)]);
    }

    private static IEnumerable<Metric> Host()
    {
        yield return Gauge("engine_state", "0 starting, 1 trading, 2 halted, 3 draining, 4 stopped, 5 failed, 6 selling only.", [new(Counter.HostState)]);
        yield return Gauge("process_started_monotonic_seconds", "When the process began, by the monotonic clock.", [new(Counter.HostStartedNs, Scale: Ns)]);
        yield return Gauge("first_offer_monotonic_seconds", "When the first offer was judged, by the monotonic clock.", [new(Counter.DecisionFirstOfferNs, Scale: Ns)]);
        yield return Gauge("heartbeat_monotonic_seconds", "When the watching thread last ran, by the monotonic clock.", [new(Counter.HostHeartbeatNs, Scale: Ns)]);
        yield return Gauge("heartbeat_timestamp_seconds", "The same, seconds since 1970.", [new(Counter.HostHeartbeatWallNs, Scale: Ns)]);
        yield return Sum("ticker_rounds_total", "Rounds in which positions and ages of prices were shown.", [new(Counter.HostTickerRounds)]);
        yield return Gauge("allocated_bytes", "Bytes allocated on the managed heap since warm-up ended; -1 before.", [new(Counter.HostAllocatedBytes)]);
        yield return Gauge("collections", "Collections since warm-up ended; -1 before.", [new(Counter.HostCollections)]);
        yield return Gauge("resident_anonymous_bytes", "Anonymous resident memory.", [new(Counter.HostRssAnonBytes)]);
        yield return Sum("log_lines_lost_total", "Log lines that were not written, by reason.",
            [new(Counter.HostLogLinesDropped, "reason=\"ring_full\""), new(Counter.HostLogLinesLost, "reason=\"output\""), new(Counter.HostLogLinesSummed, "reason=\"too_many_alike\"")]);
        yield return Gauge("stops", "Why sends (lower half) and buys (upper half) are stopped, the word of the kill switch; 0: trading.", [new(Counter.HostStops)]);
        yield return Gauge("stuck_agents", "Agents or consumers that do not move now.", [new(Counter.HostStuckAgents)]);
        yield return Sum("watchdog_turns_total", "Looks of the watchdog.", [new(Counter.HostWatchdogTurns)]);
    }

    private static Metric Sum(string name, string help, IReadOnlyList<Series> series) => new(Prefix + name, "counter", help, series);

    private static Metric Gauge(string name, string help, IReadOnlyList<Series> series) => new(Prefix + name, "gauge", help, series);

    private static string Stage(string name) => $"stage=\"{Snake(name)}\"";

    private static Series[] Buckets(Counter buys, Counter sells, double scale) =>
        [.. Enumerable.Range(0, 8).SelectMany(i => new[] { new Series(buys + i, $"side=\"buy\",bucket=\"{i}\"", scale), new Series(sells + i, $"side=\"sell\",bucket=\"{i}\"", scale) })];

    /// <summary>OneWord as one_word, as Prometheus writes it.</summary>
    internal static string Snake(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));
}
