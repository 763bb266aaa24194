using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH V: the three decline levels of the market-wide circuit breaker.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Level1">First level, in 1/100,000,000 of a point.</param>
/// <param name="Level2">Second level, in the same unit.</param>
/// <param name="Level3">Third level, in the same unit.</param>
public readonly record struct MwcbDeclineLevel(ItchHeader Header, ulong Level1, ulong Level2, ulong Level3)
    : IItchMessage<MwcbDeclineLevel>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.MwcbDeclineLevel;

    /// <inheritdoc/>
    public static int Length => 35;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MwcbDeclineLevel Read(ReadOnlySpan<byte> message)
    {
        message = message[..35];
        return new(ItchHeader.Read(message), message.U64(11), message.U64(19), message.U64(27));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..35];
        Header.Write(Type, message);
        message.Put(11, Level1);
        message.Put(19, Level2);
        message.Put(27, Level3);
    }
}
