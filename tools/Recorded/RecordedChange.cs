using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>What a recorded message does to the books.</summary>
public enum RecordedKind : byte
{
    /// <summary>An order rests in the book from now on.</summary>
    Added,

    /// <summary>Some of an order's shares were withdrawn.</summary>
    Cancelled,

    /// <summary>Some of an order's shares were taken by somebody.</summary>
    Executed,

    /// <summary>What was left of an order was withdrawn.</summary>
    Deleted,

    /// <summary>The ticker does not trade from now on.</summary>
    Halted,

    /// <summary>The ticker trades again.</summary>
    Resumed,

    /// <summary>Decoded, and no matter of the displayed books: directory, hidden trades, crosses and the like.</summary>
    Other,
}

/// <summary>One change of a recorded day.</summary>
/// <param name="TimeNs">Since midnight of the exchange's time zone.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Ticker">Index of the ticker; -1 when it concerns none.</param>
/// <param name="Side">Of an added order.</param>
/// <param name="Reference">The order's reference.</param>
/// <param name="Price">Of an added order, 1/10,000 dollar.</param>
/// <param name="Shares">Shares added, cancelled or executed.</param>
public readonly record struct RecordedChange(
    long TimeNs, RecordedKind Kind, int Ticker, Side Side = Side.Buy, ulong Reference = 0, int Price = 0, int Shares = 0);
