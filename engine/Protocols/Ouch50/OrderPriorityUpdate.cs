namespace MarketMaker.Protocols.Ouch50;

/// <summary>Order Priority Update (T, host to client). The order has a new place in the queue.</summary>
/// <remarks>Source: OUCH 5.0, Order Priority Update. 30 bytes without appendage elements.</remarks>
public struct OrderPriorityUpdate
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'T';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 30;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public ulong Price;

    /// <summary>Display letter, see <see cref="OuchDisplay"/>.</summary>
    public byte Display;

    /// <summary>The venue's number of the order, day-unique.</summary>
    public ulong OrderReferenceNumber;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out OrderPriorityUpdate value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.UserRefNum = reader.U32();
        value.Price = reader.U64();
        value.Display = reader.U8();
        value.OrderReferenceNumber = reader.U64();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(UserRefNum);
        writer.U64(Price);
        writer.U8(Display);
        writer.U64(OrderReferenceNumber);
        return writer.Total;
    }
}
