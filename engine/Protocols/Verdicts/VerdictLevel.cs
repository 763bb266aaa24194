namespace MarketMaker.Protocols.Verdicts;

/// <summary>What may be done in a ticker.</summary>
public enum VerdictLevel : byte
{
    /// <summary>Free to trade.</summary>
    Calm = 0,

    /// <summary>Only sales.</summary>
    Volatile = 1,

    /// <summary>Nothing until tomorrow.</summary>
    Denied = 2,
}
