namespace MarketMaker.Tests.Golden.MoldUdp64;

/// <summary>Packets of session SESSION001, from the MoldUDP64 1.00 document.</summary>
internal static class GoldenMold
{
    private const string Session = "53 45 53 53 49 4f 4e 30 30 31 |";

    /// <summary>Section "Byte example", as printed: messages 5 "abc" and 6, empty.</summary>
    public static readonly byte[] Data = Hex.Bytes($"{Session} 00 00 00 00 00 00 00 05 | 00 02 | 00 03 61 62 63 | 00 00");

    /// <summary>Section "Downstream packet header": count 0; the number is the next that will be sent.</summary>
    public static readonly byte[] Heartbeat = Hex.Bytes($"{Session} 00 00 00 00 00 00 00 07 | 00 00");

    /// <summary>Section "Downstream packet header": count 0xFFFF.</summary>
    public static readonly byte[] EndOfSession = Hex.Bytes($"{Session} 00 00 00 00 00 00 00 07 | ff ff");

    /// <summary>Section "Request packet": two messages from number 5 on.</summary>
    public static readonly byte[] Request = Hex.Bytes($"{Session} 00 00 00 00 00 00 00 05 | 00 02");

    public static readonly byte[][] All = [Data, Heartbeat, EndOfSession];
}
