using MarketMaker.Contracts;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>What a client's connection has to tell.</summary>
public enum SoupBinClientEvent
{
    /// <summary>Nothing more in the bytes received so far.</summary>
    None,

    /// <summary>
    /// The login is good: <see cref="SoupBinClientSession.Session"/> and <see cref="SoupBinClientSession.NextSequence"/> are
    /// set.
    /// </summary>
    LoginAccepted,

    /// <summary>The login is refused: <see cref="SoupBinClientSession.RejectReason"/> says why.</summary>
    LoginRejected,

    /// <summary>A message that counts; its number is <see cref="SoupBinClientSession.Sequence"/>.</summary>
    Sequenced,

    /// <summary>A message that does not count (from 4.00 on).</summary>
    Unsequenced,

    /// <summary>The session is over for good; log in to another one.</summary>
    EndOfSession,

    /// <summary>The bytes are not the protocol's. The connection is of no more use.</summary>
    Malformed,
}

/// <summary>
/// A client's side of one SoupBinTCP connection at a time, without any I/O: bytes in through <see cref="In"/>, bytes out through
/// <see cref="Out"/>, time as an argument. TCP may split and merge packets anywhere. Allocates only when it is made.
/// </summary>
/// <param name="receiveBytes">Size of <see cref="In"/>; at least <see cref="SoupBinFrame.PacketBytesMax"/> lets every packet fit.</param>
/// <param name="sendBytes">Size of <see cref="Out"/>.</param>
/// <param name="silenceNs">After this long without a byte the server counts as dead.</param>
public sealed class SoupBinClientSession(
    int receiveBytes = 2 * SoupBinFrame.PacketBytesMax,
    int sendBytes = SoupBinFrame.PacketBytesMax,
    long silenceNs = SoupBinClientSession.SilenceNsDefault)
{
    /// <summary>A side that sent nothing for a second sends a heartbeat. Source: SoupBinTCP, timers.</summary>
    public const long HeartbeatNs = 1_000_000_000;

    /// <summary>15 s: no value is given by the document; implementations use this one.</summary>
    public const long SilenceNsDefault = 15_000_000_000;

    private long _lastReceivedNs;
    private long _lastSentNs;
    private bool _broken;

    /// <summary>Bytes received and not yet read; the owner fills it from the socket.</summary>
    public ByteQueue In { get; } = new(receiveBytes);

    /// <summary>Bytes to be sent; the owner flushes it to the socket.</summary>
    public ByteQueue Out { get; } = new(sendBytes);

    /// <summary>Whether the login was accepted and the session has not ended.</summary>
    public bool IsLoggedIn { get; private set; }

    /// <summary>The session named by the last Login Accepted.</summary>
    public SessionId Session { get; private set; }

    /// <summary>Number of the last message that counted.</summary>
    public long Sequence => NextSequence - 1;

    /// <summary>Number that the next message that counts will have.</summary>
    public long NextSequence { get; private set; }

    /// <summary>Reason letter of the last Login Rejected.</summary>
    public byte RejectReason { get; private set; }

    /// <summary>Begins anew on a connection just made: old bytes are forgotten and the login is put into <see cref="Out"/>.</summary>
    public void Open(
        ReadOnlySpan<byte> username, ReadOnlySpan<byte> password, SessionId session, long requestedSequence, long nowNs)
    {
        In.Clear();
        Out.Clear();
        IsLoggedIn = false;
        _broken = false;
        _lastReceivedNs = nowNs;
        _lastSentNs = nowNs;
        SoupBinLoginRequest.TryWrite(Out, username, password, session, requestedSequence);
    }

    /// <summary>Notes that bytes came in; any packet counts as a sign of life.</summary>
    public void Received(long nowNs) => _lastReceivedNs = nowNs;

    /// <summary>Notes that bytes went out.</summary>
    public void Sent(long nowNs) => _lastSentNs = nowNs;

    /// <summary>Reads on until there is something to tell.</summary>
    /// <param name="payload">The message, inside <see cref="In"/>: valid until the next call or fill.</param>
    public SoupBinClientEvent Next(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        while (!_broken)
        {
            FrameStatus status = SoupBinFrame.TryRead(In.Pending, out byte type, out payload, out int consumed);
            if (status == FrameStatus.NeedMore && In.FreeBytes > 0) return SoupBinClientEvent.None;
            if (status != FrameStatus.Frame) return OnMalformed();
            In.Take(consumed);
            SoupBinClientEvent told = Handle(type, payload);
            if (told != SoupBinClientEvent.None) return told;
        }

        return SoupBinClientEvent.None;
    }

    /// <summary>Keeps the connection alive: puts a heartbeat into <see cref="Out"/> when one is due.</summary>
    /// <returns>False when the server has been silent for too long: the connection is dead.</returns>
    public bool KeepAlive(long nowNs)
    {
        if (IsLoggedIn && Out.Count == 0 && nowNs - _lastSentNs >= HeartbeatNs)
        {
            SoupBinFrame.TryWrite(Out, SoupBinPacketType.ClientHeartbeat, default);
            _lastSentNs = nowNs;
        }

        return nowNs - _lastReceivedNs < silenceNs;
    }

    /// <summary>Appends one higher-level message.</summary>
    /// <returns>False, and nothing is written, when it does not fit.</returns>
    public bool TrySend(ReadOnlySpan<byte> message) => SoupBinFrame.TryWrite(Out, SoupBinPacketType.UnsequencedData, message);

    /// <summary>Appends a Logout Request; the server then closes the socket without an answer.</summary>
    public bool TryLogout() => SoupBinFrame.TryWrite(Out, SoupBinPacketType.LogoutRequest, default);

    private SoupBinClientEvent Handle(byte type, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case SoupBinPacketType.SequencedData when IsLoggedIn:
                NextSequence++;
                return SoupBinClientEvent.Sequenced;
            case SoupBinPacketType.UnsequencedData when IsLoggedIn:
                return SoupBinClientEvent.Unsequenced;
            case SoupBinPacketType.ServerHeartbeat or SoupBinPacketType.Debug:
                return SoupBinClientEvent.None;
            case SoupBinPacketType.LoginAccepted when !IsLoggedIn:
                return OnLoginAccepted(payload);
            case SoupBinPacketType.LoginRejected when !IsLoggedIn:
                return OnLoginRejected(payload);
            case SoupBinPacketType.EndOfSession:
                IsLoggedIn = false;
                _broken = true;
                return SoupBinClientEvent.EndOfSession;
            default:
                return OnMalformed();
        }
    }

    private SoupBinClientEvent OnLoginAccepted(ReadOnlySpan<byte> payload)
    {
        // Message numbers begin at 1; a number of 0 would make every later one wrong.
        if (!SoupBinLoginAnswer.TryReadAccepted(payload, out SessionId session, out long next) || next < 1) return OnMalformed();
        Session = session;
        NextSequence = next;
        IsLoggedIn = true;
        return SoupBinClientEvent.LoginAccepted;
    }

    private SoupBinClientEvent OnLoginRejected(ReadOnlySpan<byte> payload)
    {
        if (!SoupBinLoginAnswer.TryReadRejected(payload, out byte reason)) return OnMalformed();
        RejectReason = reason;
        _broken = true;
        return SoupBinClientEvent.LoginRejected;
    }

    private SoupBinClientEvent OnMalformed()
    {
        IsLoggedIn = false;
        _broken = true;
        return SoupBinClientEvent.Malformed;
    }
}
