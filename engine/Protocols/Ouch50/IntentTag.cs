using System.Text;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>
/// The ClOrdID of an order whose intent is durable: the node's name, and behind it the intent's number as eight digits to the base 36. So
/// the order of an intent can be found at a venue that replays nothing.
/// </summary>
public sealed class IntentTag
{
    /// <summary>Characters a node's name may have where intents are durable.</summary>
    public const int NodeCharactersMax = ClOrdId.Length - Digits;

    /// <summary>The highest number that fits: 36 to the 8th, less one. Ten thousand orders a second reach it in nine years.</summary>
    public const long NumberMax = 2_821_109_907_455;

    private const int Digits = 8;
    private const int Base = 36;

    private readonly byte[] _node;

    /// <summary>Keeps the node's name: 1 to 13 of A-Z and 0-9.</summary>
    public IntentTag(string node) => _node = Encoding.ASCII.GetBytes(node);

    /// <summary>Writes the number behind the node's name, which is in the ClOrdID already.</summary>
    public void Write(Span<byte> clOrdId, long number)
    {
        Span<byte> digits = clOrdId.Slice(_node.Length, Digits);
        for (int i = Digits - 1; i >= 0; i--, number /= Base)
        {
            int digit = (int)(number % Base);
            digits[i] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }
    }

    /// <summary>The number in a ClOrdID; 0 when it has none, or is another node's.</summary>
    public long Read(ReadOnlySpan<byte> clOrdId)
    {
        if (_node.Length > NodeCharactersMax || !clOrdId.StartsWith(_node)) return 0;
        ReadOnlySpan<byte> digits = clOrdId.Slice(_node.Length, Digits);
        if (clOrdId[(_node.Length + Digits)..].ContainsAnyExcept((byte)' ')) return 0;
        long number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit) && !char.IsAsciiLetterUpper((char)digit)) return 0;
            number = number * Base + (digit <= '9' ? digit - '0' : digit - 'A' + 10);
        }

        return number;
    }
}
