using MarketMaker.Contracts;
using MarketMaker.Host;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Network;
using MarketMaker.Tests.Specs.Platform.Network;

namespace MarketMaker.Tests.Specs.Host;

public sealed class UdpLineSpecs
{
    [Fact]
    public void should_record_once_a_batch_how_long_its_oldest_packet_waited()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { Timestamps = PacketTimestamps.Kernel });
        using UdpSender sender = Loopback.SenderTo(receiver);
        Histogram waits = CounterFile.InMemory()[HopHistogram.ArrivedToPolled];
        UdpLine line = new(receiver, waits);
        // The kernel switches its stamps on in its own time.
        Loopback.Until(() =>
        {
            Assert.True(sender.TrySend("warm"u8));
            Loopback.Until(() => line.ReceiveBatch() == 1);
            return waits.Count > 0;
        });
        long before = waits.Count;
        Assert.True(sender.TrySend("first"u8));
        Thread.Sleep(20);
        Assert.True(sender.TrySend("second"u8));
        Loopback.Until(() => line.ReceiveBatch() == 2);
        Assert.Equal(before + 1, waits.Count);
        Assert.InRange(waits.Max, 15_000_000, 30_000_000_000);
    }

    [Fact]
    public void should_record_nothing_where_packets_carry_no_time()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        Histogram waits = CounterFile.InMemory()[HopHistogram.ArrivedToPolled];
        UdpLine line = new(receiver, waits);
        Assert.True(sender.TrySend("x"u8));
        Loopback.Until(() => line.ReceiveBatch() == 1);
        Assert.Equal(0, waits.Count);
    }
}
