using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH B: an execution was broken; no effect on the book.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="MatchNumber">The match that never was.</param>
public readonly record struct BrokenTrade(ItchHeader Header, ulong MatchNumber)
    : IItchMessage<BrokenTrade>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.BrokenTrade;

    /// <inheritdoc/>
    public static int Length => 19;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BrokenTrade Read(ReadOnlySpan<byte> message)
    {
        message = message[..19];
        return new(ItchHeader.Read(message), message.U64(11));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..19];
        Header.Write(Type, message);
        message.Put(11, MatchNumber);
    }
}
