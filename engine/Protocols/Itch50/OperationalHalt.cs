using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH h: one market centre halts or resumes a stock for reasons of its own.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="MarketCode">Q B X: which market centre.</param>
/// <param name="Action">H halted, T resumed.</param>
public readonly record struct OperationalHalt(ItchHeader Header, Symbol Stock, byte MarketCode, byte Action)
    : IItchMessage<OperationalHalt>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OperationalHalt;

    /// <inheritdoc/>
    public static int Length => 21;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OperationalHalt Read(ReadOnlySpan<byte> message)
    {
        message = message[..21];
        return new(ItchHeader.Read(message), message.Symbol(11), message[19], message[20]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..21];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message[19] = MarketCode;
        message[20] = Action;
    }
}
