using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketMaker.Decision.Signals;

/// <summary>What <see cref="OfferFlowGuard"/> knows of one ticker: one cache line.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct OfferFlowLine
{
    /// <summary>The last fair price heard of, 1/10,000 dollar; 0 before the first.</summary>
    [FieldOffset(0)] public int FairPrice;

    /// <summary>Mean of how far the offers are off, 1/256 ppm.</summary>
    [FieldOffset(4)] public int FlowScaled;

    /// <summary>2^20 millionths of the fair price, rounded down.</summary>
    [FieldOffset(8)] public long Reciprocal;

    /// <summary>Each side's usual distance: buyers', then sellers'.</summary>
    [FieldOffset(16)] public BothSides Usual;

    /// <summary>When the ticker was last stopped, monotonic ns; 0: never.</summary>
    [FieldOffset(48)] public long StoppedNs;

    /// <summary>When a fresh price was last asked for, microseconds after <see cref="StoppedNs"/>; stays at the highest number.</summary>
    [FieldOffset(56)] public uint AskedAfterUs;

    /// <summary>Offers seen since the last price; stays at the number that is needed.</summary>
    [FieldOffset(60)] public ushort Offers;

    /// <summary>Whether the ticker waits for a price fetched after <see cref="StoppedNs"/>.</summary>
    [FieldOffset(62)] public bool IsStopped;

    /// <summary>Whether a price that was fetched before the stop has led to another wish since the last one.</summary>
    [FieldOffset(63)] public bool IsAskedAnew;
}

/// <summary>One side's usual distance from the fair price.</summary>
internal struct UsualDistance
{
    /// <summary>When it is learned next, monotonic ns.</summary>
    public long DueNs;

    /// <summary>1/256 ppm of the fair price; above it is positive.</summary>
    public int PpmScaled;

    /// <summary>Offers it was learned from; stays at the highest number.</summary>
    public ushort Offers;
}

/// <summary>Two of them side by side.</summary>
[InlineArray(2)]
internal struct BothSides
{
    private UsualDistance _buyers;
}
