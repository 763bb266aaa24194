using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH A: a new displayed order without attribution: an offer.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">Unique for the day.</param>
/// <param name="Side">B or S.</param>
/// <param name="Shares">Displayed shares.</param>
/// <param name="Stock">The stock.</param>
/// <param name="Price">Price in 1/10,000 dollar.</param>
public readonly record struct AddOrder(ItchHeader Header, ulong OrderReference, Side Side, uint Shares, Symbol Stock, uint Price)
    : IItchMessage<AddOrder>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.AddOrder;

    /// <inheritdoc/>
    public static int Length => 36;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AddOrder Read(ReadOnlySpan<byte> message)
    {
        message = message[..36];
        return new(ItchHeader.Read(message), message.U64(11), (Side)message[19], message.U32(20), message.Symbol(24), message.U32(32));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..36];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message[19] = (byte)Side;
        message.Put(20, Shares);
        message.Put(24, Stock);
        message.Put(32, Price);
    }
}
