using MarketMaker.Contracts;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>What a server's connection has to tell.</summary>
public enum SoupBinServerEvent
{
    /// <summary>Nothing more in the bytes received so far.</summary>
    None,

    /// <summary>
    /// The client asks to log in: read the payload with <see cref="SoupBinLoginRequest.TryRead"/> and answer with
    /// <see cref="SoupBinServerSession.AcceptLogin"/> or <see cref="SoupBinServerSession.RejectLogin"/>.
    /// </summary>
    LoginRequested,

    /// <summary>A higher-level message of the client.</summary>
    Unsequenced,

    /// <summary>The client logs out: close the socket.</summary>
    Logout,

    /// <summary>The bytes are not the protocol's: close the socket.</summary>
    Malformed,
}

/// <summary>
/// A server's side of one SoupBinTCP connection, without any I/O. The caller owns the store of messages and gives each connection
/// the ones it is owed, from <see cref="NextToSend"/> on; a replay and live messages are therefore the same thing.
/// </summary>
/// <param name="nowNs">Monotonic time of the connection.</param>
/// <param name="receiveBytes">Size of <see cref="In"/>.</param>
/// <param name="sendBytes">Size of <see cref="Out"/>.</param>
public sealed class SoupBinServerSession(
    long nowNs, int receiveBytes = 2 * SoupBinFrame.PacketBytesMax, int sendBytes = 4 * SoupBinFrame.PacketBytesMax)
{
    /// <summary>A client that is silent this long is dropped. Source: SoupBinTCP, timers (typical value).</summary>
    public const long SilenceNsDefault = 15_000_000_000;

    /// <summary>A socket without a login request is dropped after this long. Source: SoupBinTCP, timers (typical value).</summary>
    public const long LoginNs = 30_000_000_000;

    private long _lastReceivedNs = nowNs;
    private long _lastSentNs = nowNs;
    private long _silenceNs = LoginNs;
    private bool _broken;

    /// <summary>Bytes received and not yet read; the owner fills it from the socket.</summary>
    public ByteQueue In { get; } = new(receiveBytes);

    /// <summary>Bytes to be sent; the owner flushes it to the socket.</summary>
    public ByteQueue Out { get; } = new(sendBytes);

    /// <summary>Whether the login was accepted and nothing has ended it.</summary>
    public bool IsLoggedIn { get; private set; }

    /// <summary>Number of the next message this client is owed.</summary>
    public long NextToSend { get; private set; }

    /// <summary>Notes that bytes came in.</summary>
    public void Received(long nowNs) => _lastReceivedNs = nowNs;

    /// <summary>Notes that bytes went out.</summary>
    public void Sent(long nowNs) => _lastSentNs = nowNs;

    /// <summary>Reads on until there is something to tell.</summary>
    /// <param name="payload">The message or login request, inside <see cref="In"/>: valid until the next call or fill.</param>
    public SoupBinServerEvent Next(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        while (!_broken)
        {
            FrameStatus status = SoupBinFrame.TryRead(In.Pending, out byte type, out payload, out int consumed);
            if (status == FrameStatus.NeedMore && In.FreeBytes > 0) return SoupBinServerEvent.None;
            if (status != FrameStatus.Frame) return End(SoupBinServerEvent.Malformed);
            In.Take(consumed);
            switch (type)
            {
                case SoupBinPacketType.UnsequencedData when IsLoggedIn: return SoupBinServerEvent.Unsequenced;
                case SoupBinPacketType.ClientHeartbeat or SoupBinPacketType.Debug: continue;
                case SoupBinPacketType.LoginRequest when !IsLoggedIn: return SoupBinServerEvent.LoginRequested;
                case SoupBinPacketType.LogoutRequest: return End(SoupBinServerEvent.Logout);
                default: return End(SoupBinServerEvent.Malformed);
            }
        }

        return SoupBinServerEvent.None;
    }

    /// <summary>The first message a client is owed that asked for <paramref name="requestedSequence"/>.</summary>
    /// <remarks>
    /// 0 begins with the most recent message; a number beyond the next one to be made becomes that one. The document leaves both
    /// open; this is common practice.
    /// </remarks>
    public static long FirstOwed(long requestedSequence, long lastSequence) =>
        requestedSequence == 0 ? Math.Max(1, lastSequence) : Math.Min(requestedSequence, lastSequence + 1);

    /// <summary>Accepts the login: the client is owed every message from <paramref name="nextSequence"/> on.</summary>
    /// <param name="session">The session's name.</param>
    /// <param name="nextSequence">See <see cref="FirstOwed"/>.</param>
    /// <param name="heartbeatTimeoutMs">As the client asked for (4.10); 0 for the usual 15 s.</param>
    public bool AcceptLogin(SessionId session, long nextSequence, int heartbeatTimeoutMs = 0)
    {
        if (!SoupBinLoginAnswer.TryWriteAccepted(Out, session, nextSequence)) return false;
        NextToSend = nextSequence;
        IsLoggedIn = true;
        _silenceNs = heartbeatTimeoutMs > 0 ? heartbeatTimeoutMs * 1_000_000L : SilenceNsDefault;
        return true;
    }

    /// <summary>Refuses the login: flush <see cref="Out"/>, then close the socket.</summary>
    public bool RejectLogin(byte reason)
    {
        _broken = true;
        return SoupBinLoginAnswer.TryWriteRejected(Out, reason);
    }

    /// <summary>Appends the message with number <see cref="NextToSend"/>.</summary>
    /// <returns>False, and nothing moves on, when it does not fit or nobody is logged in.</returns>
    public bool TrySendSequenced(ReadOnlySpan<byte> message)
    {
        if (!IsLoggedIn || !SoupBinFrame.TryWrite(Out, SoupBinPacketType.SequencedData, message)) return false;
        NextToSend++;
        return true;
    }

    /// <summary>Appends a message that does not count (4.00).</summary>
    public bool TrySendUnsequenced(ReadOnlySpan<byte> message) =>
        IsLoggedIn && SoupBinFrame.TryWrite(Out, SoupBinPacketType.UnsequencedData, message);

    /// <summary>Ends the session: flush <see cref="Out"/>, then close the socket.</summary>
    public bool TryEndSession()
    {
        if (!SoupBinFrame.TryWrite(Out, SoupBinPacketType.EndOfSession, default)) return false;
        End(SoupBinServerEvent.None);
        return true;
    }

    /// <summary>Puts a heartbeat into <see cref="Out"/> when one is due.</summary>
    /// <returns>False when the client has been silent for too long, or never logged in: close the socket.</returns>
    public bool KeepAlive(long nowNs)
    {
        if (IsLoggedIn && Out.Count == 0 && nowNs - _lastSentNs >= SoupBinClientSession.HeartbeatNs)
        {
            SoupBinFrame.TryWrite(Out, SoupBinPacketType.ServerHeartbeat, default);
            _lastSentNs = nowNs;
        }

        return nowNs - _lastReceivedNs < _silenceNs;
    }

    private SoupBinServerEvent End(SoupBinServerEvent told)
    {
        IsLoggedIn = false;
        _broken = true;
        return told;
    }
}
