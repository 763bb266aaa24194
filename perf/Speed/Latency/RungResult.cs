using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.Latency;

/// <summary>What one rate brought.</summary>
internal sealed record RungResult
{
    private const double LatenessAllowedShare = 0.01;
    private const long LagAllowedNs = 20_000_000;
    private const double OrdersMissingAllowedShare = 0.001;

    /// <summary>Its pieces, one at least, all of the same rate and length.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>What the engine's counters moved by, warm-ups included.</summary>
    public required EngineReading Engine { get; init; }

    /// <summary>Offers a second.</summary>
    public long Rate => Pieces[0].Rung.Rate;

    /// <summary>The measured offers that an order came for, of all pieces.</summary>
    public IReadOnlyList<LoadSample> Samples => field ??= [.. Pieces.SelectMany(piece => piece.Rung.Samples)];

    /// <summary>From the intended send to the order's arrival, ns, over all pieces.</summary>
    public Percentiles WireToWire => field ??= Percentiles.Of(Samples.Select(sample => sample.WireToWireNs));

    /// <summary>From the packet's send to the order's arrival, ns.</summary>
    public Percentiles FromSend => field ??= Percentiles.Of(Samples.Select(sample => sample.FromSendNs));

    /// <summary>How late the sender was, ns: of the offers that an order came for, a sample of all.</summary>
    public Percentiles Lateness => field ??= Percentiles.Of(Samples.Select(sample => sample.LatenessNs));

    /// <summary>Offers sent, warm-ups included.</summary>
    public long Offers => Pieces.Sum(piece => piece.Rung.Offers);

    /// <summary>Measured offers that paid and should have brought an order each.</summary>
    public long Paying => Pieces.Sum(piece => piece.Rung.Paying);

    /// <summary>Measured offers that paid and brought no order.</summary>
    public long Missing => Paying - Samples.Count;

    /// <summary>The longest from a piece's last intended send to its last order's arrival, ns.</summary>
    public long DrainNs => Pieces.Max(piece => piece.Rung.DrainNs);

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
        _ when Engine.OffersSeen != Offers => $"{Offers - Engine.OffersSeen:N0} offers not seen",
        _ when Missing > Paying * OrdersMissingAllowedShare => $"{Missing:N0} of {Paying:N0} paying offers brought no order",
        _ when IsGeneratorLate => $"the generator was late: p99 {Lateness.P99 / 1e3:N0} us",
        _ when WireToWire.P99 > LagAllowedNs || DrainNs > LagAllowedNs => $"lag: p99 {WireToWire.P99 / 1e6:N1} ms, last order {DrainNs / 1e6:N1} ms after the last offer",
        _ => null,
    };

    /// <summary>Whether the generator, and not the engine, is what could not keep up.</summary>
    public bool IsGeneratorLate => Samples.Count(sample => sample.LatenessNs > 1_000_000) > Samples.Count * LatenessAllowedShare;
}
