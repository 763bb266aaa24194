using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH S: a phase of the market's day begins or ends.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="EventCode">
/// Starts of messages O, of system hours S and of market hours Q; ends of market hours M, of system hours E and of messages C.
/// </param>
public readonly record struct SystemEvent(ItchHeader Header, byte EventCode)
    : IItchMessage<SystemEvent>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.SystemEvent;

    /// <inheritdoc/>
    public static int Length => 12;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SystemEvent Read(ReadOnlySpan<byte> message)
    {
        message = message[..12];
        return new(ItchHeader.Read(message), message[11]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..12];
        Header.Write(Type, message);
        message[11] = EventCode;
    }
}
