using System.Buffers.Binary;
using System.Text;

namespace MarketMaker.Contracts;

/// <summary>A ticker's name as both wire protocols carry it: eight ASCII bytes, left-justified, padded with spaces.</summary>
/// <remarks>Held as one big-endian number, so that numeric order is alphabetical order.</remarks>
public readonly record struct Symbol(ulong Packed) : IComparable<Symbol>
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 8;

    /// <summary>Reads the eight wire bytes at the start of <paramref name="wire"/>, which must be at least that long.</summary>
    public static Symbol Read(ReadOnlySpan<byte> wire) => new(BinaryPrimitives.ReadUInt64BigEndian(wire));

    /// <summary>Writes the eight wire bytes to the start of <paramref name="wire"/>.</summary>
    public void Write(Span<byte> wire) => BinaryPrimitives.WriteUInt64BigEndian(wire, Packed);

    /// <summary>Accepts 1 to 8 printable ASCII characters without spaces; anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Symbol symbol)
    {
        symbol = default;
        if (text.Length is 0 or > Length) return false;
        ulong packed = 0;
        for (int i = 0; i < Length; i++)
        {
            byte character = i < text.Length ? text[i] : (byte)' ';
            if (i < text.Length && character is <= (byte)' ' or > (byte)'~') return false;
            packed = packed << 8 | character;
        }

        symbol = new Symbol(packed);
        return true;
    }

    /// <summary>Parses a name known to be valid, for configuration and tests.</summary>
    /// <exception cref="FormatException">The name is not 1 to 8 printable ASCII characters.</exception>
    public static Symbol Parse(string text) =>
        Encoding.ASCII.GetByteCount(text) == text.Length && TryParse(Encoding.ASCII.GetBytes(text), out Symbol symbol)
            ? symbol
            : throw new FormatException($"'{text}' is not a ticker: 1 to 8 printable ASCII characters.");

    /// <inheritdoc/>
    public int CompareTo(Symbol other) => Packed.CompareTo(other.Packed);

    /// <summary>The name without its padding. Allocates: for logs, files and tests.</summary>
    public override string ToString()
    {
        Span<byte> wire = stackalloc byte[Length];
        Write(wire);
        return Encoding.ASCII.GetString(wire).TrimEnd(' ');
    }
}
