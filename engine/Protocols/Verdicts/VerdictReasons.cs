namespace MarketMaker.Protocols.Verdicts;

/// <summary>Why a ticker is not calm; several may hold at once.</summary>
[Flags]
public enum VerdictReasons : byte
{
    /// <summary>It is calm.</summary>
    None = 0,

    /// <summary>Its volatility has risen far above its own usual one, or above the limit for all.</summary>
    Rise = 1,

    /// <summary>Its price has jumped.</summary>
    Jump = 2,

    /// <summary>It is far from the price the day opened with.</summary>
    DayMove = 4,

    /// <summary>The service has no fresh price of it, so it knows nothing.</summary>
    NoData = 8,
}
