using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH L: a market participant's status in a stock.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Mpid">The participant.</param>
/// <param name="Stock">The stock.</param>
/// <param name="PrimaryMarketMaker">Y or N.</param>
/// <param name="Mode">N P S R L.</param>
/// <param name="State">A E W S D.</param>
public readonly record struct ParticipantPosition(ItchHeader Header, Alpha4 Mpid, Symbol Stock, byte PrimaryMarketMaker, byte Mode,
    byte State)
    : IItchMessage<ParticipantPosition>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.ParticipantPosition;

    /// <inheritdoc/>
    public static int Length => 26;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ParticipantPosition Read(ReadOnlySpan<byte> message)
    {
        message = message[..26];
        return new(ItchHeader.Read(message), message.Alpha4(11), message.Symbol(15), message[23], message[24], message[25]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..26];
        Header.Write(Type, message);
        message.Put(11, Mpid);
        message.Put(15, Stock);
        message[23] = PrimaryMarketMaker;
        message[24] = Mode;
        message[25] = State;
    }
}
