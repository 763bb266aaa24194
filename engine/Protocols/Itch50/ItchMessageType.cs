namespace MarketMaker.Protocols.Itch50;

/// <summary>The 23 messages of TotalView-ITCH 5.0, by the letter that opens them.</summary>
public enum ItchMessageType : byte
{
    /// <summary>See <see cref="SystemEvent"/>.</summary>
    SystemEvent = (byte)'S',

    /// <summary>See <see cref="StockDirectory"/>.</summary>
    StockDirectory = (byte)'R',

    /// <summary>See <see cref="TradingAction"/>.</summary>
    TradingAction = (byte)'H',

    /// <summary>See <see cref="RegShoRestriction"/>.</summary>
    RegShoRestriction = (byte)'Y',

    /// <summary>See <see cref="ParticipantPosition"/>.</summary>
    ParticipantPosition = (byte)'L',

    /// <summary>See <see cref="MwcbDeclineLevel"/>.</summary>
    MwcbDeclineLevel = (byte)'V',

    /// <summary>See <see cref="MwcbStatus"/>.</summary>
    MwcbStatus = (byte)'W',

    /// <summary>See <see cref="QuotingPeriodUpdate"/>.</summary>
    QuotingPeriodUpdate = (byte)'K',

    /// <summary>See <see cref="LuldCollar"/>.</summary>
    LuldCollar = (byte)'J',

    /// <summary>See <see cref="OperationalHalt"/>.</summary>
    OperationalHalt = (byte)'h',

    /// <summary>See <see cref="AddOrder"/>.</summary>
    AddOrder = (byte)'A',

    /// <summary>See <see cref="AddOrderAttributed"/>.</summary>
    AddOrderAttributed = (byte)'F',

    /// <summary>See <see cref="OrderExecuted"/>.</summary>
    OrderExecuted = (byte)'E',

    /// <summary>See <see cref="OrderExecutedWithPrice"/>.</summary>
    OrderExecutedWithPrice = (byte)'C',

    /// <summary>See <see cref="OrderCancel"/>.</summary>
    OrderCancel = (byte)'X',

    /// <summary>See <see cref="OrderDelete"/>.</summary>
    OrderDelete = (byte)'D',

    /// <summary>See <see cref="OrderReplace"/>.</summary>
    OrderReplace = (byte)'U',

    /// <summary>See <see cref="Trade"/>.</summary>
    Trade = (byte)'P',

    /// <summary>See <see cref="CrossTrade"/>.</summary>
    CrossTrade = (byte)'Q',

    /// <summary>See <see cref="BrokenTrade"/>.</summary>
    BrokenTrade = (byte)'B',

    /// <summary>See <see cref="OrderImbalance"/>.</summary>
    OrderImbalance = (byte)'I',

    /// <summary>See <see cref="RetailInterest"/>.</summary>
    RetailInterest = (byte)'N',

    /// <summary>See <see cref="DirectListing"/>.</summary>
    DirectListing = (byte)'O',
}
