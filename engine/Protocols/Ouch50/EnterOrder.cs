using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Enter Order (O, client to host). Asks the venue to take a new order.</summary>
/// <remarks>Source: OUCH 5.0, Enter Order. 47 bytes without appendage elements.</remarks>
public struct EnterOrder
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'O';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 47;

    private const int FixedBytes = 45;

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

    /// <summary>Capacity letter, see <see cref="OuchCapacity"/>.</summary>
    public byte Capacity;

    /// <summary>Intermarket sweep eligibility: Y or N.</summary>
    public byte Iso;

    /// <summary>Cross type letter, see <see cref="OuchCrossType"/>.</summary>
    public byte CrossType;

    /// <summary>The client's free text.</summary>
    public ClOrdId ClOrdId;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out EnterOrder value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.UserRefNum = reader.U32();
        value.Side = reader.U8();
        value.QuantityShares = reader.U32();
        value.Symbol = reader.Symbol();
        value.Price = reader.U64();
        value.TimeInForce = reader.U8();
        value.Display = reader.U8();
        value.Capacity = reader.U8();
        value.Iso = reader.U8();
        value.CrossType = reader.U8();
        value.ClOrdId = reader.ClOrdId();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.U32(UserRefNum);
        writer.U8(Side);
        writer.U32(QuantityShares);
        writer.Symbol(Symbol);
        writer.U64(Price);
        writer.U8(TimeInForce);
        writer.U8(Display);
        writer.U8(Capacity);
        writer.U8(Iso);
        writer.U8(CrossType);
        writer.ClOrdId(ClOrdId);
        return writer.Total;
    }
}
