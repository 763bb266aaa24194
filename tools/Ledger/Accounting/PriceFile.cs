using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Accounting;

/// <summary>Reads prices for <c>profit</c>: CSV lines <c>ticker,price</c> in dollars with at most four decimals; a first line with these words is passed over.</summary>
internal static class PriceFile
{
    /// <exception cref="FormatException">A line cannot be understood; the message names it.</exception>
    public static Dictionary<Symbol, long> Read(string path)
    {
        Dictionary<Symbol, long> prices = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || (number == 1 && line == "ticker,price")) continue;
            string[] cells = line.Split(',');
            if (cells.Length != 2 || !Amount.TryParse(cells[1], out long units) || units is < 0 or > Money.PriceMax)
                throw new FormatException($"{path}, line {number}: '{line}' is not ticker,price with a price of 0 to 200,000 dollars and at most four decimals");
            if (!prices.TryAdd(Symbol.Parse(cells[0]), units)) throw new FormatException($"{path}, line {number}: {cells[0]} has a price already");
        }

        return prices;
    }
}

/// <summary>Dollars of the command line and of files as integers of 1/10,000 dollar.</summary>
internal static class Amount
{
    /// <summary>Takes a decimal number with at most four decimals; no thousands, no exponent.</summary>
    public static bool TryParse(string text, out long units)
    {
        units = 0;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal dollars)) return false;
        if (Math.Abs(dollars) > long.MaxValue / Money.UnitsPerDollar) return false;
        decimal exact = dollars * Money.UnitsPerDollar;
        if (exact != decimal.Truncate(exact)) return false;
        units = (long)exact;
        return true;
    }
}
