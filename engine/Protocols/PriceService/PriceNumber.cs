using MarketMaker.Contracts;

namespace MarketMaker.Protocols.PriceService;

/// <summary>A decimal number in text to 1/10,000 dollar, digit by digit: no floating point on the way.</summary>
internal static class PriceNumber
{
    private const int Decimals = 4;

    public static PriceBodyError Read(ref JsonCursor cursor, out int price)
    {
        price = 0;
        if (!cursor.TryTakeNumber(out JsonNumber number)) return PriceBodyError.PriceNotANumber;
        if (number.HasExponent) return PriceBodyError.PriceExponent;
        if (number.IsNegative) return PriceBodyError.PriceNotPositive;

        long units = 0;
        foreach (byte digit in number.Integer)
        {
            units = units * 10 + (digit - '0');
            // Checked at every digit: a number of any length is refused before it can overflow.
            if (units > Money.PriceMax / Money.UnitsPerDollar) return PriceBodyError.PriceTooHigh;
        }

        for (int i = 0; i < Decimals; i++) units = units * 10 + (i < number.Fraction.Length ? number.Fraction[i] - '0' : 0);
        if (number.Fraction.Length > Decimals && number.Fraction[Decimals..].ContainsAnyExcept((byte)'0'))
            return PriceBodyError.PriceTooPrecise;
        if (units > Money.PriceMax) return PriceBodyError.PriceTooHigh;
        if (units == 0) return PriceBodyError.PriceNotPositive;
        price = (int)units;
        return PriceBodyError.None;
    }
}
