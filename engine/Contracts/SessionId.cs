using System.Runtime.CompilerServices;
using System.Text;

namespace MarketMaker.Contracts;

/// <summary>A SoupBinTCP session: ten ASCII characters, padded with spaces on the left. All zero bytes means none yet.</summary>
[InlineArray(Length)]
public struct SessionId : IEquatable<SessionId>
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 10;

    private byte _first;

    /// <summary>Takes a session's name with either padding and stores it right-justified.</summary>
    /// <returns>False when it is longer than ten bytes or empty.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> text, out SessionId session)
    {
        session = default;
        text = text.Trim((byte)' ');
        if (text.Length is 0 or > Length) return false;
        Span<byte> bytes = session;
        bytes.Fill((byte)' ');
        text.CopyTo(bytes[(Length - text.Length)..]);
        return true;
    }

    /// <summary>Whether no session is known.</summary>
    public readonly bool IsNone
    {
        get
        {
            ReadOnlySpan<byte> bytes = this;
            return bytes.IndexOfAnyExcept((byte)0) < 0;
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(SessionId other)
    {
        ReadOnlySpan<byte> mine = this;
        ReadOnlySpan<byte> theirs = other;
        return mine.SequenceEqual(theirs);
    }

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SessionId other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(this);
        return hash.ToHashCode();
    }

    /// <summary>The name without padding; empty when there is none. Allocates: for logs and files.</summary>
    public override readonly string ToString() => IsNone ? "" : Encoding.ASCII.GetString(this).Trim(' ');

    /// <summary>Whether two sessions are the same.</summary>
    public static bool operator ==(SessionId left, SessionId right) => left.Equals(right);

    /// <summary>Whether two sessions differ.</summary>
    public static bool operator !=(SessionId left, SessionId right) => !left.Equals(right);
}
