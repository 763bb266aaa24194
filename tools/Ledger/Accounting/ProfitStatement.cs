using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Accounting;

/// <summary>What was earned, at given prices. All amounts in 1/10,000 dollar.</summary>
/// <param name="Rows">Per ticker.</param>
/// <param name="Cash">Opening cash and all changes.</param>
/// <param name="StockValue">Shares at the given prices; short ones are below zero.</param>
/// <param name="Realised">Gains of closed lots.</param>
/// <param name="Unrealised">Gain of open lots at the given prices.</param>
/// <param name="Contributed">Opening cash and what owners put in since, less what they took out.</param>
internal sealed record ProfitStatement(IReadOnlyList<ProfitRow> Rows, long Cash, long StockValue, long Realised, long Unrealised, long Contributed)
{
    /// <summary>Realised and unrealised.</summary>
    public long Profit => checked(Realised + Unrealised);

    /// <summary>Makes the statement.</summary>
    /// <param name="book">The lots.</param>
    /// <param name="openingCash">Cash before the first transaction.</param>
    /// <param name="prices">Price of a ticker, or null: then the last executed price is used if <paramref name="useLast"/> allows it.</param>
    /// <param name="useLast">Whether a ticker without a price takes its last executed one.</param>
    /// <exception cref="FormatException">A ticker with open lots has no price.</exception>
    public static ProfitStatement Of(LotBook book, long openingCash, IReadOnlyDictionary<Symbol, long> prices, bool useLast)
    {
        List<ProfitRow> rows = [];
        long value = 0, realised = 0, unrealised = 0;
        foreach (TickerLots ticker in book.Tickers)
        {
            long price = prices.TryGetValue(ticker.Symbol, out long given) ? given
                : useLast ? ticker.LastPrice
                : ticker.Lots.Shares == 0 ? 0
                : throw new FormatException($"there are {ticker.Lots.Shares} shares of {ticker.Symbol}, and no price: add it to the file of --prices, or give --last");
            long worth = checked(ticker.Lots.Shares * price);
            rows.Add(new ProfitRow(ticker.Symbol, ticker.Lots.Shares, price, worth, ticker.Lots.Cost, ticker.Gain));
            value = checked(value + worth);
            realised = checked(realised + ticker.Gain);
            unrealised = checked(unrealised + worth - ticker.Lots.Cost);
        }

        return new ProfitStatement(rows, checked(openingCash + book.CashChange), value, realised, unrealised, checked(openingCash + book.Contributed));
    }
}

/// <summary>One ticker of the statement.</summary>
internal readonly record struct ProfitRow(Symbol Symbol, long Shares, long Price, long Value, long Cost, long Realised)
{
    public long Unrealised => Value - Cost;
}
