using System.Net;
using MarketMaker.Platform;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Platform.Network;

public sealed class UdpSenderSpecs
{
    [Fact]
    public void should_send_the_packets_of_a_batch_in_order_each_with_its_own_length()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        for (int length = 1; length <= 3; length++)
        {
            sender.NextPacket()[..length].Fill((byte)length);
            sender.Commit(length);
        }

        Assert.Equal(3, sender.Pending);
        Assert.Equal(3, sender.Flush());
        Assert.Equal(0, sender.Pending);
        Assert.Equal<byte[]>([[1], [2, 2], [3, 3, 3]], Loopback.Receive(receiver, 3));
    }

    [Fact]
    public void should_offer_no_room_when_the_batch_is_full_until_it_is_flushed()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver, batchMax: 2);
        sender.Commit(1);
        sender.Commit(1);
        Assert.True(sender.NextPacket().IsEmpty);
        Assert.Throws<InvariantBrokenException>(() => sender.Commit(1));
        Assert.Equal(2, sender.Flush());
        Assert.Equal(2_048, sender.NextPacket().Length);
    }

    [Fact]
    public void should_refuse_to_commit_more_than_the_room_of_a_packet()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.Throws<InvariantBrokenException>(() => sender.Commit(2_049));
    }

    [Fact]
    public void should_go_on_sending_while_nobody_listens()
    {
        int deadPort;
        using (UdpReceiver gone = new(new UdpReceiverOptions())) deadPort = gone.Port;
        using UdpSender sender = new(new UdpSenderOptions { Destination = Loopback.At(deadPort), BatchMax = 32 });
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 32; i++) sender.Commit(10);
            Assert.Equal(32, sender.Flush());
            Assert.True(sender.TrySend("x"u8));
        }
    }

    [Fact]
    public void should_reuse_the_room_of_a_long_packet_for_a_short_one()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        sender.Commit(500);
        Assert.Equal(1, sender.Flush());
        sender.Commit(7);
        Assert.Equal(1, sender.Flush());
        Assert.Equal([500, 7], Loopback.Receive(receiver, 2).Select(packet => packet.Length));
    }

    [Fact]
    public void should_forget_what_is_discarded()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        sender.Commit(5);
        Assert.Equal(1, sender.Discard());
        Assert.Equal(0, sender.Flush());
        Assert.Equal(0, receiver.ReceiveBatch());
    }

    [Fact]
    public void should_refuse_a_datagram_too_long_for_udp_and_send_the_next()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.False(sender.TrySend(new byte[65_508]));
        Assert.True(sender.TrySend("x"u8));
    }

    [Fact]
    public void should_refuse_a_destination_without_a_port_or_interface_that_exists()
    {
        Assert.Throws<SocketSetupException>(() => new UdpSender(new UdpSenderOptions { Destination = Loopback.AnyPort }));
        UdpSenderOptions options = new() { Destination = new IPEndPoint(IPAddress.Parse("239.255.77.4"), 9_000), Interface = "nosuch0" };
        Assert.Contains("'nosuch0'", Assert.Throws<SocketSetupException>(() => new UdpSender(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_allocate_nothing_to_send_and_to_receive()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        // Once each way to receive: the first call of a system function makes its stub.
        for (int i = 0; i < 20; i++) RoundTrip(sender, receiver);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) RoundTrip(sender, receiver);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RoundTrip(UdpSender sender, UdpReceiver receiver)
    {
        sender.Commit(sender.NextPacket()[..64].Length);
        sender.Commit(64);
        sender.Flush();
        int seen = 0;
        // No empty look between two trips, so that what comes seems to queue up.
        for (int tries = 0; seen < 2 && tries < 100_000; tries++) seen += receiver.ReceiveBatch();
        if (seen != 2 || receiver.IsFromVenue(0) == receiver.Packet(0).IsEmpty) throw new InvalidOperationException("lost on loopback");
    }
}
