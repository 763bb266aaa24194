namespace MarketMaker.Protocols.Ouch50;

/// <summary>Cancel (X, client to host). Reduces an order to the intended total size; 0 cancels all that is open.</summary>
/// <remarks>Source: OUCH 5.0, Cancel. 9 bytes without appendage elements.</remarks>
public struct CancelOrder
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'X';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 9;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out CancelOrder value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.UserRefNum = reader.U32();
        value.QuantityShares = reader.U32();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.U32(UserRefNum);
        writer.U32(QuantityShares);
        return writer.Total;
    }
}
