namespace MarketMaker.Protocols.Ouch50;

/// <summary>
/// Replace (U, client to host). Puts a new order in the place of a live one; the quantity is the liability of the whole
/// chain.
/// </summary>
/// <remarks>Source: OUCH 5.0, Replace. 40 bytes without appendage elements.</remarks>
public struct ReplaceOrder
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'U';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 40;

    private const int FixedBytes = 38;

    /// <summary>Number of the order that is replaced.</summary>
    public uint OrigUserRefNum;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public ulong Price;

    /// <summary>Time in force, see <see cref="OuchTimeInForce"/>.</summary>
    public byte TimeInForce;

    /// <summary>Display letter, see <see cref="OuchDisplay"/>.</summary>
    public byte Display;

    /// <summary>Intermarket sweep eligibility: Y or N.</summary>
    public byte Iso;

    /// <summary>The client's free text.</summary>
    public ClOrdId ClOrdId;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReplaceOrder value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.OrigUserRefNum = reader.U32();
        value.UserRefNum = reader.U32();
        value.QuantityShares = reader.U32();
        value.Price = reader.U64();
        value.TimeInForce = reader.U8();
        value.Display = reader.U8();
        value.Iso = reader.U8();
        value.ClOrdId = reader.ClOrdId();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.U32(OrigUserRefNum);
        writer.U32(UserRefNum);
        writer.U32(QuantityShares);
        writer.U64(Price);
        writer.U8(TimeInForce);
        writer.U8(Display);
        writer.U8(Iso);
        writer.ClOrdId(ClOrdId);
        return writer.Total;
    }
}
