using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>
/// Mass Cancel (C, client to host). Cancels every order that the filters let through; consumes its number, so the venue
/// ignores every lower one from then on.
/// </summary>
/// <remarks>Source: OUCH 5.0, Mass Cancel. 19 bytes without appendage elements.</remarks>
public struct MassCancel
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'C';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 19;

    private const int FixedBytes = 17;

    /// <summary>The client's number of the order or request.</summary>
    public uint UserRefNum;

    /// <summary>Firm: four capitals, packed big-endian as on the wire.</summary>
    public uint Firm;

    /// <summary>Ticker.</summary>
    public Symbol Symbol;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out MassCancel value, out Appendage appendage)
    {
        value = default;
        if (!OuchReader.TryOpen(message, Type, FixedBytes, AppendageRule.Always, out OuchReader reader, out appendage)) return false;
        value.UserRefNum = reader.U32();
        value.Firm = reader.U32();
        value.Symbol = reader.Symbol();
        return true;
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, FixedBytes, AppendageRule.Always, appendageElements, out OuchWriter writer)) return 0;
        writer.U32(UserRefNum);
        writer.U32(Firm);
        writer.Symbol(Symbol);
        return writer.Total;
    }
}
