using System.Net;
using MarketMaker.Platform;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Platform.Network;

public sealed class TcpStreamSpecs
{
    private const int ConnectionRefused = 111;

    [Fact]
    public void should_connect_and_carry_bytes_both_ways()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        using (accepted)
        {
            Assert.Equal(5, client.Send("order"u8));
            Assert.Equal("order"u8.ToArray(), ReceiveSome(accepted));
            Assert.Equal(6, accepted.Send("answer"u8));
            Assert.Equal("answer"u8.ToArray(), ReceiveSome(client));
            Assert.Equal(0, client.LastError);
        }
    }

    [Fact]
    public void should_say_nothing_is_there_without_waiting()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        Assert.Null(acceptor.TryAccept());
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        using (accepted)
        {
            Assert.Equal(0, client.Receive(new byte[10]));
            Assert.Equal(StreamState.Connected, client.State);
        }
    }

    [Fact]
    public void should_not_take_an_empty_buffer_for_the_end_of_the_connection()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        using (accepted)
        {
            accepted.Send("x"u8);
            Assert.Equal(0, client.Receive([]));
            Assert.Equal(0, client.Send([]));
            Assert.Equal("x"u8.ToArray(), ReceiveSome(client));
        }
    }

    [Fact]
    public void should_tell_why_a_connection_was_refused_and_be_closed()
    {
        int deadPort;
        using (TcpAcceptor gone = new(Loopback.AnyPort)) deadPort = gone.Port;
        using TcpStream client = new(new TcpStreamOptions { Host = "127.0.0.1", Port = deadPort });
        client.BeginConnect();
        Loopback.Until(() => client.State == StreamState.Closed);
        Assert.Equal(ConnectionRefused, client.LastError);
        Assert.Equal(-1, client.Receive(new byte[1]));
        Assert.Equal(-1, client.Send("x"u8));
    }

    [Fact]
    public void should_connect_again_after_a_refusal()
    {
        int port;
        using (TcpAcceptor gone = new(Loopback.AnyPort)) port = gone.Port;
        using TcpStream client = new(new TcpStreamOptions { Host = "127.0.0.1", Port = port });
        client.BeginConnect();
        Loopback.Until(() => client.State == StreamState.Closed);
        using TcpAcceptor acceptor = new(Loopback.At(port));
        client.BeginConnect();
        Loopback.Until(() => client.State == StreamState.Connected);
        Assert.Equal(0, client.LastError);
    }

    [Fact]
    public void should_report_an_orderly_end_after_the_last_byte_and_without_an_error()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        {
            accepted.Send("bye"u8);
            accepted.Close();
            Assert.Equal("bye"u8.ToArray(), ReceiveSome(client));
            int result = 0;
            Loopback.Until(() => (result = client.Receive(new byte[10])) != 0);
            Assert.Equal(-1, result);
            Assert.Equal(StreamState.Closed, client.State);
            Assert.Equal(0, client.LastError);
        }
    }

    [Fact]
    public void should_report_a_reset_as_an_error_and_never_raise_a_signal()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        {
            // Unread bytes at close make the kernel answer with a reset.
            client.Send("unread"u8);
            Loopback.Until(() => accepted.Receive(new byte[1]) == 1);
            accepted.Close();
            Loopback.Until(() => client.Send("more"u8) == -1);
            Assert.Equal(StreamState.Closed, client.State);
            Assert.NotEqual(0, client.LastError);
        }
    }

    [Fact]
    public void should_take_only_what_fits_and_go_on_when_the_peer_reads()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        TcpStreamOptions options = new() { Host = "127.0.0.1", Port = acceptor.Port, SendBufferBytes = 8_192 };
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor, options);
        using (client)
        using (accepted)
        {
            byte[] block = new byte[1 << 20];
            new Random(7).NextBytes(block);
            int sent = 0;
            for (int taken = client.Send(block); taken > 0 && sent < block.Length; taken = client.Send(block.AsSpan(sent))) sent += taken;
            Assert.True(sent < block.Length, "the peer does not read, so the socket must fill up");

            byte[] received = new byte[block.Length];
            int read = 0;
            Loopback.Until(() =>
            {
                read += Math.Max(accepted.Receive(received.AsSpan(read)), 0);
                sent += client.Send(block.AsSpan(sent));
                return read == block.Length;
            });
            Assert.Equal(block, received);
        }
    }

    [Fact]
    public void should_close_what_is_open_when_it_connects_again()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream first) = Loopback.Connect(acceptor);
        using (client)
        using (first)
        {
            client.BeginConnect();
            int result = 0;
            Loopback.Until(() => (result = first.Receive(new byte[1])) != 0);
            Assert.Equal(-1, result);
            Loopback.Until(() => client.State == StreamState.Connected);
        }
    }

    [Fact]
    public void should_be_closed_before_the_first_attempt_and_after_close()
    {
        using TcpStream client = new(new TcpStreamOptions { Host = "localhost", Port = 9 });
        Assert.Equal(IPAddress.Loopback, client.Peer.Address);
        Assert.Equal(StreamState.Closed, client.State);
        client.Close();
        Assert.Equal(StreamState.Closed, client.State);
    }

    [Fact]
    public void should_not_connect_an_accepted_stream_again()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        using (accepted) Assert.Throws<InvariantBrokenException>(accepted.BeginConnect);
    }

    [Theory]
    // Too long for a label: refused without asking a name server.
    [InlineData("a-name-longer-than-the-63-characters-that-one-label-of-a-host-name-may-have", 80, "has no known address")]
    [InlineData("127.0.0.1", 0, "port 0")]
    [InlineData("::1", 80, "not an IPv4 address")]
    public void should_refuse_a_peer_that_cannot_be_and_say_which(string host, int port, string named)
    {
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => new TcpStream(new TcpStreamOptions { Host = host, Port = port }));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_port_in_use_and_name_it()
    {
        using TcpAcceptor first = new(Loopback.AnyPort);
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => new TcpAcceptor(Loopback.At(first.Port)));
        Assert.Contains($"127.0.0.1:{first.Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_allocate_nothing_to_send_and_to_receive()
    {
        using TcpAcceptor acceptor = new(Loopback.AnyPort);
        (TcpStream client, TcpStream accepted) = Loopback.Connect(acceptor);
        using (client)
        using (accepted)
        {
            RoundTrip(client, accepted);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 200; i++) RoundTrip(client, accepted);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static void RoundTrip(TcpStream from, TcpStream to)
    {
        Span<byte> bytes = stackalloc byte[64];
        from.Send(bytes);
        int read = 0;
        for (int tries = 0; read < bytes.Length && tries < 100_000 && to.State == StreamState.Connected; tries++) read += to.Receive(bytes[read..]);
        if (read != bytes.Length) throw new InvalidOperationException("lost on loopback");
    }

    private static byte[] ReceiveSome(TcpStream stream)
    {
        byte[] buffer = new byte[100];
        int read = 0;
        Loopback.Until(() => (read = stream.Receive(buffer)) != 0);
        return buffer[..Math.Max(read, 0)];
    }
}
