using System.Buffers.Binary;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>The tagged elements at the end of a message: a view over them, every length checked when it was opened.</summary>
/// <remarks>Source: OUCH 5.0, Appendage and TagValue.</remarks>
public readonly ref struct Appendage
{
    internal const int LengthBytes = 2;

    private readonly ReadOnlySpan<byte> _elements;

    private Appendage(ReadOnlySpan<byte> elements) => _elements = elements;

    /// <summary>Whether no element follows.</summary>
    public bool IsEmpty => _elements.IsEmpty;

    /// <summary>The elements as they are on the wire, without the length before them.</summary>
    public ReadOnlySpan<byte> Elements => _elements;

    /// <summary>Opens what follows the last fixed field of a message.</summary>
    /// <returns>
    /// False when the length field is not there or not exact, an element runs over the end or has no tag, or a known tag's value
    /// has another size than the document says. Unknown tags are legal.
    /// </returns>
    public static bool TryOpen(ReadOnlySpan<byte> tail, out Appendage appendage)
    {
        appendage = default;
        if (tail.Length < LengthBytes) return false;
        ReadOnlySpan<byte> elements = tail[LengthBytes..];
        if (BinaryPrimitives.ReadUInt16BigEndian(tail) != elements.Length) return false;
        for (int at = 0; at < elements.Length; at += 1 + elements[at])
        {
            int length = elements[at];
            if (length == 0 || at + 1 + length > elements.Length) return false;
            int expected = AppendageTags.ValueBytes(elements[at + 1]);
            if (expected != 0 && expected != length - 1) return false;
        }

        appendage = new Appendage(elements);
        return true;
    }

    /// <summary>The value of the first element with a tag.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryFind(AppendageTag tag, out ReadOnlySpan<byte> value)
    {
        foreach (AppendageElement element in this)
        {
            if (element.Tag != tag) continue;
            value = element.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Goes through the elements in their order.</summary>
    public Enumerator GetEnumerator() => new(_elements);

    /// <summary>Steps from element to element.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> elements)
        {
            _rest = elements;
            Current = default;
        }

        /// <summary>The element it stands on.</summary>
        public AppendageElement Current { get; private set; }

        /// <summary>Goes on to the next element.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            int length = _rest[0];
            Current = new AppendageElement((AppendageTag)_rest[1], _rest.Slice(2, length - 1));
            _rest = _rest[(1 + length)..];
            return true;
        }
    }
}

/// <summary>One tagged value.</summary>
public readonly ref struct AppendageElement
{
    internal AppendageElement(AppendageTag tag, ReadOnlySpan<byte> value)
    {
        Tag = tag;
        Value = value;
    }

    /// <summary>What it is; may be a number that the document does not assign.</summary>
    public AppendageTag Tag { get; }

    /// <summary>The value's bytes, numbers big-endian.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
