using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>What a slot of the <c>prices</c> ring holds.</summary>
public enum PriceEventKind : byte
{
    /// <summary>A fair price arrived and passed every check of the price client.</summary>
    Price = 1,

    /// <summary>The clock moved on: comes every 10 ms, so that time reaches the stages when no offer does.</summary>
    Tick = 2,

    /// <summary>A verdict on one ticker: <see cref="PriceEvent.Flags"/> holds any of SellOnly, Volatile and Denied, or None.</summary>
    Verdict = 3,

    /// <summary>A verdict on every ticker, such as SellOnly after three seconds of silence.</summary>
    VerdictForAll = 4,

    /// <summary>The denylist names a ticker, or no longer does: <see cref="PriceEvent.Flags"/> holds Denied or None.</summary>
    Denylist = 5,

    /// <summary>A day begins at the venue: <see cref="PriceEvent.TradingDate"/> says which.</summary>
    NewDay = 6,
}

/// <summary>One slot of the <c>prices</c> ring: one cache line; several producers, read by Prices and then by Decision.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct PriceEvent
{
    /// <summary>
    /// The moment the price counts as of, monotonic ns: when its request was sent, less the whole seconds by which the
    /// service's time trailed our wall clock beyond one.
    /// </summary>
    [FieldOffset(0)] public long AsOfNs;

    /// <summary>When the event was made, monotonic ns. This is the time a Tick carries.</summary>
    [FieldOffset(8)] public long NowNs;

    /// <summary>The service's own time of the price, seconds since 1970.</summary>
    [FieldOffset(16)] public long ServiceTimeSeconds;

    /// <summary>Fair price in 1/10,000 dollar.</summary>
    [FieldOffset(24)] public int Price;

    /// <summary>Index in the <see cref="Universe"/>.</summary>
    [FieldOffset(28)] public ushort TickerIndex;

    /// <summary>The verdict's flags.</summary>
    [FieldOffset(30)] public TickerFlags Flags;

    /// <summary>Of a Verdict, the ticker's volatility in 0.01 bp per square root of a second; 0: not known.</summary>
    [FieldOffset(36)] public int SigmaCentiBp;

    /// <summary>Of a Verdict, the price the day opened with, in 1/10,000 dollar; 0: not known.</summary>
    [FieldOffset(40)] public int OpenPrice;

    /// <summary>What this slot holds.</summary>
    [FieldOffset(32)] public PriceEventKind Kind;

    /// <summary>Of a NewDay, its date: year * 10,000 + month * 100 + day. Kept where the price is, so that whoever keeps the one keeps the other.</summary>
    public int TradingDate
    {
        readonly get => Price;
        set => Price = value;
    }
}
