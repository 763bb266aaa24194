namespace MarketMaker.Protocols.Ouch50;

/// <summary>System Event (S, host to client). The venue's day starts or ends.</summary>
/// <remarks>Source: OUCH 5.0, System Event. 10 bytes without appendage elements.</remarks>
public struct SystemEvent
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'S';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 10;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>S: start of day, E: end of day.</summary>
    public byte EventCode;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out SystemEvent value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Never, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.EventCode = reader.U8();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Never, default, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U8(EventCode);
        return writer.Total;
    }
}
