namespace MarketMaker.Protocols.Ouch50;

/// <summary>Executed (E, host to client). Some shares of the order traded: incremental.</summary>
/// <remarks>Source: OUCH 5.0, Executed. 36 bytes without appendage elements.</remarks>
public struct Executed
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'E';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 36;

    private const int FixedBytes = 34;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public ulong Price;

    /// <summary>Liquidity flag letter; unknown letters are legal.</summary>
    public byte Liquidity;

    /// <summary>The venue's number of the execution.</summary>
    public ulong MatchNumber;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out Executed value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.QuantityShares = reader.U32();
        value.Price = reader.U64();
        value.Liquidity = reader.U8();
        value.MatchNumber = reader.U64();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U32(QuantityShares);
        writer.U64(Price);
        writer.U8(Liquidity);
        writer.U64(MatchNumber);
        return writer.Total;
    }
}
