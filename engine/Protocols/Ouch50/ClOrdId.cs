using System.Runtime.CompilerServices;
using System.Text;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>ClOrdID: 14 ASCII letters, digits and spaces, left-justified. The venue checks no uniqueness.</summary>
[InlineArray(Length)]
public struct ClOrdId : IEquatable<ClOrdId>
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 14;

    private byte _first;

    /// <summary>All spaces.</summary>
    public static ClOrdId Blank
    {
        get
        {
            ClOrdId blank = default;
            ((Span<byte>)blank).Fill((byte)' ');
            return blank;
        }
    }

    /// <summary>Takes a text of at most 14 letters, digits and spaces.</summary>
    /// <returns>False when it is longer or holds anything else.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> text, out ClOrdId value)
    {
        value = Blank;
        if (text.Length > Length) return false;
        foreach (byte character in text)
            if (character != (byte)' ' && !char.IsAsciiLetterOrDigit((char)character)) return false;
        text.CopyTo(value);
        return true;
    }

    /// <summary>Copies the 14 wire bytes at the start of <paramref name="wire"/>, whatever they are.</summary>
    public static ClOrdId Read(ReadOnlySpan<byte> wire)
    {
        ClOrdId value = default;
        wire[..Length].CopyTo(value);
        return value;
    }

    /// <summary>Writes the 14 wire bytes to the start of <paramref name="wire"/>.</summary>
    public readonly void Write(Span<byte> wire) => ((ReadOnlySpan<byte>)this).CopyTo(wire);

    /// <inheritdoc/>
    public readonly bool Equals(ClOrdId other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ClOrdId other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(this);
        return hash.ToHashCode();
    }

    /// <summary>The text without padding. Allocates: for logs and tests.</summary>
    public override readonly string ToString() => Encoding.ASCII.GetString(this).TrimEnd(' ');

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(ClOrdId left, ClOrdId right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(ClOrdId left, ClOrdId right) => !left.Equals(right);
}
