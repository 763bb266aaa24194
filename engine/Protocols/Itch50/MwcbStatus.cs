using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH W: a level of the market-wide circuit breaker was breached.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="BreachedLevel">1 2 or 3.</param>
public readonly record struct MwcbStatus(ItchHeader Header, byte BreachedLevel)
    : IItchMessage<MwcbStatus>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.MwcbStatus;

    /// <inheritdoc/>
    public static int Length => 12;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MwcbStatus Read(ReadOnlySpan<byte> message)
    {
        message = message[..12];
        return new(ItchHeader.Read(message), message[11]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..12];
        Header.Write(Type, message);
        message[11] = BreachedLevel;
    }
}
