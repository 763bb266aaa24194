namespace MarketMaker.Protocols.Ouch50;

/// <summary>Canceled (C, host to client). Shares were taken off the order: incremental, so the order need not be dead.</summary>
/// <remarks>Source: OUCH 5.0, Canceled. 18 bytes without appendage elements.</remarks>
public struct Canceled
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'C';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 18;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Reason letter.</summary>
    public byte Reason;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out Canceled value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.QuantityShares = reader.U32();
        value.Reason = reader.U8();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U32(QuantityShares);
        writer.U8(Reason);
        return writer.Total;
    }
}
