namespace MarketMaker.Protocols.Ouch50;

/// <summary>AIQ Canceled (D, host to client). Shares were taken off the order because they would have traded with ourselves.</summary>
/// <remarks>Source: OUCH 5.0, AIQ Canceled. 32 bytes without appendage elements.</remarks>
public struct AiqCanceled
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'D';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 32;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Shares taken off the order.</summary>
    public uint DecrementShares;

    /// <summary>Reason letter.</summary>
    public byte Reason;

    /// <summary>Shares that would have traded with ourselves.</summary>
    public uint QuantityPreventedShares;

    /// <summary>Price at which they would have traded, in 1/10,000 dollar.</summary>
    public ulong ExecutionPrice;

    /// <summary>Liquidity flag letter; unknown letters are legal.</summary>
    public byte Liquidity;

    /// <summary>Self-match strategy letter.</summary>
    public byte AiqStrategy;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out AiqCanceled value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.DecrementShares = reader.U32();
        value.Reason = reader.U8();
        value.QuantityPreventedShares = reader.U32();
        value.ExecutionPrice = reader.U64();
        value.Liquidity = reader.U8();
        value.AiqStrategy = reader.U8();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U32(DecrementShares);
        writer.U8(Reason);
        writer.U32(QuantityPreventedShares);
        writer.U64(ExecutionPrice);
        writer.U8(Liquidity);
        writer.U8(AiqStrategy);
        return writer.Total;
    }
}
