namespace MarketMaker.Contracts;

/// <summary>What stops a ticker from being traded, as Prices stamps it on every offer. Zero means free to trade.</summary>
[Flags]
public enum TickerFlags : ushort
{
    /// <summary>Free to trade, once it has a price.</summary>
    None = 0,

    /// <summary>No fair price was ever received.</summary>
    NoPrice = 1,

    /// <summary>The venue halted, paused or quotes it only (ITCH H), or a market centre halted it (ITCH h).</summary>
    Halted = 2,

    /// <summary>The venue is not within market hours (ITCH S: not between Q and M).</summary>
    MarketClosed = 4,

    /// <summary>Only sales are allowed: volatile, or the verdicts have gone silent.</summary>
    SellOnly = 8,

    /// <summary>Nothing is traded until tomorrow.</summary>
    Denied = 16,

    /// <summary>Its price moves far more than usual: a fresher price is asked for and a narrower collar holds. Comes with SellOnly.</summary>
    Volatile = 32,
}
