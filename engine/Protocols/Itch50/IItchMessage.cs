namespace MarketMaker.Protocols.Itch50;

/// <summary>A message as a value: what <see cref="Read"/> takes apart, <see cref="Write"/> puts together again, byte for byte.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IItchMessage<TSelf>
    where TSelf : struct, IItchMessage<TSelf>
{
    /// <summary>The letter that opens the message.</summary>
    static abstract ItchMessageType Type { get; }

    /// <summary>Bytes on the wire.</summary>
    static abstract int Length { get; }

    /// <summary>Takes a message apart. Its type and length must have been checked: see <see cref="ItchCodec.TryRead"/>.</summary>
    /// <param name="message">At least <see cref="Length"/> bytes.</param>
    static abstract TSelf Read(ReadOnlySpan<byte> message);

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="message"/>, which must be long enough.</summary>
    void Write(Span<byte> message);
}
