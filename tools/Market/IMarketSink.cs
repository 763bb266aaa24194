using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>Hears everything that happens on a market, in order. Used as a struct type parameter, so that a call is direct.</summary>
public interface IMarketSink
{
    /// <summary>A new offer rests in the book.</summary>
    void Added(ulong reference, int ticker, Side side, int shares, int price);

    /// <summary>An offer was replaced by a new one of the same side, which rests in the book.</summary>
    void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price);

    /// <summary>Shares of an offer were cancelled; some are left.</summary>
    void Cancelled(ulong reference, int ticker, int shares);

    /// <summary>What was left of an offer is gone.</summary>
    void Deleted(ulong reference, int ticker);

    /// <summary>Shares of an offer executed; with none left it is gone without a Deleted.</summary>
    void Executed(ulong reference, int ticker, int shares, ulong match);

    /// <summary>A participant's side of the execution that was just reported.</summary>
    void Filled(in MarketFill fill);

    /// <summary>An earlier execution does not count any more; the book does not change.</summary>
    void Broken(in MarketFill fill);
}
