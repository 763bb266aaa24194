using MarketMaker.Platform.Network;

namespace MarketMaker.Feed;

/// <summary>A kernel socket as a struct, so that the calls of the stage that owns it are direct ones.</summary>
/// <param name="receiver">Owned and disposed by whoever made it.</param>
public readonly struct UdpPackets(UdpReceiver receiver) : IPacketSource, IPacketSink
{
    /// <inheritdoc/>
    public long KernelDrops => receiver.KernelDrops;

    /// <inheritdoc/>
    public int ReceiveBatch() => receiver.ReceiveBatch();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet(int index) => receiver.Packet(index);

    /// <inheritdoc/>
    public bool IsFromVenue(int index) => receiver.IsFromVenue(index);

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> packet) => receiver.TrySend(packet);
}
