using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.Latency;

/// <summary>What one rate brought.</summary>
internal sealed record RungResult
{
    private const double LatenessAllowedShare = 0.01;
    private const long LagAllowedNs = 20_000_000;
    private const double OrdersMissingAllowedShare = 0.001;

    /// <summary>The load.</summary>
    public required Rung Rung { get; init; }

    /// <summary>What the engine's counters moved by, warm-up included.</summary>
    public required EngineReading Engine { get; init; }

    /// <summary>The engine's hops over the measured part.</summary>
    public required HopFigures[] Hops { get; init; }

    /// <summary>Offers a second.</summary>
    public long Rate => Rung.Rate;

    /// <summary>From the intended send to the order's arrival, ns, over the whole measured part.</summary>
    public Percentiles WireToWire => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.WireToWireNs));

    /// <summary>From the packet's send to the order's arrival, ns.</summary>
    public Percentiles FromSend => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.FromSendNs));

    /// <summary>How late the sender was, ns: of the offers that an order came for, a sample of all.</summary>
    public Percentiles Lateness => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.LatenessNs));

    /// <summary>Measured offers that paid and brought no order.</summary>
    public long Missing => Rung.Paying - Rung.Samples.Count;

    /// <summary>Why this rate is beyond saturation; null: it is not.</summary>
    /// <remarks>
    /// A rate holds when nothing is dropped (full ring, kernel, gap, unsent order), every offer sent was seen, the lag is bounded (99 % of the orders within 20 ms, the
    /// last of them so soon after the last offer), and the generator kept its schedule itself: with 1 % of the offers later than 1 ms the rate is not what it says.
    /// </remarks>
    public string? Failure => this switch
    {
        { Engine.KernelDrops: > 0 } => $"{Engine.KernelDrops:N0} packets dropped by the kernel",
        { Engine.Gaps: > 0 } => $"{Engine.Gaps:N0} gaps",
        { Engine.RingFull: > 0 } => $"{Engine.RingFull:N0} offers refused by a full ring",
        { Engine.NotSent: > 0 } => $"{Engine.NotSent:N0} orders not sent",
        _ when Engine.OffersSeen != Rung.Offers => $"{Rung.Offers - Engine.OffersSeen:N0} offers not seen",
        _ when Missing > Rung.Paying * OrdersMissingAllowedShare => $"{Missing:N0} of {Rung.Paying:N0} paying offers brought no order",
        _ when IsGeneratorLate => $"the generator was late: p99 {Lateness.P99 / 1e3:N0} us",
        _ when WireToWire.P99 > LagAllowedNs || Rung.DrainNs > LagAllowedNs => $"lag: p99 {WireToWire.P99 / 1e6:N1} ms, last order {Rung.DrainNs / 1e6:N1} ms after the last offer",
        _ => null,
    };

    /// <summary>Whether the generator, and not the engine, is what could not keep up.</summary>
    public bool IsGeneratorLate => Rung.Samples.Count(sample => sample.LatenessNs > 1_000_000) > Rung.Samples.Count * LatenessAllowedShare;

    /// <summary>The measured part cut into so many pieces of equal length.</summary>
    public IEnumerable<LoadSample[]> Cut(int pieces)
    {
        ILookup<int, LoadSample> cut = Rung.Samples.ToLookup(sample => (int)Math.Clamp((sample.IntendedNs - Rung.MeasuredFromNs) * pieces / Rung.MeasuredNs, 0, pieces - 1));
        return Enumerable.Range(0, pieces).Select(piece => cut[piece].ToArray());
    }
}
