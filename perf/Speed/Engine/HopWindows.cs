using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Speed.Engine;

/// <summary>The engine's own hop histograms over one measured part, read from its counter file while it runs.</summary>
internal sealed class HopWindows(CounterFile counters)
{
    private static readonly HopHistogram[] Hops =
    [
        HopHistogram.ReceivedToDecoded, HopHistogram.ReceivedToPriced, HopHistogram.ReceivedToDecided,
        HopHistogram.ReceivedToSent, HopHistogram.SentToAnswered, HopHistogram.AnsweredToDurable,
    ];

    private readonly HistogramWindow[] _windows = [.. Hops.Select(hop => new HistogramWindow(counters[hop]))];

    /// <summary>Forgets what came before.</summary>
    public void Open()
    {
        foreach (HistogramWindow window in _windows) window.Open();
    }

    /// <summary>What was recorded since <see cref="Open"/>.</summary>
    public HopFigures[] Close()
    {
        foreach (HistogramWindow window in _windows) window.Close();
        return [.. _windows.Select((window, i) => new HopFigures(
            Hops[i], window.Count, window.ValueAtPercentile(50), window.ValueAtPercentile(99), window.ValueAtPercentile(99.9), window.ValueAtPercentile(100)))];
    }
}

/// <summary>One hop over one measured part, ns.</summary>
internal sealed record HopFigures(HopHistogram Hop, long Count, long P50, long P99, long P999, long Max)
{
    /// <summary>The hop's name in records: received-to-sent.</summary>
    public string Name { get; } = string.Concat(Hop.ToString().Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : $"{letter}"));
}
