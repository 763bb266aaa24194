using MarketMaker.Contracts;

namespace MarketMaker.Protocols.SoupBinTcp;

/// <summary>The padded text fields. Numbers are sent right-justified; either side is accepted, since implementations disagree.</summary>
internal static class SoupBinField
{
    public const int SequenceBytes = 20;

    /// <summary>Reads an unsigned decimal with spaces before or after it.</summary>
    /// <returns>False when it is blank, holds anything but digits, or is beyond 63 bits.</returns>
    public static bool TryReadNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = field.Trim((byte)' ');
        if (digits.IsEmpty) return false;
        foreach (byte character in digits)
        {
            int digit = character - '0';
            if (digit is < 0 or > 9 || value > (long.MaxValue - digit) / 10) return false;
            value = value * 10 + digit;
        }

        return true;
    }

    public static void WriteNumber(Span<byte> field, long value)
    {
        field.Fill((byte)' ');
        int at = field.Length;
        do
        {
            field[--at] = (byte)('0' + value % 10);
            value /= 10;
        }
        while (value > 0 && at > 0);
    }

    /// <summary>Left-justified text; what does not fit is cut off.</summary>
    public static void WriteText(Span<byte> field, ReadOnlySpan<byte> text)
    {
        field.Fill((byte)' ');
        text[..Math.Min(text.Length, field.Length)].CopyTo(field);
    }

    public static void WriteSession(Span<byte> field, SessionId session)
    {
        if (session.IsNone) field[..SessionId.Length].Fill((byte)' ');
        else ((ReadOnlySpan<byte>)session).CopyTo(field);
    }
}
