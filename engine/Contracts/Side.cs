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
}
