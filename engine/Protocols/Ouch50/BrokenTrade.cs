namespace MarketMaker.Protocols.Ouch50;

/// <summary>Broken Trade (B, host to client). An earlier execution is undone.</summary>
/// <remarks>Source: OUCH 5.0, Broken Trade. 36 bytes without appendage elements.</remarks>
public struct BrokenTrade
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'B';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 36;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>The venue's number of the execution.</summary>
    public ulong MatchNumber;

    /// <summary>Reason letter.</summary>
    public byte Reason;

    /// <summary>The client's free text.</summary>
    public ClOrdId ClOrdId;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out BrokenTrade value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.MatchNumber = reader.U64();
        value.Reason = reader.U8();
        value.ClOrdId = reader.ClOrdId();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U64(MatchNumber);
        writer.U8(Reason);
        writer.ClOrdId(ClOrdId);
        return writer.Total;
    }
}
