using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Platform.Network.Xdp;

public sealed class XdpReceiverSpecs
{
    [SkippableTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void should_hand_out_all_packets_of_a_burst_in_order_and_whole(XdpMode mode)
    {
        const int Packets = 3_000;
        using XdpBench bench = new(options => options with { Mode = mode, Frames = 4_096 });
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        Assert.Equal(mode, bench.Receiver.Mode);
        // The first one waits for the neighbour's address.
        Assert.True(sender.TrySend("first"u8));
        Assert.Equal(["first"], bench.Receive(1));
        for (int i = 0; i < Packets; i++) Assert.True(sender.TrySend(System.Text.Encoding.ASCII.GetBytes($"packet {i}")));
        Assert.Equal(Enumerable.Range(0, Packets).Select(i => $"packet {i}"), bench.Receive(Packets));
        Assert.Equal(0, bench.Receiver.ReadStatistics().Lost);
    }

    [SkippableTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void should_leave_all_other_traffic_to_the_kernel(XdpMode mode)
    {
        using XdpBench bench = new(options => options with { Mode = mode });
        VethPair veth = bench.Veth;
        Assert.Equal(IPStatus.Success, veth.OnVenue(() => new Ping().Send(veth.EngineAddress, 5_000).Status));

        using UdpReceiver other = veth.OnEngine(() => new UdpReceiver(new UdpReceiverOptions { Bind = new IPEndPoint(veth.EngineAddress, 0) }));
        using UdpSender toOther = veth.SenderTo(new IPEndPoint(veth.EngineAddress, other.Port));
        Assert.True(toOther.TrySend("another port"u8));
        Assert.Equal(1, Loopback.ReceiveSome(other));

        using TcpAcceptor acceptor = veth.OnEngine(() => new TcpAcceptor(new IPEndPoint(veth.EngineAddress, XdpBench.Port)));
        using Socket client = veth.OnVenue(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(veth.EngineAddress, XdpBench.Port);
        TcpStream? accepted = null;
        Loopback.Until(() => (accepted = acceptor.TryAccept()) is not null);
        client.Send("tcp to the feed's own port"u8);
        byte[] buffer = new byte[100];
        int read = 0;
        Loopback.Until(() => (read = accepted!.Receive(buffer)) != 0);
        Assert.Equal(26, read);
        accepted!.Dispose();
        Assert.Empty(bench.ReceiveWhatComes());
    }

    [SkippableFact]
    public void should_hear_again_through_the_kernel_once_it_is_closed()
    {
        using XdpBench bench = new();
        using UdpReceiver kernel = bench.Veth.OnEngine(() => new UdpReceiver(new UdpReceiverOptions { Bind = bench.Feed }));
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        Assert.True(sender.TrySend("to AF_XDP"u8));
        Assert.Equal(["to AF_XDP"], bench.Receive(1));
        Assert.Contains("xdp", bench.Veth.DescribeEngineDevice(), StringComparison.Ordinal);
        bench.Receiver.Dispose();
        Assert.DoesNotContain("prog/xdp", bench.Veth.DescribeEngineDevice(), StringComparison.Ordinal);
        Assert.True(sender.TrySend("to the kernel"u8));
        Assert.Equal(1, Loopback.ReceiveSome(kernel));
        Assert.Equal("to the kernel"u8.ToArray(), kernel.Packet(0).ToArray());
    }

    [SkippableFact]
    public void should_bind_again_right_after_it_was_closed()
    {
        using XdpBench bench = new();
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        for (int i = 0; i < 2; i++)
        {
            bench.Receiver.Dispose();
            bench.NewReceiver();
            Assert.True(sender.TrySend("again"u8));
            Assert.Equal(["again"], bench.Receive(1));
        }
    }

    [SkippableFact]
    public void should_say_who_may_hold_a_busy_queue_when_its_time_is_up()
    {
        using XdpBench bench = new();
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => bench.Veth.OnEngine(() =>
            new XdpReceiver(new XdpReceiverOptions { Interface = bench.Veth.EngineDevice, Destinations = [bench.Feed], Frames = 64, BusyTimeout = TimeSpan.FromMilliseconds(30) })));
        Assert.Contains("Another program holds it", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void should_drop_and_count_when_no_chunk_is_free_and_go_on_afterwards(XdpMode mode)
    {
        const int Frames = 64, Sent = 500;
        using XdpBench bench = new(options => options with { Mode = mode, Frames = Frames });
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        Assert.True(sender.TrySend("first"u8));
        bench.Receive(1);
        for (int i = 0; i < Sent; i++) Assert.True(sender.TrySend("x"u8));
        Loopback.Until(() => bench.Receiver.ReadStatistics().Lost > 0);
        int received = bench.ReceiveWhatComes().Count;
        XdpStatistics lost = bench.Receiver.ReadStatistics();
        Assert.InRange(received, Frames - 1, Sent - 1);
        Assert.Equal(Sent, received + lost.Lost);
        Assert.True(lost.FillRingEmpty > 0);
        Assert.Equal(0, lost.InvalidDescriptors);
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < Frames / 2; i++) Assert.True(sender.TrySend("again"u8));
            Assert.Equal(Frames / 2, bench.Receive(Frames / 2).Count);
        }

        Assert.Equal(lost, bench.Receiver.ReadStatistics());
    }

    [SkippableFact]
    public void should_take_only_the_addresses_of_the_feed()
    {
        IPEndPoint group = new(IPAddress.Parse("239.255.78.200"), XdpBench.Port);
        using XdpBench bench = new(options => options with { Destinations = [group, new IPEndPoint(IPAddress.Any, XdpBench.Port + 1)] });
        using UdpReceiver kernel = bench.Veth.OnEngine(() => new UdpReceiver(new UdpReceiverOptions { Bind = bench.Feed }));
        using UdpSender same = bench.Veth.SenderTo(bench.Feed);
        using UdpSender any = bench.Veth.SenderTo(new IPEndPoint(bench.Veth.EngineAddress, XdpBench.Port + 1));
        Assert.True(same.TrySend("the port, at another address"u8));
        Assert.Equal(1, Loopback.ReceiveSome(kernel));
        Assert.True(any.TrySend("any address"u8));
        Assert.Equal(["any address"], bench.Receive(1));
    }

    [SkippableFact]
    public void should_hear_a_multicast_group_that_a_kernel_socket_joined()
    {
        IPEndPoint group = new(IPAddress.Parse("239.255.78.201"), XdpBench.Port);
        using XdpBench bench = new(options => options with { Destinations = [group] });
        using UdpReceiver member = bench.Veth.OnEngine(() => new UdpReceiver(new UdpReceiverOptions { Bind = group, Interface = bench.Veth.EngineDevice }));
        using UdpSender sender = bench.Veth.SenderTo(group, bench.Veth.VenueDevice);
        Assert.True(sender.TrySend("to all"u8));
        Assert.Equal(["to all"], bench.Receive(1));
        Assert.Equal(0, member.ReceiveBatch());
    }

    [SkippableFact]
    public void should_hear_what_it_leaves_to_the_kernel_through_its_kernel_sockets()
    {
        int requestPort = 0;
        using XdpBench bench = new(kernelSockets: () =>
        {
            UdpReceiver requests = new(new UdpReceiverOptions { Bind = new IPEndPoint(IPAddress.Any, 0), Venue = new IPEndPoint(IPAddress.Parse("10.211.7.1"), 0) });
            requestPort = requests.Port;
            return [requests, new UdpReceiver(new UdpReceiverOptions { Bind = new IPEndPoint(IPAddress.Any, XdpBench.Port) })];
        });
        VethPair veth = bench.Veth;
        using UdpSender server = veth.SenderTo(new IPEndPoint(veth.EngineAddress, requestPort));
        Assert.True(server.TrySend("an answer to a re-request"u8));
        Assert.Equal(["an answer to a re-request"], bench.Receive(1));

        // Two fragments: the kernel puts them together.
        using UdpSender sender = veth.SenderTo(bench.Feed);
        Assert.True(sender.TrySend("first"u8));
        Assert.Equal(["first"], bench.Receive(1));
        string large = new('f', 1_800);
        Assert.True(sender.TrySend(System.Text.Encoding.ASCII.GetBytes(large)));
        Assert.Equal([large], bench.Receive(1));
        Assert.Equal(2, bench.Receiver.KernelPackets);
    }

    [SkippableFact]
    public void should_know_the_venue_by_its_address()
    {
        using XdpBench bench = new(options => options with { Venue = new IPEndPoint(IPAddress.Parse("10.211.7.1"), 0) });
        byte[] forged = bench.Frame("forged");
        forged[29] = 99;
        bench.SendFrame(forged);
        Loopback.Until(() => bench.Receiver.ReceiveBatch() == 1);
        Assert.False(bench.Receiver.IsFromVenue(0));
        bench.SendFrame(bench.Frame("true"));
        Loopback.Until(() => bench.Receiver.ReceiveBatch() == 1);
        Assert.True(bench.Receiver.IsFromVenue(0));
        Assert.False(bench.Receiver.IsFromVenue(1));
    }

    [SkippableTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void should_leave_frames_that_are_not_plain_udp_to_the_kernel_and_show_lying_ones_as_empty(XdpMode mode)
    {
        using XdpBench bench = new(options => options with { Mode = mode });
        foreach (Action<byte[]> damage in (ReadOnlySpan<Action<byte[]>>)[
            frame => frame[12] = 0x81, // a VLAN tag
            frame => frame[14] = 0x46, // IP options
            frame => frame[14] = 0x65, // IP version 6
            frame => frame[20] = 0x20, // more fragments
            frame => frame[21] = 1, // a later fragment
            frame => frame[23] = 6, // TCP
            frame => frame[36] = 1]) // another port
        {
            byte[] frame = bench.Frame("not for us");
            damage(frame);
            bench.SendFrame(frame);
        }

        for (int length = 14; length < 42; length += 4) bench.SendFrame(bench.Frame("short")[..length]);
        foreach (Action<byte[]> lie in (ReadOnlySpan<Action<byte[]>>)[
            frame => frame[38] = 0xFF, // a datagram longer than its packet
            frame => (frame[38], frame[39]) = (0, 7), // shorter than its header
            frame => frame[16] = 0x05, // a packet longer than its frame
            frame => (frame[16], frame[38]) = (0x05, 0x05)]) // both
        {
            byte[] frame = bench.Frame("a lie");
            lie(frame);
            bench.SendFrame(frame);
        }

        bench.SendFrame(bench.Frame("good"));
        Assert.Equal(["", "", "", "", "good"], bench.Receive(5));
        bench.SendFrame([.. bench.Frame("padded"), 0, 0, 0]);
        Assert.Equal(["padded"], bench.Receive(1));
    }

    [SkippableTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void should_answer_through_the_tx_ring(XdpMode mode)
    {
        const int SendFrames = 16;
        using XdpBench bench = new(options => options with { Mode = mode, SendFrames = SendFrames });
        using UdpReceiver asking = bench.Veth.OnVenue(() => new UdpReceiver(new UdpReceiverOptions { Bind = new IPEndPoint(IPAddress.Any, 0), Venue = bench.Feed }));
        for (int i = 0; i < 3 * SendFrames; i++)
        {
            Assert.True(asking.TrySend("ping"u8));
            Loopback.Until(() => bench.Receiver.ReceiveBatch() == 1);
            Assert.True(bench.Receiver.TryReply(0, "pong from AF_XDP"u8));
            Assert.Equal(1, Loopback.ReceiveSome(asking));
            Assert.Equal("pong from AF_XDP"u8.ToArray(), asking.Packet(0).ToArray());
            Assert.True(asking.IsFromVenue(0));
        }
    }

    [SkippableFact]
    public void should_send_nothing_without_frames_to_send()
    {
        using XdpBench bench = new();
        bench.SendFrame(bench.Frame("ask"));
        Loopback.Until(() => bench.Receiver.ReceiveBatch() == 1);
        Assert.False(bench.Receiver.TryReply(0, "answer"u8));
    }

    [SkippableFact]
    public void should_bind_a_socket_to_every_queue_that_is_on()
    {
        using XdpBench bench = new(queues: 2);
        Assert.Equal(2, bench.Receiver.Queues);
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        Assert.True(sender.TrySend("x"u8));
        Assert.Equal(["x"], bench.Receive(1));
    }

    [SkippableFact]
    public void should_refuse_zero_copy_where_the_driver_cannot_and_name_the_remedy()
    {
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => { using XdpBench _ = new(options => options with { Mode = XdpMode.ZeroCopy }); });
        Assert.Contains("xdp-mode = auto", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_refuse_a_queue_that_does_not_exist_and_name_it()
    {
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => { using XdpBench _ = new(options => options with { Queues = [7] }); });
        Assert.Contains("queue 7", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_allocate_nothing_to_receive()
    {
        using XdpBench bench = new();
        using UdpSender sender = bench.Veth.SenderTo(bench.Feed);
        Round(sender, bench.Receiver);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Round(sender, bench.Receiver);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void should_refuse_an_interface_that_does_not_exist_and_options_out_of_range()
    {
        XdpReceiverOptions options = new() { Interface = "nosuch0", Destinations = [Loopback.At(XdpBench.Port)] };
        Assert.Contains("'nosuch0'", Refusal(options), StringComparison.Ordinal);
        Assert.Contains("power of two", Refusal(options with { Frames = 100 }), StringComparison.Ordinal);
        Assert.Contains("1 to 16", Refusal(options with { Destinations = [] }), StringComparison.Ordinal);
        Assert.Contains("batch", Refusal(options with { BatchMax = 0 }), StringComparison.Ordinal);
        Assert.Contains("named twice", Refusal(options with { Queues = [1, 1] }), StringComparison.Ordinal);
        // Its frames are longer than a chunk.
        Assert.Contains("MTU of 'lo'", Refusal(options with { Interface = "lo" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "CAP_NET_RAW, CAP_BPF and CAP_NET_ADMIN")]
    [InlineData(105, "CAP_IPC_LOCK")]
    [InlineData(16, "Another program")]
    [InlineData(95, "xdp-mode = auto")]
    [InlineData(22, "no such queue")]
    public void should_name_the_remedy_of_each_refusal(int errno, string remedy)
    {
        SocketSetupException refusal = XdpRefusal.Of("cannot", errno);
        Assert.Equal(errno, refusal.Errno);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(XdpReceiverOptions options) => Assert.Throws<SocketSetupException>(() => new XdpReceiver(options)).Message;

    private static void Round(UdpSender sender, XdpReceiver receiver)
    {
        sender.TrySend("x"u8);
        int seen = 0;
        for (long end = Environment.TickCount64 + 5_000; seen == 0 && Environment.TickCount64 < end;) seen = receiver.ReceiveBatch();
        if (seen != 1 || receiver.Packet(0).Length != 1 || !receiver.IsFromVenue(0)) throw new InvalidOperationException("lost between the namespaces");
    }
}
