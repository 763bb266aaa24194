using System.Net;
using System.Text;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Platform.Network;

public sealed class UdpReceiverSpecs
{
    [Theory]
    [InlineData(PacketTimestamps.None)]
    [InlineData(PacketTimestamps.Kernel)]
    public void should_hand_out_datagrams_in_order_and_whole_one_at_a_time_or_by_the_batch(PacketTimestamps timestamps)
    {
        const int Sent = 300;
        using UdpReceiver receiver = new(new UdpReceiverOptions { Timestamps = timestamps });
        using UdpSender sender = Loopback.SenderTo(receiver);
        string[] texts = [.. Enumerable.Range(0, Sent).Select(i => new string('x', i))];
        foreach (string text in texts) Assert.True(sender.TrySend(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(texts, Loopback.Receive(receiver, Sent).Select(packet => Encoding.ASCII.GetString(packet)));
    }

    [Fact]
    public void should_take_single_datagrams_until_eight_in_a_row_show_a_queue_then_batches_until_one_of_four_at_most()
    {
        const int Sent = 300, BatchMax = 16;
        using UdpReceiver receiver = new(new UdpReceiverOptions { BatchMax = BatchMax });
        using UdpSender sender = Loopback.SenderTo(receiver);
        for (int i = 0; i < Sent; i++) Assert.True(sender.TrySend(BitConverter.GetBytes(i)));
        // The kernel may deliver in its own time, so a look may find nothing in between: then they are counted anew.
        int inARow = 0, largest = 0, seen = 0;
        Loopback.Until(() =>
        {
            bool isSingle = inARow < 8;
            int count = receiver.ReceiveBatch();
            Assert.InRange(count, 0, isSingle ? 1 : BatchMax);
            for (int i = 0; i < count; i++) Assert.Equal(seen + i, BitConverter.ToInt32(receiver.Packet(i)));
            Assert.True(receiver.Packet(count).IsEmpty, "what lies behind the batch is none of its packets");
            inARow = isSingle ? (count == 0 ? 0 : inARow + 1) : (count <= 4 ? 0 : inARow);
            largest = Math.Max(largest, count);
            return (seen += count) == Sent;
        });
        Assert.InRange(largest, 5, BatchMax);
        // The queue is gone.
        for (int i = 0; i <= 2; i++) Assert.Equal(0, receiver.ReceiveBatch());
        Assert.True(sender.TrySend("x"u8));
        Assert.True(sender.TrySend("y"u8));
        Assert.Equal([1, 1], [Loopback.ReceiveSome(receiver), Loopback.ReceiveSome(receiver)]);
    }

    [Fact]
    public void should_see_no_queue_in_datagrams_with_pauses_between_them()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(sender.TrySend("a"u8));
            Assert.True(sender.TrySend("b"u8));
            Assert.Equal([1, 1], [Loopback.ReceiveSome(receiver), Loopback.ReceiveSome(receiver)]);
            Assert.Equal(0, receiver.ReceiveBatch());
        }
    }

