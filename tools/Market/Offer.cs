using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>What happens to an offer when its lifetime is over and nobody took it.</summary>
public enum OfferPlan : byte
{
    /// <summary>It is deleted.</summary>
    Delete,

    /// <summary>It is replaced by a new offer of the same side, which is deleted in its turn.</summary>
    Replace,

    /// <summary>About half of it is cancelled; the rest lives another lifetime and is then deleted.</summary>
    CancelPart,
}

/// <summary>One resting offer: half a cache line in a flat array, found by its slot number.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Offer
{
    /// <summary>The venue's reference, unique in the session.</summary>
    public ulong Reference;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public int Price;

    /// <summary>Displayed shares; 0 marks a free slot.</summary>
    public int Shares;

    /// <summary>Next offer that ends in the same interval of <see cref="ExpiryWheel"/>, or next free slot; -1 = none.</summary>
    public int Next;

    /// <summary>Previous offer that ends in the same interval; below 0 it is the head of the interval ~Previous.</summary>
    public int Previous;

    /// <summary>Its place in the book's heap.</summary>
    public int HeapIndex;

    /// <summary>Ticker number, in the order of the venue's directory.</summary>
    public ushort Ticker;

    /// <summary>Whether a buyer or a seller offers.</summary>
    public Side Side;

    /// <summary>How it ends.</summary>
    public OfferPlan Plan;
}
