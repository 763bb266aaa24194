using System.Runtime.InteropServices;

namespace MarketMaker.Decision;

/// <summary>What Decision knows of one ticker: one cache line, owned by its thread alone. Amounts in 1/10,000 dollar.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct TickerState
{
    /// <summary>Shares we hold, those reserved for open sales included; negative when short.</summary>
    [FieldOffset(0)] public long PositionShares;

    /// <summary>Shares reserved for open sales.</summary>
    [FieldOffset(8)] public long ReservedShares;

    /// <summary>Cash reserved for open buys, at their limit prices.</summary>
    [FieldOffset(16)] public long ReservedCash;

    /// <summary>Cash kept to buy back what is sold short or may be: shares beyond our own, at the last fair price.</summary>
    [FieldOffset(32)] public long ShortCash;

    /// <summary>The last fair price, for the value of the stock; 0 before the first.</summary>
    [FieldOffset(24)] public int FairPrice;

    /// <summary>Orders between their execute and their last response.</summary>
    [FieldOffset(28)] public int OrdersInFlight;

    /// <summary>Shares that a new sale may take.</summary>
    public readonly long FreeShares => PositionShares - ReservedShares;
}
