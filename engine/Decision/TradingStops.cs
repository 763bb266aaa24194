namespace MarketMaker.Decision;

/// <summary>What the kill switch and the bounds of the journal leave to Decision: read once a batch, an input like any other.</summary>
[Flags]
public enum TradingStops : byte
{
    /// <summary>Everything may be traded.</summary>
    None = 0,

    /// <summary>No order may be sent.</summary>
    Sends = 1,

    /// <summary>Nothing may be bought, or sold short: only what we hold may be sold.</summary>
    Buys = 2,
}
