using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Side letters.</summary>
public static class OuchSide
{
    /// <summary>Buy.</summary>
    public const byte Buy = (byte)'B';

    /// <summary>Sell.</summary>
    public const byte Sell = (byte)'S';

    /// <summary>Sell short.</summary>
    public const byte SellShort = (byte)'T';

    /// <summary>Sell short, exempt.</summary>
    public const byte SellShortExempt = (byte)'E';

    /// <summary>The letter an order goes out with.</summary>
    public static byte Of(in ExecuteEvent execute) => execute.IsShortSale ? SellShort : (byte)execute.OrderSide;
}
