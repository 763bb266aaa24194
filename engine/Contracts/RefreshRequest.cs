using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>One slot of the rings <c>refreshes</c> and <c>priorities</c>: Prices, or with more haste Decision, asks the price client for a ticker out of turn.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public struct RefreshRequest
{
    /// <summary>When it was asked, monotonic ns.</summary>
    [FieldOffset(0)] public long AskedNs;

    /// <summary>Index in the <see cref="Universe"/>.</summary>
    [FieldOffset(8)] public ushort TickerIndex;
}
