using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Prices;

/// <summary>All that Prices knows of one ticker: one cache line, so that stamping an offer touches no second one.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct PriceLine
{
    /// <summary>The moment the price counts as of, monotonic ns. Meaningless while <see cref="Price"/> is 0.</summary>
    [FieldOffset(0)] public long AsOfNs;

    /// <summary>The service's own time of the price, seconds since 1970.</summary>
    [FieldOffset(8)] public long ServiceTimeSeconds;

    /// <summary>When a refresh out of turn was last asked for and not yet answered, monotonic ns; 0: none.</summary>
    [FieldOffset(16)] public long RefreshAskedNs;

    /// <summary>Fair price in 1/10,000 dollar; 0 until the first arrives.</summary>
    [FieldOffset(24)] public int Price;

    /// <summary>Offers so near the edge we ask for that the price's error matters; wraps. The refresh schedule lives on its growth.</summary>
    [FieldOffset(28)] public uint OffersNearThreshold;

    /// <summary>Halted or None, as the venue says.</summary>
    [FieldOffset(32)] public TickerFlags VenueFlags;

    /// <summary>SellOnly, Volatile, Denied or None, as the volatility service says.</summary>
    [FieldOffset(34)] public TickerFlags VerdictFlags;

    /// <summary>Denied or None, as the denylist says.</summary>
    [FieldOffset(36)] public TickerFlags ListFlags;

    /// <summary>Volatility as the volatility service says, 0.01 bp per square root of a second; 0: not known.</summary>
    [FieldOffset(40)] public int SigmaCentiBp;
}
