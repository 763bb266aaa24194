using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>Login Request (L): who logs in, to which session, and from which message on. A view over the packet's payload.</summary>
/// <remarks>Source: SoupBinTCP 3.00/4.00 and 4.10, Login Request. Offsets here are the document's less the three header bytes.</remarks>
public readonly ref struct SoupBinLoginRequest
{
    /// <summary>Payload bytes up to version 4.00.</summary>
    public const int PayloadBytes = 46;

    /// <summary>Payload bytes from version 4.10 on, which adds the heartbeat timeout.</summary>
    public const int PayloadBytesWithTimeout = 51;

    /// <summary>The longest user name.</summary>
    public const int UsernameBytes = 6;

    /// <summary>The longest password.</summary>
    public const int PasswordBytes = 10;

    private const int PasswordOffset = 6;
    private const int SessionOffset = 16;
    private const int SequenceOffset = 26;
    private const int TimeoutOffset = 46;
    private const int TimeoutBytes = 5;

    private readonly ReadOnlySpan<byte> _payload;

    private SoupBinLoginRequest(ReadOnlySpan<byte> payload, SessionId session, long sequence, int timeoutMs)
    {
        _payload = payload;
        Session = session;
        RequestedSequence = sequence;
        HeartbeatTimeoutMs = timeoutMs;
    }

    /// <summary>User name without padding.</summary>
    public ReadOnlySpan<byte> Username => _payload[..UsernameBytes].Trim((byte)' ');

    /// <summary>Password without padding.</summary>
    public ReadOnlySpan<byte> Password => _payload.Slice(PasswordOffset, PasswordBytes).Trim((byte)' ');

    /// <summary>The session wanted; none means the one that is active now.</summary>
    public SessionId Session { get; }

    /// <summary>Next sequence number wanted; 0 begins with the most recent message.</summary>
    public long RequestedSequence { get; }

    /// <summary>Milliseconds of client silence before the server drops the socket; 0 when the client names none.</summary>
    public int HeartbeatTimeoutMs { get; }

    /// <summary>Whether user name and password are these; both are case-insensitive.</summary>
    public bool Matches(ReadOnlySpan<byte> username, ReadOnlySpan<byte> password) =>
        Ascii.EqualsIgnoreCase(Username, username) && Ascii.EqualsIgnoreCase(Password, password);

    /// <summary>Reads the payload of an L packet.</summary>
    /// <returns>False when its length is neither version's or a number is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out SoupBinLoginRequest request)
    {
        request = default;
        if (payload.Length is not (PayloadBytes or PayloadBytesWithTimeout)) return false;
        ReadOnlySpan<byte> sequenceField = payload.Slice(SequenceOffset, SoupBinField.SequenceBytes);
        if (!SoupBinField.TryReadNumber(sequenceField, out long sequence)) return false;
        long timeoutMs = 0;
        if (payload.Length == PayloadBytesWithTimeout &&
            !SoupBinField.TryReadNumber(payload.Slice(TimeoutOffset, TimeoutBytes), out timeoutMs)) return false;
        // A blank session field leaves the session as none, which is what it means.
        _ = SessionId.TryCreate(payload.Slice(SessionOffset, SessionId.Length), out SessionId session);
        request = new SoupBinLoginRequest(payload, session, sequence, (int)timeoutMs);
        return true;
    }

    /// <summary>Appends a whole L packet.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="username">At most six bytes.</param>
    /// <param name="password">At most ten bytes.</param>
    /// <param name="session">None asks for the active one.</param>
    /// <param name="requestedSequence">Next sequence number wanted.</param>
    /// <param name="heartbeatTimeoutMs">Above 0: the 4.10 form with this timeout, at most 99,999.</param>
    /// <returns>False when it does not fit.</returns>
    public static bool TryWrite(
        ByteQueue queue,
        ReadOnlySpan<byte> username,
        ReadOnlySpan<byte> password,
        SessionId session,
        long requestedSequence,
        int heartbeatTimeoutMs = 0)
    {
        Span<byte> payload = stackalloc byte[PayloadBytesWithTimeout];
        SoupBinField.WriteText(payload[..UsernameBytes], username);
        SoupBinField.WriteText(payload.Slice(PasswordOffset, PasswordBytes), password);
        SoupBinField.WriteSession(payload[SessionOffset..], session);
        SoupBinField.WriteNumber(payload.Slice(SequenceOffset, SoupBinField.SequenceBytes), requestedSequence);
        SoupBinField.WriteNumber(payload.Slice(TimeoutOffset, TimeoutBytes), heartbeatTimeoutMs);
        ReadOnlySpan<byte> written = heartbeatTimeoutMs > 0 ? payload : payload[..PayloadBytes];
        return SoupBinFrame.TryWrite(queue, SoupBinPacketType.LoginRequest, written);
    }
}
