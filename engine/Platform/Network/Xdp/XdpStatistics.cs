namespace MarketMaker.Platform.Network.Xdp;

/// <summary>What the kernel lost on its way to our AF_XDP sockets, by cause, since they were bound. Sums over all queues.</summary>
/// <param name="Dropped">Frames dropped: no free chunk, too long for a chunk, or another failure of the copy.</param>
/// <param name="FillRingEmpty">Of these or beside them: how often no free chunk was found (XDP_STATISTICS, rx_fill_ring_empty_descs).</param>
/// <param name="RxRingFull">Frames dropped because the RX ring was full.</param>
/// <param name="InvalidDescriptors">Descriptors of ours the kernel refused: a defect of ours.</param>
public readonly record struct XdpStatistics(long Dropped, long FillRingEmpty, long RxRingFull, long InvalidDescriptors)
{
    /// <summary>Frames lost.</summary>
    public long Lost => Dropped + RxRingFull;

    internal XdpStatistics Plus(XdpStatistics other) => new(
        Dropped + other.Dropped, FillRingEmpty + other.FillRingEmpty, RxRingFull + other.RxRingFull, InvalidDescriptors + other.InvalidDescriptors);
}
