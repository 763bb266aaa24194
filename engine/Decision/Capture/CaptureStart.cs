using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>All that Decision begins with: the same start and the same inputs give the same orders.</summary>
public sealed class CaptureStart
{
    /// <summary>Limits and thresholds.</summary>
    public required DecisionOptions Options { get; init; }

    /// <summary>The tickers of the day.</summary>
    public required Universe Universe { get; init; }

    /// <summary>Free cash in 1/10,000 dollar.</summary>
    public required long Cash { get; init; }

    /// <summary>Shares held, by ticker index.</summary>
    public required long[] Positions { get; init; }

    /// <summary>What an earlier run knew, as the core lays it out; empty: nothing.</summary>
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
        return new DecisionCore(Options, book);
    }

    /// <summary>Notes a book before anything has happened to it.</summary>
    public static long[] PositionsOf(TradeBook book, int tickers)
    {
        long[] positions = new long[tickers];
        for (int i = 0; i < tickers; i++) positions[i] = book[i].PositionShares;
        return positions;
    }
}
