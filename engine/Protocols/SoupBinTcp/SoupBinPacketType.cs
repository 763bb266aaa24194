namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>The packet type letters. Source: SoupBinTCP 3.00 to 4.10, packet types.</summary>
public static class SoupBinPacketType
{
    /// <summary>Free text, both ways; ignored.</summary>
    public const byte Debug = (byte)'+';

    /// <summary>Server: session and next sequence number.</summary>
    public const byte LoginAccepted = (byte)'A';

    /// <summary>Server: reason letter; the socket closes next.</summary>
    public const byte LoginRejected = (byte)'J';

    /// <summary>Server: one higher-level message that counts.</summary>
    public const byte SequencedData = (byte)'S';

    /// <summary>Client, and server from 4.00 on: one higher-level message that does not count.</summary>
    public const byte UnsequencedData = (byte)'U';

    /// <summary>Server: nothing else was sent for a second.</summary>
    public const byte ServerHeartbeat = (byte)'H';

    /// <summary>Server: no more messages in this session.</summary>
    public const byte EndOfSession = (byte)'Z';

    /// <summary>Client: the first packet on a connection.</summary>
    public const byte LoginRequest = (byte)'L';

    /// <summary>Client: nothing else was sent for a second.</summary>
    public const byte ClientHeartbeat = (byte)'R';

    /// <summary>Client: the server closes the socket at once.</summary>
    public const byte LogoutRequest = (byte)'O';
}
