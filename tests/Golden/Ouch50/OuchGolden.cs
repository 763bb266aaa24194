namespace MarketMaker.Tests.Golden.Ouch50;

/// <summary>
/// Messages written by hand from the tables of OUCH 5.0, field by field in the order of the table; each is named as its section.
/// </summary>
internal static class OuchGolden
{
    // Enter Order: 100 AAPL to buy at 150.25 or better, IOC, hidden, principal; no elements.
    public static readonly byte[] EnterOrder = WireText.Bytes(
        "'O' 00000007 'B' 00000064 'AAPL    ' 000000000016ED24 '3' 'N' 'P' 'N' 'N' 'MM01          ' 0000");

    // Enter Order with two elements: MinQty (3) = 100, PostOnly (12) = N.
    public static readonly byte[] EnterOrderTagged = WireText.Bytes(
        "'O' 00000007 'B' 00000064 'AAPL    ' 000000000016ED24 '3' 'N' 'P' 'N' 'N' 'MM01          ' 0009" +
        "05 03 00000064 02 0C 'N'");

    // Replace.
    public static readonly byte[] ReplaceOrder = WireText.Bytes(
        "'U' 00000007 00000008 000001F4 0000000000002710 '0' 'Y' 'N' 'REPLACED      ' 0000");

    // Cancel: without and with an appendage.
    public static readonly byte[] CancelOrder = WireText.Bytes("'X' 00000007 00000000");
    public static readonly byte[] CancelOrderTagged = WireText.Bytes("'X' 00000007 00000000 0003 02 1C 01");

    // Modify.
    public static readonly byte[] ModifyOrder = WireText.Bytes("'M' 00000007 'E' 00000032");

    // Mass Cancel: every symbol of firm MMKR.
    public static readonly byte[] MassCancel = WireText.Bytes("'C' 0000000A 'MMKR' '        ' 0000");

    // Disable and Enable Order Entry.
    public static readonly byte[] DisableOrderEntry = WireText.Bytes("'D' 0000000B 'MMKR' 0000");
    public static readonly byte[] EnableOrderEntry = WireText.Bytes("'E' 0000000C 'MMKR' 0000");

    // Account Query: without an appendage, and with an empty one.
    public static readonly byte[] AccountQuery = WireText.Bytes("'Q'");
    public static readonly byte[] AccountQueryEmptyAppendage = WireText.Bytes("'Q' 0000");

    // System Event: start of day; 34,200,000,000,000 ns = 09:30:00.
    public static readonly byte[] SystemEvent = WireText.Bytes("'S' 00001F1ACED9F000 'S'");

    // Accepted, live.
    public static readonly byte[] Accepted = WireText.Bytes(
        "'A' 00001F1ACED9F000 00000007 'B' 00000064 'AAPL    ' 000000000016ED24 '3' 'N' 0000000000ABCDEF 'P' 'N' 'N' 'L'" +
        "'MM01          ' 0000");

    // Replaced, dead.
    public static readonly byte[] Replaced = WireText.Bytes(
        "'U' 00001F1ACED9F000 00000007 00000008 'S' 00000190 'MSFT    ' 0000000000002710 '0' 'Y' 0000000000ABCDF0 'P' 'N' 'N' 'D'" +
        "'REPLACED      ' 0000");

    // Canceled: immediate-or-cancel.
    public static readonly byte[] Canceled = WireText.Bytes("'C' 00001F1ACED9F000 00000007 00000028 'I'");

    // AIQ Canceled.
    public static readonly byte[] AiqCanceled = WireText.Bytes(
        "'D' 00001F1ACED9F000 00000007 0000000A 'Q' 00000014 000000000016ED24 'R' 'D'");

    // Executed: 60 shares at 150.20.
    public static readonly byte[] Executed = WireText.Bytes(
        "'E' 00001F1ACED9F000 00000007 0000003C 000000000016EB30 'R' 0000000000000BEB 0000");

    // Broken Trade.
    public static readonly byte[] BrokenTrade = WireText.Bytes(
        "'B' 00001F1ACED9F000 00000007 0000000000000BEB 'E' 'MM01          '");

    // Rejected: 0x11, pegging not allowed.
    public static readonly byte[] Rejected = WireText.Bytes("'J' 00001F1ACED9F000 00000007 0011 'MM01          '");

    // Cancel Pending and Cancel Reject.
    public static readonly byte[] CancelPending = WireText.Bytes("'P' 00001F1ACED9F000 00000007");
    public static readonly byte[] CancelReject = WireText.Bytes("'I' 00001F1ACED9F000 00000007");

    // Order Priority Update.
    public static readonly byte[] OrderPriorityUpdate = WireText.Bytes(
        "'T' 00001F1ACED9F000 00000007 000000000016ED24 'Y' 0000000000ABCDF1");

    // Order Modified.
    public static readonly byte[] OrderModified = WireText.Bytes("'M' 00001F1ACED9F000 00000007 'E' 00000032");

    // Restated, with DisplayQuantity (22).
    public static readonly byte[] OrderRestated = WireText.Bytes("'R' 00001F1ACED9F000 00000007 'R' 0006 05 16 00000064");

    // Mass Cancel Response.
    public static readonly byte[] MassCancelResponse = WireText.Bytes("'X' 00001F1ACED9F000 0000000A 'MMKR' '        ' 0000");

    // Disable and Enable Order Entry Response.
    public static readonly byte[] DisableOrderEntryResponse = WireText.Bytes("'G' 00001F1ACED9F000 0000000B 'MMKR' 0000");
    public static readonly byte[] EnableOrderEntryResponse = WireText.Bytes("'K' 00001F1ACED9F000 0000000C 'MMKR' 0000");

    // Account Query Response.
    public static readonly byte[] AccountQueryResponse = WireText.Bytes("'Q' 00001F1ACED9F000 0000000D");

    // Letters mean different things per direction, so the two are never mixed.
    public static readonly byte[][] Inbound =
    [
        EnterOrder, EnterOrderTagged, ReplaceOrder, CancelOrder, CancelOrderTagged, ModifyOrder, MassCancel, DisableOrderEntry,
        EnableOrderEntry, AccountQuery, AccountQueryEmptyAppendage,
    ];

    public static readonly byte[][] Outbound =
    [
        SystemEvent, Accepted, Replaced, Canceled, AiqCanceled, Executed, BrokenTrade, Rejected, CancelPending, CancelReject,
        OrderPriorityUpdate, OrderModified, OrderRestated, MassCancelResponse, DisableOrderEntryResponse, EnableOrderEntryResponse,
        AccountQueryResponse,
    ];
}
