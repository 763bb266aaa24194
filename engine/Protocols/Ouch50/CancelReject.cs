namespace MarketMaker.Protocols.Ouch50;

/// <summary>Cancel Reject (I, host to client). A partial cancel in the late period of a cross is refused.</summary>
/// <remarks>Source: OUCH 5.0, Cancel Reject. 13 bytes without appendage elements.</remarks>
public struct CancelReject
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'I';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 13;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out CancelReject value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        return writer.Total;
    }
}
