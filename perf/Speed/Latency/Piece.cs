using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.Latency;

/// <summary>One piece of a rate's measured part, and a repeat in the record: the load, and the engine's hops meanwhile.</summary>
internal sealed record Piece(Rung Rung, HopFigures[] Hops)
{
    /// <summary>From the intended send to the order's arrival, ns.</summary>
    public Percentiles WireToWire => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.WireToWireNs));

    /// <summary>From the packet's send to the order's arrival, ns.</summary>
    public Percentiles FromSend => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.FromSendNs));

    /// <summary>How late the sender was, ns: of the offers that an order came for, a sample of all.</summary>
    public Percentiles Lateness => field ??= Percentiles.Of(Rung.Samples.Select(sample => sample.LatenessNs));
}
