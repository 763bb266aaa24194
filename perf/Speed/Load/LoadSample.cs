namespace MarketMaker.Speed.Load;

/// <summary>One offer that the engine went for: three moments of the generator's monotonic clock, ns.</summary>
/// <param name="IntendedNs">When the schedule had it leave.</param>
/// <param name="SentNs">Just before its packet was handed to the kernel.</param>
/// <param name="ArrivedNs">Just after the order for it was read from the order port.</param>
internal readonly record struct LoadSample(long IntendedNs, long SentNs, long ArrivedNs)
{
    /// <summary>What counts: lateness of the sender included.</summary>
    public long WireToWireNs => ArrivedNs - IntendedNs;

    /// <summary>From the packet's send alone: what the engine and the two sockets took.</summary>
    public long FromSendNs => ArrivedNs - SentNs;

    /// <summary>How late the sender was.</summary>
    public long LatenessNs => SentNs - IntendedNs;
}
