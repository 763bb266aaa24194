using System.Globalization;
using MarketMaker.Contracts;
using Microsoft.Extensions.Logging;

namespace MarketMaker.Host;

/// <summary>The sentences of the engine's log: one for each message a pinned thread can send.</summary>
internal static class LogText
{
    private const string JournalRemedy = "stop, raise [journal] map-mib, start again; or let mm-shipper ship, so that old records are purged";

    /// <summary>Level and sentence of a record.</summary>
    public static (LogLevel Level, string Text) Of(in LogEvent line)
    {
        // Shorter texts end in zero bytes, which a log file must not have.
        string text = line.Text.ToString().Trim('\0', ' ');
        (long a, long b) = (line.A, line.B);
        return line.Message switch
        {
            LogMessage.FeedGapOpened => (LogLevel.Warning, $"feed: gap, messages {a} to {b - 1} are missing"),
            LogMessage.FeedGapClosed => (LogLevel.Information, $"feed: gap closed, {a} messages recovered"),
            LogMessage.FeedGapGivenUp => (LogLevel.Error, $"feed: gap given up, {a} messages are lost"),
            LogMessage.FeedRefusing => (LogLevel.Error, "feed: a gap has been open too long; every offer is refused until it closes"),
            LogMessage.FeedWrongSession => (LogLevel.Warning, $"feed: packets of another session arrive; they are dropped"),
            LogMessage.FeedFarFuture => (LogLevel.Warning, $"feed: packets far ahead of message {b} are dropped until their successors come, {a} so far"),
            LogMessage.FeedSessionEnded => (LogLevel.Information, $"feed: the venue ended the session after {a} messages"),
            LogMessage.MarketOpened => (LogLevel.Information, "feed: the market is open"),
            LogMessage.MarketClosed => (LogLevel.Information, "feed: the market is closed"),
            LogMessage.PriceServiceDown => (LogLevel.Error, $"prices: the price service is unreachable (errno {a}), attempt {b}"),
            LogMessage.PriceServiceUp => (LogLevel.Information, "prices: the price service answers"),
            LogMessage.PriceBudgetSmall => (LogLevel.Warning, $"prices: {a} requests/s are too few for [prices] price-age-cap-s; prices may grow {b} s old: raise requests-per-second, or the cap"),
            LogMessage.LoggedIn => (LogLevel.Information, $"execution: logged in to session {text}, next message {a}"),
            LogMessage.LoginRefused => (LogLevel.Critical, $"execution: the venue refused the login (reason {text}): correct [execution] username and password-file, then start again"),
            LogMessage.SessionGone => (LogLevel.Critical, $"execution: session {text} is gone with {a} orders open; the engine stays halted: stop it and book them from the venue's end-of-day record with 'mm-ledger resolve --config FILE --venue-record FILE'"),
            LogMessage.ConnectionLost => (LogLevel.Warning, $"execution: connection lost (errno {a}), {b} orders of unknown outcome"),
            LogMessage.Fenced => (LogLevel.Information, $"execution: fence answered, {a} orders never arrived; orders may be sent"),
            LogMessage.Contradiction => (LogLevel.Error, $"execution: message {b} contradicts order {a}"),
            LogMessage.VenueEndedSession => (LogLevel.Information, "execution: the venue ended the session"),
            LogMessage.ReplayRefused => (LogLevel.Critical, $"execution: asked for a replay from {a}, the venue gave {b}; the engine stays halted"),
            LogMessage.OrderWithoutTicker => (LogLevel.Critical, $"execution: order {a} of an earlier run is unfinished (message {b}) and /all does not name its ticker; nothing is booked past it and the engine stays halted: have the price service name the ticker, then start again"),
            LogMessage.TradeNotBooked => (LogLevel.Critical, $"execution: message {b} tells of a trade of order {a} that cannot be booked; trading is halted and the message kept in quarantine: compare with the venue's record ('mm-ledger resolve --config FILE --venue-record FILE')"),
            LogMessage.OrderRejected => (LogLevel.Warning, $"execution: order {a} rejected, reason 0x{b:X}"),
            LogMessage.TradingDateIsOver => (LogLevel.Critical, $"execution: session {text} is new, and [session] trading-date dates it {a}, a day that an earlier session had; today is {b}; the engine stays halted: write trading-date = today, then start again"),
            LogMessage.DayLossStopsBuying => (LogLevel.Critical, $"decision: the day has lost {Lost(a, b)}, nothing is bought until it is less ([decision] day-loss-stop-buying-ppm)"),
            LogMessage.DayLossRelieved => (LogLevel.Warning, $"decision: the day has lost {Lost(a, b)}, buys go on"),
            LogMessage.DayLossHalts => (LogLevel.Critical, $"decision: the day has lost {Lost(a, b)}, all trading is over for good ([decision] day-loss-halt-ppm): find out why, then stop, run 'marketmaker resume --cause day-loss' and start; if money was taken out, delete [decision] state-file before the next start"),
            LogMessage.LossesInARow => (LogLevel.Warning, $"decision: every order of late was lost; half the sends for a while (for the {a}. time)"),
            LogMessage.WinsHealthy => (LogLevel.Information, $"decision: {a} % of {b} orders won"),
            LogMessage.WinsTooWide => (LogLevel.Information, $"decision: {a} % of {b} orders won, the richer the fewer: others fight for those"),
            LogMessage.WinsTooSlow => (LogLevel.Error, $"decision: {a} % of {b} orders won, rich or poor: we are late, look at the hop times"),
            LogMessage.WinsOurDelay => (LogLevel.Error, $"decision: orders are lost when ours take longer than {a} ns from the decision to the send: look at this host first"),
            LogMessage.CaptureBroken => (LogLevel.Error, $"capture: its ring was full, it ends after {a} offers ({b} bytes): raise [rings] captures, or give [threads] capture a core"),
            LogMessage.CaptureLimited => (LogLevel.Warning, $"capture: it has reached [capture] limit-mib and ends after {a} offers ({b} bytes)"),
            LogMessage.CaptureFailed => (LogLevel.Error, $"capture: its file cannot be written any further after {b} bytes; trading goes on: make room, or name another [capture] path at the next start"),
            LogMessage.IntentOpen => (LogLevel.Warning, $"journal: an earlier run meant to send an order of {b} {text} (intent {a}); the venue's replay tells what became of it"),
            LogMessage.IntentsOpen => (LogLevel.Warning, $"journal: {a} intents of earlier runs are open in all"),
            LogMessage.SessionBegun => (LogLevel.Information, $"journal: session {text} has the trading date {a}"),
            LogMessage.BlockImported => (LogLevel.Information, $"journal: block {a} imported, {b} ids left"),
            LogMessage.AgentStuck => (LogLevel.Critical, $"watchdog: {text} has not moved for {a} ms (limit {b} ms); nothing is sent until 'marketmaker resume --config FILE --cause watchdog'"),
            LogMessage.AgentMoves => (LogLevel.Warning, $"watchdog: {text} moves again after {a} ms; trading stays halted until a person resumes it"),
            LogMessage.AlarmRaised => (Severity(a), $"alarm {Alarms.All[(int)a].Id} raised: {Alarms.All[(int)a].Meaning} (deploy/RUNBOOK.md)"),
            LogMessage.AlarmCleared => (LogLevel.Information, $"alarm {Alarms.All[(int)a].Id} cleared after {b} ms"),
            LogMessage.IdsRunLow => (LogLevel.Warning, $"journal: {a} ids left: lease a block with mm-shipper lease"),
            LogMessage.ShippedMarkRefused => (LogLevel.Error, "journal: the file shipped.* beside the journal names no record of it, nothing is purged: was it copied from elsewhere? mm-shipper writes it anew"),
            LogMessage.IdsStopBuying => (LogLevel.Critical, $"journal: {a} ids left, nothing more is bought until a lease comes: start mm-shipper, or lease a block with mm-shipper lease"),
            LogMessage.IdsExhausted => (LogLevel.Critical, $"journal: {a} ids left, all kept for answers in flight, nothing is sent until a lease comes: start mm-shipper, or lease a block with mm-shipper lease"),
            LogMessage.IdsPlenty => (LogLevel.Information, $"journal: {a} ids left, buys and sends go on"),
            LogMessage.LeaseIgnored => (LogLevel.Error, $"journal: the file of lease {a} is damaged, for another journal, or before the block in use: delete it and take a new one with mm-shipper lease"),
            LogMessage.MapAlarm => (LogLevel.Warning, $"journal: {Share(a, b)} of the map are used: {JournalRemedy}"),
            LogMessage.MapStopsBuying => (LogLevel.Critical, $"journal: {Share(a, b)} of the map are used, nothing more is bought: {JournalRemedy}"),
            LogMessage.JournalNearlyFull => (LogLevel.Critical, $"journal: {Share(a, b)} of the map are used, the rest is for answers in flight, nothing is sent: {JournalRemedy}"),
            LogMessage.MapRelieved => (LogLevel.Information, $"journal: {Share(a, b)} of the map are used, buys and sends go on"),
            LogMessage.DiskAlarm => (LogLevel.Warning, $"journal: {Share(a, b)} of its disk are used: free some space"),
            LogMessage.DiskStopsBuying => (LogLevel.Critical, $"journal: {Share(a, b)} of its disk are used, nothing more is bought: free some space"),
            LogMessage.DiskExhausted => (LogLevel.Critical, $"journal: {Share(a, b)} of its disk are used, what is reserved is for answers in flight, nothing is sent: free some space"),
            LogMessage.DiskRelieved => (LogLevel.Information, $"journal: {Share(a, b)} of its disk are used, buys and sends go on"),
            LogMessage.DiskNotReservable => (LogLevel.Warning, "journal: its file system takes no blocks ahead (fallocate), so another program may fill the disk before the answers in flight are booked: use ext4 or xfs"),
            LogMessage.ReaderPinned => (LogLevel.Error, $"journal: process {a} has held an old snapshot for {b} ms, every commit makes the file grow: let it go on, or stop it"),
            LogMessage.ReaderReleased => (LogLevel.Information, $"journal: process {a} has let its snapshot go after {b} ms"),
            LogMessage.DeadReadersCleared => (LogLevel.Information, $"journal: {a} readers had died with a snapshot"),
            LogMessage.AlertsTrusted => (LogLevel.Information, $"alerts: verdicts are complete, {a} tickers are only sold, {b} denied"),
            LogMessage.AlertsSilent => (LogLevel.Critical, $"alerts: nothing heard from the volatility service for {a} ms, every ticker is only sold: start mm-volatility, or correct [verdicts] address, source and interface"),
            LogMessage.AlertsGap => (LogLevel.Error, $"alerts: a gap in the verdicts did not heal ({a} messages lost so far), every ticker is only sold until the next whole snapshot"),
            LogMessage.AlertsSession => (LogLevel.Warning, $"alerts: session {text} of the volatility service, every ticker is only sold until its first whole snapshot"),
            LogMessage.AlertsEnded => (LogLevel.Critical, "alerts: the volatility service has ended, every ticker is only sold: start mm-volatility"),
            LogMessage.AlertsOutdated => (LogLevel.Critical, $"alerts: the verdicts are no longer valid ({a} messages came outdated so far), every ticker is only sold: compare the clocks and trading dates of both hosts"),
            LogMessage.AlertsOldSession => (LogLevel.Error, $"alerts: packets of an earlier session arrive ({a} so far) and are dropped: stop the second mm-volatility on this address"),
            LogMessage.DenylistApplied => (LogLevel.Information, $"alerts: the denylist names {a} tickers"),
            _ => (LogLevel.Warning, $"message {line.Message}: {a} {b} {text}"),
        };
    }

    private static LogLevel Severity(long alarm) => Alarms.All[(int)alarm].Severity == AlarmSeverity.Critical ? LogLevel.Critical : LogLevel.Warning;

    private static string Lost(long ppm, long capital) => string.Create(CultureInfo.InvariantCulture, $"{ppm / 10_000.0:F2} % of {capital / (double)Money.UnitsPerDollar:F0} dollars");

    private static string Share(long used, long total) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * used / Math.Max(1, total):F1} % ({used} of {total} bytes)");
}
