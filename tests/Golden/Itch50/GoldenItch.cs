using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Tests.Golden.Itch50;

/// <summary>
/// One message of every type, written by hand from the tables of the ITCH 5.0 document, section "Messages"; bars part the fields.
/// All share one header (section "Common header"): locate 0x0123, tracking 0x4567, time 34,200,000,000,001 ns, which is 09:30:00 and 1 ns.
/// </summary>
internal static class GoldenItch
{
    /// <summary>Type letter to the bytes behind it: the rest of the header, then the fields.</summary>
    private const string Header = "0123 | 4567 | 1F1ACED9F001 |";

    public static readonly ItchHeader HeaderValue = new(0x0123, 0x4567, 34_200_000_000_001);

    // "AAPL    ", "MPID" and "ZVZZT   " in ASCII.
    private const string Aapl = "4141504C20202020";
    private const string Zvzzt = "5A565A5A54202020";

    public static readonly byte[] SystemEvent = Message('S', "51");
    public static readonly byte[] StockDirectory = Message(
        'R', $"{Aapl} | 51 | 4E | 00000064 | 59 | 43 | 5A20 | 50 | 4E | 20 | 31 | 59 | 00000003 | 4E");
    public static readonly byte[] TradingAction = Message('H', $"{Aapl} | 48 | 20 | 54312020");
    public static readonly byte[] RegShoRestriction = Message('Y', $"{Aapl} | 31");
    public static readonly byte[] ParticipantPosition = Message('L', $"4D504944 | {Zvzzt} | 59 | 4E | 41");
    public static readonly byte[] MwcbDeclineLevel = Message('V', "0000006400000001 | 0000005000000002 | 0000003C00000003");
    public static readonly byte[] MwcbStatus = Message('W', "32");
    public static readonly byte[] QuotingPeriodUpdate = Message('K', $"{Zvzzt} | 00008598 | 41 | 000186A1");
    public static readonly byte[] LuldCollar = Message('J', $"{Aapl} | 000F4240 | 00100590 | 000E7EF0 | 00000002");
    public static readonly byte[] OperationalHalt = Message('h', $"{Aapl} | 42 | 48");
    public static readonly byte[] AddOrder = Message('A', $"1122334455667788 | 42 | 0000012C | {Aapl} | 0018A4E4");
    public static readonly byte[] AddOrderAttributed = Message('F', $"1122334455667789 | 53 | 00000001 | {Zvzzt} | 77359400 | 4E534451");
    public static readonly byte[] OrderExecuted = Message('E', "1122334455667788 | 00000064 | 00000000000F1206");
    public static readonly byte[] OrderExecutedWithPrice = Message('C', "1122334455667788 | 00000065 | 00000000000F1207 | 4E | 0018A4E5");
    public static readonly byte[] OrderCancel = Message('X', "1122334455667788 | 00000032");
    public static readonly byte[] OrderDelete = Message('D', "1122334455667788");
    public static readonly byte[] OrderReplace = Message('U', "1122334455667788 | 1122334455667799 | 000000C8 | 0018A4E6");
    public static readonly byte[] Trade = Message('P', $"0000000000000000 | 42 | 00000007 | {Aapl} | 0018A4E7 | 00000000000F1208");
    public static readonly byte[] CrossTrade = Message('Q', $"000000010000000A | {Aapl} | 0018A4E8 | 00000000000F1209 | 4F");
    public static readonly byte[] BrokenTrade = Message('B', "00000000000F120A");
    public static readonly byte[] OrderImbalance = Message(
        'I', $"0000000100000001 | 0000000200000002 | 53 | {Aapl} | 0018A4E9 | 0018A4EA | 0018A4EB | 43 | 4C");
    public static readonly byte[] RetailInterest = Message('N', $"{Aapl} | 41");
    public static readonly byte[] DirectListing = Message(
        'O', $"{Zvzzt} | 59 | 000186A0 | 00030D40 | 000249F0 | 00001F1ACED9F002 | 000186A1 | 00030D3F");

    public static readonly byte[][] All =
    [
        SystemEvent, StockDirectory, TradingAction, RegShoRestriction, ParticipantPosition, MwcbDeclineLevel, MwcbStatus,
        QuotingPeriodUpdate, LuldCollar, OperationalHalt, AddOrder, AddOrderAttributed, OrderExecuted, OrderExecutedWithPrice,
        OrderCancel, OrderDelete, OrderReplace, Trade, CrossTrade, BrokenTrade, OrderImbalance, RetailInterest, DirectListing,
    ];

    private static byte[] Message(char letter, string fields) => [(byte)letter, .. Hex.Bytes(Header), .. Hex.Bytes(fields)];
}
