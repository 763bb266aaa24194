using MarketMaker.Contracts;
using Microsoft.Extensions.Logging;

namespace MarketMaker.Host;

/// <summary>The sentences of the engine's log: one for each message a pinned thread can send.</summary>
internal static class LogText
{
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
            LogMessage.BlockImported => (LogLevel.Information, $"journal: block {a} imported, {b} ids left"),
            LogMessage.IdsRunLow => (LogLevel.Warning, $"journal: {a} ids left: lease a block with mm-shipper lease"),
            LogMessage.IdsExhausted => (LogLevel.Critical, $"journal: only the reserve of {a} ids is left, nothing more is sent: lease a block with mm-shipper lease, then start again"),
            LogMessage.JournalNearlyFull => (LogLevel.Critical, $"journal: {a} of {b} bytes are used, nothing more is sent: raise [journal] map-mib, then start again"),
            LogMessage.ShippedMarkRefused => (LogLevel.Error, "journal: the file shipped.* beside the journal names no record of it, nothing is purged: was it copied from elsewhere? mm-shipper writes it anew"),
            _ => (LogLevel.Warning, $"message {line.Message}: {a} {b} {text}"),
        };
    }
}
