namespace MarketMaker.Protocols.Ouch50;

/// <summary>Order Modified (M, host to client). The order's side or open quantity was changed.</summary>
/// <remarks>Source: OUCH 5.0, Order Modified. 18 bytes without appendage elements.</remarks>
public struct OrderModified
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'M';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 18;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Side letter, see <see cref="OuchSide"/>.</summary>
    public byte Side;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out OrderModified value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.Side = reader.U8();
        value.QuantityShares = reader.U32();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U8(Side);
        writer.U32(QuantityShares);
        return writer.Total;
    }
}
