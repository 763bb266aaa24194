using MarketMaker.Contracts;

namespace MarketMaker.Execution;

/// <summary>Where the journal says the order session stood; Execution takes up from here.</summary>
/// <param name="Session">The last session; none in a new journal.</param>
/// <param name="BookedThrough">Last sequence number of it that is booked.</param>
/// <param name="ReplayFrom">Sequence number to log in at: the Accepted of the oldest unfinished order, else the next one.</param>
/// <param name="WasKilled">
/// Whether the last run did not end in order: it may have sent orders that the journal knows nothing of, whose outcome is in this session.
/// </param>
/// <param name="TradingDate">The session's date as year * 10,000 + month * 100 + day; 0 when none.</param>
public sealed record ExecutionRecovery(SessionId Session, long BookedThrough, long ReplayFrom, bool WasKilled = false, int TradingDate = 0)
{
    /// <summary>A new journal.</summary>
    public static ExecutionRecovery None { get; } = new(default, 0, 1);
}

/// <summary>An execution that is booked already, so that a broken trade can name it.</summary>
/// <param name="MatchNumber">The venue's number of it.</param>
/// <param name="UserRefNum">The order's number.</param>
/// <param name="Price">In 1/10,000 dollar.</param>
/// <param name="QuantityShares">Shares.</param>
/// <param name="TickerIndex">Index in the universe.</param>
/// <param name="OrderSide">What the order did.</param>
public readonly record struct RecoveredExecution(
    ulong MatchNumber, uint UserRefNum, int Price, int QuantityShares, ushort TickerIndex, Side OrderSide);
