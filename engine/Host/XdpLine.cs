using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Host;

/// <summary>All lines of the feed over AF_XDP as the struct type parameter that Feed wants, so that its calls are direct.</summary>
internal readonly struct XdpLine(XdpReceiver receiver) : IPacketSource
{
    public int ReceiveBatch() => receiver.ReceiveBatch();

    public ReadOnlySpan<byte> Packet(int index) => receiver.Packet(index);

    public bool IsFromVenue(int index) => receiver.IsFromVenue(index);
}
