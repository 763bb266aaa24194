using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>What a journal knows of one session of the venue.</summary>
/// <param name="Session">The session.</param>
/// <param name="BookedThrough">Its last sequence number that is booked or passed over.</param>
/// <param name="ReplayFrom">Where a restart would log in; not above <paramref name="BookedThrough"/> while an order was open.</param>
/// <param name="TradingDate">Year * 10,000 + month * 100 + day; 0 when not known.</param>
/// <param name="AfterId">Its records have greater ids than this; 0 also when that is not known.</param>
public readonly record struct SessionProgress(SessionId Session, long BookedThrough, long ReplayFrom, int TradingDate, long AfterId);
