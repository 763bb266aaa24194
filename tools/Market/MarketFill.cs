using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>An immediate-or-cancel order as matching sees it.</summary>
/// <param name="Participant">Who sends: competitors are 0 to N - 1, accounts of engines follow.</param>
/// <param name="Number">The sender's own number of the order, handed back with each fill.</param>
/// <param name="Tag">The sender's own text of the order, opaque here, handed back with each fill.</param>
/// <param name="Ticker">Ticker number.</param>
/// <param name="Side">What the order does: a Buy takes sellers' offers.</param>
/// <param name="LimitPrice">Worst acceptable price in 1/10,000 dollar.</param>
/// <param name="Quantity">In shares.</param>
public readonly record struct MarketOrder(
    int Participant, uint Number, UInt128 Tag, int Ticker, Side Side, int LimitPrice, int Quantity);

/// <summary>One execution, from the taker's point of view.</summary>
/// <param name="Match">The venue's match number, unique in the session.</param>
/// <param name="Order">The order that executed.</param>
/// <param name="Price">Execution price: the resting offer's, in 1/10,000 dollar.</param>
/// <param name="Quantity">Executed shares.</param>
/// <param name="Sequence">Place in the taker's own record (SoupBinTCP sequence number); 0 unless the sink sets it.</param>
public readonly record struct MarketFill(ulong Match, MarketOrder Order, int Price, int Quantity, long Sequence);
