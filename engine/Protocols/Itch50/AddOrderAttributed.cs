using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH F: a new displayed order that names its participant: an offer.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">Unique for the day.</param>
/// <param name="Side">B or S.</param>
/// <param name="Shares">Displayed shares.</param>
/// <param name="Stock">The stock.</param>
/// <param name="Price">Price in 1/10,000 dollar.</param>
/// <param name="Attribution">The participant.</param>
public readonly record struct AddOrderAttributed(ItchHeader Header, ulong OrderReference, Side Side, uint Shares, Symbol Stock,
    uint Price, Alpha4 Attribution)
    : IItchMessage<AddOrderAttributed>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.AddOrderAttributed;

    /// <inheritdoc/>
    public static int Length => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AddOrderAttributed Read(ReadOnlySpan<byte> message)
    {
        message = message[..40];
        return new(ItchHeader.Read(message), message.U64(11), (Side)message[19], message.U32(20), message.Symbol(24), message.U32(32),
            message.Alpha4(36));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..40];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message[19] = (byte)Side;
        message.Put(20, Shares);
        message.Put(24, Stock);
        message.Put(32, Price);
        message.Put(36, Attribution);
    }
}
