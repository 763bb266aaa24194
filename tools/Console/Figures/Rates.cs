using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>How counters moved between two images of one engine.</summary>
/// <param name="before">The earlier; null: there is none, and nothing moved.</param>
/// <param name="now">The later.</param>
internal sealed class Rates(CounterImage? before, CounterImage now)
{
    /// <summary>Seconds between them; 0 without an earlier one.</summary>
    public double Seconds { get; } = before is null ? 0 : (now.TakenNs - before.TakenNs) / 1e9;

    /// <summary>How much a counter grew.</summary>
    public long Growth(Counter counter) => before is null ? 0 : now.Read(counter) - before.Read(counter);

    /// <summary>How much it grew each second.</summary>
    public double PerSecond(Counter counter) => Seconds <= 0 ? 0 : Math.Round(Growth(counter) / Seconds, 1);
}
