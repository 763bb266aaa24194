using MarketMaker.Platform.Network;

namespace MarketMaker.Host;

/// <summary>A kernel socket as the struct type parameter that Feed wants, so that its calls are direct.</summary>
internal readonly struct UdpLine(UdpReceiver socket) : IPacketSource, IPacketSink
{
    public long KernelDrops => socket.KernelDrops;

    public int ReceiveBatch() => socket.ReceiveBatch();

    public ReadOnlySpan<byte> Packet(int index) => socket.Packet(index);

    public bool IsFromVenue(int index) => socket.IsFromVenue(index);

    public bool TrySend(ReadOnlySpan<byte> packet) => socket.TrySend(packet);
}
