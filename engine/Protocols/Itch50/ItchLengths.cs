namespace MarketMaker.Protocols.Itch50;

/// <summary>The length of every message, from the document's table "Lengths".</summary>
public static class ItchLengths
{
    /// <summary>The longest message: I, the order imbalance.</summary>
    public const int Max = 50;

    // Indexed by the message's letter; a row holds sixteen letters, from 0x00 up.
    private static ReadOnlySpan<byte> ByLetter =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 36, 19, 36, 19, 31, 40, 0, 25, 50, 35, 28, 26, 0, 20, 48,
        44, 40, 39, 12, 0, 35, 35, 12, 23, 20, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 21, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Bytes of a message that opens with <paramref name="letter"/>; 0 when there is no such message.</summary>
    public static int Of(byte letter) => letter < 128 ? ByLetter[letter] : 0;

    /// <summary>Whether a message has a known letter and exactly the length that belongs to it.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> message) => !message.IsEmpty && message.Length == Of(message[0]);
}
