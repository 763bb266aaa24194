namespace MarketMaker.Protocols.Ouch50;

/// <summary>Restated (R, host to client). The venue refreshed a reserve (R) or changed the display price (P).</summary>
/// <remarks>Source: OUCH 5.0, Restated. 16 bytes without appendage elements.</remarks>
public struct OrderRestated
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'R';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 16;

    private const int FixedBytes = 14;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Reason letter.</summary>
    public byte Reason;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out OrderRestated value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.Reason = reader.U8();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U8(Reason);
        return writer.Total;
    }
}
