using MarketMaker.Decision.Signals;

namespace MarketMaker.Decision;

/// <summary>What Decision remembers from one run to the next beside its book: read from the state file at a start.</summary>
public sealed class StrategyState
{
    /// <summary>Stands for what is not known.</summary>
    public const long Unknown = long.MinValue;

    private readonly long[] _sellRates;
    private readonly DayRange[] _ranges;

    /// <summary>Knows nothing yet.</summary>
    /// <param name="tickers">Size of the universe.</param>
    public StrategyState(int tickers)
    {
        _sellRates = [.. Enumerable.Repeat(Unknown, tickers)];
        _ranges = new DayRange[tickers];
    }

    /// <summary>For a start from priors.</summary>
    public static StrategyState Nothing { get; } = new(0);

    /// <summary>Cash and stock when the day began, 1/10,000 dollar; <see cref="Unknown"/> on a new day.</summary>
    public long OpeningEquity { get; set; } = Unknown;

    /// <summary>What could be sold of a ticker per second, 1/10,000 dollar; <see cref="Unknown"/> for one that is new.</summary>
    public long SellRate(int tickerIndex) => tickerIndex < _sellRates.Length ? _sellRates[tickerIndex] : Unknown;

    /// <summary>Open, low and high of a ticker's day, 1/10,000 dollar; 0 when not known.</summary>
    public DayRange Range(int tickerIndex) => tickerIndex < _ranges.Length ? _ranges[tickerIndex] : default;

    /// <summary>Sets one ticker's memory.</summary>
    public void Set(int tickerIndex, long sellRate, DayRange range) => (_sellRates[tickerIndex], _ranges[tickerIndex]) = (sellRate, range);
}
