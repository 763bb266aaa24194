using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Replaced (U, host to client). The new order stands in the place of the old one.</summary>
/// <remarks>Source: OUCH 5.0, Replaced. 68 bytes without appendage elements.</remarks>
public struct Replaced
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'U';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 68;

    private const int FixedBytes = 66;

    /// <summary>Venue time, ns since midnight US Eastern.</summary>
    public long TimestampNs;

    /// <summary>Number of the order that is replaced.</summary>
    public uint OrigUserRefNum;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Side letter, see <see cref="OuchSide"/>.</summary>
    public byte Side;

    /// <summary>Shares.</summary>
    public uint QuantityShares;

    /// <summary>Ticker.</summary>
    public Symbol Symbol;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public ulong Price;

    /// <summary>Time in force, see <see cref="OuchTimeInForce"/>.</summary>
    public byte TimeInForce;

    /// <summary>Display letter, see <see cref="OuchDisplay"/>.</summary>
    public byte Display;

    /// <summary>The venue's number of the order, day-unique.</summary>
    public ulong OrderReferenceNumber;

    /// <summary>Capacity letter, see <see cref="OuchCapacity"/>.</summary>
    public byte Capacity;

    /// <summary>Intermarket sweep eligibility: Y or N.</summary>
    public byte Iso;

    /// <summary>Cross type letter, see <see cref="OuchCrossType"/>.</summary>
    public byte CrossType;

    /// <summary>Live or dead, see <see cref="OuchOrderState"/>.</summary>
    public byte OrderState;

    /// <summary>The client's free text.</summary>
    public ClOrdId ClOrdId;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out Replaced value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.TimestampNs = reader.Time();
        value.OrigUserRefNum = reader.U32();
        value.UserRefNum = reader.U32();
        value.Side = reader.U8();
        value.QuantityShares = reader.U32();
        value.Symbol = reader.Symbol();
        value.Price = reader.U64();
        value.TimeInForce = reader.U8();
        value.Display = reader.U8();
        value.OrderReferenceNumber = reader.U64();
        value.Capacity = reader.U8();
        value.Iso = reader.U8();
        value.CrossType = reader.U8();
        value.OrderState = reader.U8();
        value.ClOrdId = reader.ClOrdId();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.Time(TimestampNs);
        writer.U32(OrigUserRefNum);
        writer.U32(UserRefNum);
        writer.U8(Side);
        writer.U32(QuantityShares);
        writer.Symbol(Symbol);
        writer.U64(Price);
        writer.U8(TimeInForce);
        writer.U8(Display);
        writer.U64(OrderReferenceNumber);
        writer.U8(Capacity);
        writer.U8(Iso);
        writer.U8(CrossType);
        writer.U8(OrderState);
        writer.ClOrdId(ClOrdId);
        return writer.Total;
    }
}
