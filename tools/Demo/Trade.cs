namespace MarketMaker.Demo;

/// <summary>One transaction as each of the three witnesses tells it. Price in 1/10,000 dollar, quantity in shares.</summary>
/// <param name="Session">The venue's order session.</param>
/// <param name="Match">The venue's match number.</param>
/// <param name="Kind">EXECUTION, or BREAK for one that was undone later.</param>
/// <param name="Ticker">The asset.</param>
/// <param name="Side">BUY or SELL, as our order was.</param>
/// <param name="Price">Per share.</param>
/// <param name="Quantity">Shares.</param>
internal readonly record struct Trade(string Session, ulong Match, string Kind, string Ticker, string Side, long Price, long Quantity);
