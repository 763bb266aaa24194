using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>One ticker in the counter file: one cache line. Decision writes its half when asked, the watching thread the other.</summary>
/// <remarks>For people and monitoring: the fields of a row need not be of the same instant. Amounts in 1/10,000 dollar.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct TickerRow
{
    /// <summary>The ticker's name.</summary>
    [FieldOffset(0)] public Symbol Symbol;

    /// <summary>Shares we hold, negative when short. Decision's.</summary>
    [FieldOffset(8)] public long PositionShares;

    /// <summary>Capital it uses: stock at the fair price, open buys, what is kept for shorts. Decision's.</summary>
    [FieldOffset(16)] public long Used;

    /// <summary>Shares reserved for open sales. Decision's.</summary>
    [FieldOffset(24)] public int ReservedShares;

    /// <summary>Orders between their execute and their last response. Decision's.</summary>
    [FieldOffset(28)] public int OrdersInFlight;

    /// <summary>The moment its price counts as of, monotonic ns; 0: there is none. The watching thread's.</summary>
    [FieldOffset(32)] public long PriceAsOfNs;

    /// <summary>Fair price; 0: there is none. The watching thread's.</summary>
    [FieldOffset(40)] public int FairPrice;

    /// <summary>What stops it from being traded, but for the market's hours and what holds for all. The watching thread's.</summary>
    [FieldOffset(44)] public TickerFlags Flags;
}
