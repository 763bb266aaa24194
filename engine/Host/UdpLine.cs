using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Network;

namespace MarketMaker.Host;

/// <summary>A kernel socket as the struct type parameter that Feed wants, so that its calls are direct.</summary>
/// <param name="socket">What packets come from.</param>
/// <param name="arrivedToPolled">Where packets carry their time of arrival: receives how long the oldest of each batch waited.</param>
internal readonly struct UdpLine(UdpReceiver socket, Histogram? arrivedToPolled = null) : IPacketSource, IPacketSink
{
    public int ReceiveBatch()
    {
        int count = socket.ReceiveBatch();
        if (count > 0 && arrivedToPolled is not null) RecordWait();
        return count;
    }

    public ReadOnlySpan<byte> Packet(int index) => socket.Packet(index);

    public bool IsFromVenue(int index) => socket.IsFromVenue(index);

    public bool TrySend(ReadOnlySpan<byte> packet) => socket.TrySend(packet);

    private void RecordWait()
    {
        const int Oldest = 0;
        long arrivedNs = socket.ArrivedWallNs(Oldest);
        // Both are wall clocks, and one may have been set meanwhile.
        if (arrivedNs > 0) arrivedToPolled!.Record(Math.Max(0, default(SystemClock).WallClockNs - arrivedNs));
    }
}
