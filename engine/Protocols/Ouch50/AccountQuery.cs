namespace MarketMaker.Protocols.Ouch50;

/// <summary>Account Query (Q, client to host). Asks for the next usable UserRefNum.</summary>
/// <remarks>Source: OUCH 5.0, Account Query. 1 bytes without appendage elements.</remarks>
public struct AccountQuery
{
    /// <summary>Type letter.</summary>
    public const byte Type = (byte)'Q';

    /// <summary>Bytes without appendage elements.</summary>
    public const int Length = 1;

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when its type, its length or its appendage is not this message's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out AccountQuery value, out Appendage appendage)
    {
        value = default;
        return OuchReader.TryOpen(message, Type, Length, AppendageRule.Optional, out _, out appendage);
    }

    /// <summary>Writes the message to the start of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written; 0 when they do not fit.</returns>
    public readonly int Write(Span<byte> destination, ReadOnlySpan<byte> appendageElements = default)
    {
        if (!OuchWriter.TryOpen(destination, Type, Length, AppendageRule.Optional, appendageElements, out OuchWriter writer)) return 0;
        return writer.Total;
    }
}
