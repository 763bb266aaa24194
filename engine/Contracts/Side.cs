using System.Runtime.CompilerServices;

namespace MarketMaker.Contracts;

/// <summary>The side of an offer or of an order, with the letters both wire protocols use.</summary>
public enum Side : byte
{
    /// <summary>A buyer bids; as an order of ours: we buy.</summary>
    Buy = (byte)'B',

    /// <summary>A seller asks; as an order of ours: we sell.</summary>
    Sell = (byte)'S',
}

/// <summary>Relations between sides.</summary>
public static class Sides
{
    /// <summary>The side that trades with <paramref name="side"/>: a seller's offer is taken by buying.</summary>
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>0 for a buyer, 1 for a seller: their letters differ in the last bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bit(this Side side) => (byte)side & 1;

    /// <summary>The value for a buyer, its negative for a seller; no branch, because the sides of a market's offers are as good as random.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Signed(this Side side, long value) => (value ^ -(long)side.Bit()) + side.Bit();

    /// <summary>Whether the letter is one of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKnown(this Side side)
    {
        const uint Letters = 1u | 1u << (Side.Sell - Side.Buy);
        uint letter = (uint)side - (uint)Side.Buy;
        return letter < 32 && (Letters >> (int)letter & 1) != 0;
    }
}
