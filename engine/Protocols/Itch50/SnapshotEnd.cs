using System.Buffers.Text;

namespace MarketMaker.Protocols.Itch50;

/// <summary>
/// The message that closes a snapshot of the directory and the trading states: G, then twenty ASCII digits, right-justified and
/// padded with spaces on the left: the feed's sequence number to go on from. It is not part of ITCH itself.
/// </summary>
public static class SnapshotEnd
{
    /// <summary>The letter that opens the message.</summary>
    public const byte Type = (byte)'G';

    /// <summary>Bytes on the wire.</summary>
    public const int Length = 1 + DigitsMax;

    private const int DigitsMax = 20;

    /// <summary>Reads the sequence number; false for any other message, and for a number that is none, zero, or beyond 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ulong nextSequence)
    {
        nextSequence = 0;
        if (message.Length != Length || message[0] != Type) return false;
        ReadOnlySpan<byte> digits = message[1..].TrimStart((byte)' ');
        return Utf8Parser.TryParse(digits, out nextSequence, out int bytes) && bytes == digits.Length && nextSequence > 0;
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="message"/>, which must be long enough.</summary>
    public static void Write(ulong nextSequence, Span<byte> message)
    {
        message = message[..Length];
        message.Fill((byte)' ');
        message[0] = Type;
        int at = message.Length;
        do
        {
            message[--at] = (byte)('0' + nextSequence % 10);
            nextSequence /= 10;
        }
        while (nextSequence != 0);
    }
}
