using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Venue.Orders;

/// <summary>The market as the order port sees it.</summary>
public interface IOrderTarget
{
    /// <summary>Finds a ticker by its name.</summary>
    bool TryFindTicker(Symbol symbol, out int ticker);

    /// <summary>Whether orders in a ticker are taken now: market hours, not halted.</summary>
    bool IsTrading(int ticker);

    /// <summary>Whether the next accepted order is dead on arrival.</summary>
    bool DrawDeadOnArrival();

    /// <summary>Matches an order that arrives now; fills are reported to the account before this returns.</summary>
    /// <returns>Shares executed.</returns>
    int Enter(in MarketOrder order);
}
