using MarketMaker.Contracts;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>Login Accepted (A) and Login Rejected (J). Source: SoupBinTCP, the sections of these names.</summary>
public static class SoupBinLoginAnswer
{
    /// <summary>Payload bytes of Login Accepted.</summary>
    public const int AcceptedPayloadBytes = SessionId.Length + SoupBinField.SequenceBytes;

    /// <summary>Payload bytes of Login Rejected.</summary>
    public const int RejectedPayloadBytes = 1;

    /// <summary>Reject reason: wrong user name or password.</summary>
    public const byte NotAuthorised = (byte)'A';

    /// <summary>Reject reason: the requested session is invalid or not available.</summary>
    public const byte SessionNotAvailable = (byte)'S';

    /// <summary>Reads the payload of Login Accepted: the session and the number of the next Sequenced Data packet.</summary>
    /// <returns>False when the length is wrong, the session blank or the number none.</returns>
    public static bool TryReadAccepted(ReadOnlySpan<byte> payload, out SessionId session, out long nextSequence)
    {
        session = default;
        nextSequence = 0;
        return payload.Length == AcceptedPayloadBytes &&
            SessionId.TryCreate(payload[..SessionId.Length], out session) &&
            SoupBinField.TryReadNumber(payload[SessionId.Length..], out nextSequence);
    }

    /// <summary>Reads the payload of Login Rejected.</summary>
    public static bool TryReadRejected(ReadOnlySpan<byte> payload, out byte reason)
    {
        reason = payload.Length == RejectedPayloadBytes ? payload[0] : (byte)0;
        return payload.Length == RejectedPayloadBytes;
    }

    /// <summary>Appends a Login Accepted packet.</summary>
    /// <returns>False when it does not fit.</returns>
    public static bool TryWriteAccepted(ByteQueue queue, SessionId session, long nextSequence)
    {
        Span<byte> payload = stackalloc byte[AcceptedPayloadBytes];
        SoupBinField.WriteSession(payload, session);
        SoupBinField.WriteNumber(payload[SessionId.Length..], nextSequence);
        return SoupBinFrame.TryWrite(queue, SoupBinPacketType.LoginAccepted, payload);
    }

    /// <summary>Appends a Login Rejected packet.</summary>
    /// <returns>False when it does not fit.</returns>
    public static bool TryWriteRejected(ByteQueue queue, byte reason) =>
        SoupBinFrame.TryWrite(queue, SoupBinPacketType.LoginRejected, [reason]);
}
