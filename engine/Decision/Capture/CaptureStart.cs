using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Decision.Capture;

/// <summary>All that Decision begins with: the same start and the same inputs give the same orders.</summary>
public sealed class CaptureStart
{
    private const int NumbersPerTicker = 4;

    /// <summary>Limits and thresholds.</summary>
    public required DecisionOptions Options { get; init; }

    /// <summary>The tickers of the day.</summary>
    public required Universe Universe { get; init; }

    /// <summary>Free cash in 1/10,000 dollar.</summary>
    public required long Cash { get; init; }

    /// <summary>Shares held, by ticker index.</summary>
    public required long[] Positions { get; init; }

    /// <summary>What an earlier run knew, see <see cref="NumbersOf"/>; empty: nothing.</summary>
    public long[] Strategy { get; init; } = [];

    /// <summary>Wall clock of the start, ns since 1970.</summary>
    public long StartedWallNs { get; init; }

    /// <summary>Hash of the whole INI file as checked, so that two captures can be told to be of one configuration; 0: none.</summary>
    public ulong ConfigurationHash { get; init; }

    /// <summary>A core as it was when the capture began.</summary>
    public DecisionCore NewCore()
    {
        TradeBook book = new(Universe.Count, Cash);
        for (int i = 0; i < Positions.Length; i++) book.RestorePosition(i, Positions[i]);
        return new DecisionCore(Options, book, StrategyOf(Strategy));
    }

    /// <summary>Notes a book before anything has happened to it.</summary>
    public static long[] PositionsOf(TradeBook book, int tickers)
    {
        long[] positions = new long[tickers];
        for (int i = 0; i < tickers; i++) positions[i] = book[i].PositionShares;
        return positions;
    }

    /// <summary>What an earlier run knew, as numbers: opening equity, then sell rate, open, low and high of each ticker.</summary>
    public static long[] NumbersOf(StrategyState state, int tickers)
    {
        long[] numbers = new long[NumbersFor(tickers)];
        numbers[0] = state.OpeningEquity;
        for (int i = 0; i < tickers; i++)
        {
            DayRange range = state.Range(i);
            ReadOnlySpan<long> one = [state.SellRate(i), range.Open, range.Low, range.High];
            one.CopyTo(numbers.AsSpan(1 + NumbersPerTicker * i));
        }

        return numbers;
    }

    /// <summary>How many numbers that are.</summary>
    internal static int NumbersFor(int tickers) => 1 + NumbersPerTicker * tickers;

    private static StrategyState StrategyOf(long[] numbers)
    {
        if (numbers.Length == 0) return StrategyState.Nothing;
        StrategyState state = new(numbers.Length / NumbersPerTicker) { OpeningEquity = numbers[0] };
        for (int i = 0; i < numbers.Length / NumbersPerTicker; i++)
        {
            ReadOnlySpan<long> one = numbers.AsSpan(1 + NumbersPerTicker * i, NumbersPerTicker);
            state.Set(i, one[0], new DayRange((int)one[1], (int)one[2], (int)one[3]));
        }

        return state;
    }
}
