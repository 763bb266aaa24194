using MarketMaker.Contracts;

namespace MarketMaker.Backtest.Simulation;

/// <summary>Names of simulated tickers, in alphabetical order: a ticker's number is its index in the universe.</summary>
internal static class TickerNames
{
    /// <summary>The universe T00001, T00002 and so on.</summary>
    public static Universe Universe(int tickers)
    {
        Symbol[] symbols = [.. Enumerable.Range(1, tickers).Select(i => Symbol.Parse($"T{i:D5}"))];
        return Contracts.Universe.TryCreate(symbols, out Universe? universe, out string? error) ? universe! : throw new InvalidOperationException(error);
    }
}