    [Fact]
    public void should_return_at_once_when_nothing_has_arrived()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        Assert.Equal(0, receiver.ReceiveBatch());
        Assert.True(receiver.Packet(0).IsEmpty);
    }

    [Fact]
    public void should_take_no_more_than_a_batch_and_the_rest_next_time()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { BatchMax = 4, Timestamps = PacketTimestamps.Kernel });
        using UdpSender sender = Loopback.SenderTo(receiver);
        for (byte i = 0; i < 6; i++) Assert.True(sender.TrySend([i]));
        Thread.Sleep(50);
        Assert.Equal(4, Loopback.ReceiveSome(receiver));
        Assert.Equal(2, Loopback.ReceiveSome(receiver));
        Assert.Equal(5, receiver.Packet(1)[0]);
    }

    [Theory]
    [InlineData(PacketTimestamps.None)]
    [InlineData(PacketTimestamps.Kernel)]
    public void should_show_a_datagram_longer_than_its_room_as_empty_and_the_next_one_whole(PacketTimestamps timestamps)
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { DatagramBytesMax = 100, Timestamps = timestamps });
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend(new byte[101]));
        Assert.True(sender.TrySend(new byte[100]));
        Assert.Equal([0, 100], Loopback.Receive(receiver, 2).Select(packet => packet.Length));
    }

    [Fact]
    public void should_show_an_empty_datagram_as_a_packet_of_no_bytes()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend([]));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.True(receiver.Packet(0).IsEmpty);
    }

    [Fact]
    public void should_count_every_datagram_the_kernel_dropped()
    {
        const int Sent = 2_000;
        using UdpReceiver receiver = new(new UdpReceiverOptions { ReceiveBufferBytes = 4_096 });
        using UdpSender sender = Loopback.SenderTo(receiver);
        byte[] packet = new byte[1_000];
        for (int i = 0; i < Sent; i++) Assert.True(sender.TrySend(packet));

        int received = Drain(receiver);
        Assert.True(received < Sent, "the tiny buffer must overflow, or this test shows nothing");
        Assert.Equal(Sent, received + receiver.ReadKernelDrops());
    }

    [Fact]
    public void should_know_the_venue_by_its_address_and_port()
    {
        using UdpReceiver venue = new(new UdpReceiverOptions());
        using UdpReceiver receiver = new(new UdpReceiverOptions { Venue = Loopback.At(venue.Port) });
        using UdpSender stranger = Loopback.SenderTo(receiver);
        Assert.True(receiver.TrySend("request"u8));
        Assert.Equal(1, Loopback.ReceiveSome(venue));
        Assert.True(venue.TryReply(0, "answer"u8));
        Assert.True(stranger.TrySend("forged"u8));

        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.True(receiver.IsFromVenue(0));
        Assert.True("answer"u8.SequenceEqual(receiver.Packet(0)));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.False(receiver.IsFromVenue(0));
    }

    [Fact]
    public void should_know_the_sender_of_each_datagram_of_a_queue()
    {
        const int Pairs = 20;
        using UdpReceiver venue = new(new UdpReceiverOptions());
        using UdpReceiver receiver = new(new UdpReceiverOptions { Venue = Loopback.At(venue.Port) });
        using UdpSender stranger = Loopback.SenderTo(receiver);
        Assert.True(receiver.TrySend("request"u8));
        Assert.Equal(1, Loopback.ReceiveSome(venue));
        for (int i = 0; i < Pairs; i++)
        {
            Assert.True(venue.TryReply(0, "answer"u8));
            Assert.True(stranger.TrySend("forged"u8));
        }

        List<bool> known = [];
        while (known.Count < 2 * Pairs) known.AddRange(Enumerable.Range(0, Loopback.ReceiveSome(receiver)).Select(receiver.IsFromVenue));
        Assert.Equal(Enumerable.Range(0, 2 * Pairs).Select(i => i % 2 == 0), known);
    }

    [Fact]
    public void should_accept_any_port_of_the_venue_when_none_is_named()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { Venue = Loopback.AnyPort });
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend("x"u8));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.True(receiver.IsFromVenue(0));
        Assert.False(receiver.TrySend("to nobody in particular"u8));
    }

    [Fact]
    public void should_take_another_address_for_a_stranger()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { Venue = new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0) });
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend("x"u8));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.False(receiver.IsFromVenue(0));
    }

    [Theory]
    [InlineData("lo")]
    [InlineData("127.0.0.1")]
    public void should_hear_a_multicast_group_on_the_interface_named(string networkInterface)
    {
        IPAddress group = IPAddress.Parse("239.255.77.1");
        using UdpReceiver receiver = new(new UdpReceiverOptions { Bind = new IPEndPoint(group, 0), Interface = networkInterface });
        using UdpSender sender = new(new UdpSenderOptions { Destination = new IPEndPoint(group, receiver.Port), Interface = networkInterface });
        Assert.True(sender.TrySend("to all"u8));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.True("to all"u8.SequenceEqual(receiver.Packet(0)));
    }

    [Fact]
    public void should_let_two_receivers_hear_the_same_multicast_group()
    {
        IPAddress group = IPAddress.Parse("239.255.77.2");
        using UdpReceiver first = new(new UdpReceiverOptions { Bind = new IPEndPoint(group, 0), Interface = "127.0.0.1" });
        using UdpReceiver second = new(new UdpReceiverOptions { Bind = new IPEndPoint(group, first.Port), Interface = "127.0.0.1" });
        using UdpSender sender = new(new UdpSenderOptions { Destination = new IPEndPoint(group, first.Port), Interface = "127.0.0.1" });
        Assert.True(sender.TrySend("to all"u8));
        Assert.Equal(1, Loopback.ReceiveSome(first));
        Assert.Equal(1, Loopback.ReceiveSome(second));
    }

    [Fact]
    public void should_say_how_large_a_receive_buffer_it_was_given()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { ReceiveBufferBytes = 65_536 });
        Assert.Equal(65_536, receiver.ReceiveBufferBytes);
    }

    [Fact]
    public void should_refuse_an_address_that_is_not_of_this_host_and_name_it()
    {
        UdpReceiverOptions options = new() { Bind = new IPEndPoint(IPAddress.Parse("203.0.113.7"), 9_000) };
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => new UdpReceiver(options));
        Assert.Contains("cannot bind UDP 203.0.113.7:9000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_an_interface_that_does_not_exist_and_name_it()
    {
        UdpReceiverOptions options = new() { Bind = new IPEndPoint(IPAddress.Parse("239.255.77.3"), 0), Interface = "nosuch0" };
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => new UdpReceiver(options));
        Assert.Contains("'nosuch0'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_an_ipv6_address()
    {
        UdpReceiverOptions options = new() { Bind = new IPEndPoint(IPAddress.IPv6Loopback, 0) };
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => new UdpReceiver(options));
        Assert.Contains("not an IPv4 address", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_say_when_the_kernel_received_each_packet_where_that_is_asked_for()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { Timestamps = PacketTimestamps.Kernel });
        using UdpSender sender = Loopback.SenderTo(receiver);
        long before = 0;
        // The kernel switches its stamps on in its own time, so the first packets may come without.
        Loopback.Until(() =>
        {
            before = NowNs();
            Assert.True(sender.TrySend("x"u8));
            Assert.Equal(1, Loopback.ReceiveSome(receiver));
            return receiver.ArrivedWallNs(0) > 0;
        });
        // The clock here has a coarser grain than the kernel's.
        Assert.InRange(receiver.ArrivedWallNs(0), before - 1_000, NowNs() + 1_000);
        Assert.Equal(0, receiver.ArrivedWallNs(1));
        static long NowNs() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
    }

    [Fact]
    public void should_know_no_time_of_arrival_that_nobody_asked_for()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions());
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend("x"u8));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.Equal(0, receiver.ArrivedWallNs(0));
    }

    [Fact]
    public void should_count_drops_beside_times_of_arrival()
    {
        const int Sent = 500;
        using UdpReceiver receiver = new(new UdpReceiverOptions { ReceiveBufferBytes = 4_096, Timestamps = PacketTimestamps.Kernel });
        using UdpSender sender = Loopback.SenderTo(receiver);
        for (int i = 0; i < Sent; i++) Assert.True(sender.TrySend(new byte[1_000]));
        int received = Drain(receiver);
        Assert.True(receiver.ReadKernelDrops() > 0);
        Assert.Equal(Sent, received + receiver.ReadKernelDrops());
    }

    [Fact]
    public void should_take_the_settings_of_busy_polling_and_refuse_those_out_of_range()
    {
        using UdpReceiver receiver = new(new UdpReceiverOptions { BusyPoll = new(50) });
        using UdpSender sender = Loopback.SenderTo(receiver);
        Assert.True(sender.TrySend("x"u8));
        Assert.Equal(1, Loopback.ReceiveSome(receiver));
        Assert.Throws<SocketSetupException>(() => new UdpReceiver(new UdpReceiverOptions { BusyPoll = new(1_001) }));
        Assert.Throws<SocketSetupException>(() => new UdpReceiver(new UdpReceiverOptions { BusyPoll = new(50, Budget: 513) }));
        Assert.Throws<SocketSetupException>(() => new TcpStream(new TcpStreamOptions { Host = "127.0.0.1", Port = 1, BusyPoll = new(-1) }));
    }

    [Fact]
    public void should_refuse_options_out_of_range()
    {
        Assert.Throws<SocketSetupException>(() => new UdpReceiver(new UdpReceiverOptions { BatchMax = 0 }));
        Assert.Throws<SocketSetupException>(() => new UdpReceiver(new UdpReceiverOptions { DatagramBytesMax = 65_537 }));
        Assert.Throws<SocketSetupException>(() => new UdpReceiver(new UdpReceiverOptions { ReceiveBufferBytes = 1 }));
    }

    private static int Drain(UdpReceiver receiver)
    {
        int received = 0;
        for (int count = Loopback.ReceiveSome(receiver); count > 0; count = receiver.ReceiveBatch()) received += count;
        return received;
    }
}
