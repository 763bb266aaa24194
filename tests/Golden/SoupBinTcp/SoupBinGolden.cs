namespace MarketMaker.Tests.Golden.SoupBinTcp;

/// <summary>Packets written by hand from the tables of SoupBinTCP 3.00, 4.00 and 4.10; the section is named beside each.</summary>
internal static class SoupBinGolden
{
    // Byte example: USER / PASS, current session, from message 1 (3.00/4.00).
    public static readonly byte[] LoginRequest = WireText.Bytes(
        "00 2f 4c 55 53 45 52 20 20 50 41 53 53 20 20 20 20 20 20" +
        "20 20 20 20 20 20 20 20 20 20" +
        "20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 31");

    // Login Request, 4.10: 52 bytes after the length, heartbeat timeout of 2,500 ms at offset 49.
    public static readonly byte[] LoginRequest410 = WireText.Bytes(
        "0034 4C 'trader' 'secret1234' '    DAY001' '                 917' ' 2500'");

    // Login Request with every field left-justified, as some implementations send it.
    public static readonly byte[] LoginRequestLeft = WireText.Bytes(
        "002F 4C 'trader' 'secret1234' 'DAY001    ' '917                 '");

    // Login Accepted: 31 bytes after the length, session right-justified, sequence with leading spaces.
    public static readonly byte[] LoginAccepted = WireText.Bytes("001F 41 '    DAY001' '                 918'");

    // The same, left-justified.
    public static readonly byte[] LoginAcceptedLeft = WireText.Bytes("001F 41 'DAY001    ' '918                 '");

    // Login Rejected: A = not authorised.
    public static readonly byte[] LoginRejected = WireText.Bytes("0002 4A 'A'");

    // Sequenced Data, Unsequenced Data: one higher-level message.
    public static readonly byte[] SequencedData = WireText.Bytes("0006 53 'hello'");
    public static readonly byte[] UnsequencedData = WireText.Bytes("0006 55 'order'");

    // Debug: free text.
    public static readonly byte[] Debug = WireText.Bytes("0005 2B 'note'");

    // Packets without payload.
    public static readonly byte[] ServerHeartbeat = WireText.Bytes("0001 48");
    public static readonly byte[] EndOfSession = WireText.Bytes("0001 5A");
    public static readonly byte[] ClientHeartbeat = WireText.Bytes("0001 52");
    public static readonly byte[] LogoutRequest = WireText.Bytes("0001 4F");

    public static readonly byte[][] All =
    [
        LoginRequest, LoginRequest410, LoginRequestLeft, LoginAccepted, LoginAcceptedLeft, LoginRejected, SequencedData,
        UnsequencedData, Debug, ServerHeartbeat, EndOfSession, ClientHeartbeat, LogoutRequest,
    ];
}
