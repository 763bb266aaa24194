using System.Runtime.CompilerServices;
using System.Text;

namespace MarketMaker.Contracts;

/// <summary>A short remark as records carry it: up to 64 printable ASCII characters, padded with zero bytes.</summary>
[InlineArray(CharactersMax)]
public struct RecordNote
{
    /// <summary>Characters a note may have.</summary>
    public const int CharactersMax = 64;

    private byte _first;

    /// <summary>Takes a text.</summary>
    /// <returns>False when it is too long or has other characters than printable ASCII.</returns>
    public static bool TryParse(string text, out RecordNote note)
    {
        note = default;
        if (text.Length > CharactersMax || text.Any(character => character is < ' ' or > '~')) return false;
        Encoding.ASCII.GetBytes(text, note);
        return true;
    }

    /// <summary>The text. Allocates: for tools.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        return Encoding.ASCII.GetString(bytes.TrimEnd((byte)0));
    }
}
