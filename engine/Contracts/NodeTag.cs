using System.Runtime.CompilerServices;
using System.Text;

namespace MarketMaker.Contracts;

/// <summary>A node's name as records carry it: 1 to 13 upper-case letters and digits, padded with zero bytes.</summary>
/// <remarks>Thirteen, so that the name fits into the ClOrdID of an OUCH order.</remarks>
[InlineArray(JournalRecord.NodeLength)]
public struct NodeTag
{
    /// <summary>Characters a name may have.</summary>
    public const int CharactersMax = 13;

    private byte _first;

    /// <summary>Takes a name.</summary>
    /// <returns>False when it is empty, too long, or has other characters than A-Z and 0-9.</returns>
    public static bool TryParse(string? text, out NodeTag tag)
    {
        tag = default;
        if (text is null || text.Length is 0 or > CharactersMax) return false;
        foreach (char character in text)
        {
            if (!char.IsAsciiDigit(character) && !char.IsAsciiLetterUpper(character)) return false;
        }

        Encoding.ASCII.GetBytes(text, tag);
        return true;
    }

    /// <summary>The name. Allocates: for logs and files.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        return Encoding.ASCII.GetString(bytes.TrimEnd((byte)0));
    }
}
