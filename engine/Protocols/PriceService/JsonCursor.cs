namespace MarketMaker.Protocols.PriceService;

/// <summary>The parts of a JSON number as they stand in the text (RFC 8259, section 6).</summary>
internal ref struct JsonNumber
{
    public ReadOnlySpan<byte> Integer;
    public ReadOnlySpan<byte> Fraction;
    public bool IsNegative;
    public bool HasFraction;
    public bool HasExponent;
}

/// <summary>Walks over JSON text from left to right. Every step either takes what it names or says that it is not there.</summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Whether nothing but white space is left.</summary>
    public bool IsAtEnd()
    {
        SkipWhiteSpace();
        return _rest.IsEmpty;
    }

    /// <summary>Takes one character of the grammar, with the white space before it.</summary>
    public bool TryTake(byte character)
    {
        SkipWhiteSpace();
        return TryTakeHere(character);
    }

    /// <summary>Takes a string of printable ASCII without escapes: all that keys and tickers need.</summary>
    public bool TryTakePlainString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryTake((byte)'"')) return false;
        int length = _rest.IndexOf((byte)'"');
        if (length < 0) return false;
        ReadOnlySpan<byte> candidate = _rest[..length];
        if (candidate.ContainsAnyExceptInRange((byte)' ', (byte)'~') || candidate.Contains((byte)'\\')) return false;
        value = candidate;
        _rest = _rest[(length + 1)..];
        return true;
    }

    /// <summary>Takes a number that ends where the text ends, or at white space, a comma or the end of the object.</summary>
    public bool TryTakeNumber(out JsonNumber number)
    {
        number = default;
        SkipWhiteSpace();
        number.IsNegative = TryTakeHere((byte)'-');
        number.Integer = TakeDigits();
        if (number.Integer.IsEmpty || number.Integer is [(byte)'0', _, ..]) return false;
        number.HasFraction = TryTakeHere((byte)'.');
        if (number.HasFraction)
        {
            number.Fraction = TakeDigits();
            if (number.Fraction.IsEmpty) return false;
        }

        number.HasExponent = TryTakeHere((byte)'e') || TryTakeHere((byte)'E');
        if (number.HasExponent)
        {
            if (!TryTakeHere((byte)'+')) TryTakeHere((byte)'-');
            if (TakeDigits().IsEmpty) return false;
        }

        return _rest.IsEmpty || ", \t\r\n}"u8.Contains(_rest[0]);
    }

    private bool TryTakeHere(byte character)
    {
        if (_rest.IsEmpty || _rest[0] != character) return false;
        _rest = _rest[1..];
        return true;
    }

    private ReadOnlySpan<byte> TakeDigits()
    {
        int length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0) length = _rest.Length;
        ReadOnlySpan<byte> digits = _rest[..length];
        _rest = _rest[length..];
        return digits;
    }

    private void SkipWhiteSpace() => _rest = _rest.TrimStart(" \t\r\n"u8);
}
