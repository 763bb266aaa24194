namespace MarketMaker.Protocols.Ouch50;

/// <summary>Account Query Response (Q, host to client). Names the next usable UserRefNum.</summary>
/// <remarks>Source: OUCH 5.0, Account Query Response. 13 bytes without appendage elements.</remarks>
public struct AccountQueryResponse
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'Q';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 13;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The lowest number the client may use next.</summary>
    public uint NextUserRefNum;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out AccountQueryResponse value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.NextUserRefNum = reader.U32();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(NextUserRefNum);
        return writer.Total;
    }
}
