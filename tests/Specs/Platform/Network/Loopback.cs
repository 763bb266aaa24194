using System.Net;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Platform.Network;

/// <summary>Sockets on 127.0.0.1, and patience with a bound for what the kernel does in its own time.</summary>
internal static class Loopback
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    public static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    public static UdpSender SenderTo(UdpReceiver receiver, int batchMax = 64) =>
        new(new UdpSenderOptions { Destination = At(receiver.Port), BatchMax = batchMax });

    /// <summary>Receives so many packets, whether one at a time or by the batch.</summary>
    public static byte[][] Receive(UdpReceiver receiver, int count)
    {
        List<byte[]> packets = [];
        while (packets.Count < count)
        {
            int batch = ReceiveSome(receiver);
            for (int i = 0; i < batch; i++) packets.Add(receiver.Packet(i).ToArray());
        }

        Assert.Equal(count, packets.Count);
        return [.. packets];
    }

    /// <summary>Receives until a batch has something in it.</summary>
    public static int ReceiveSome(UdpReceiver receiver)
    {
        int count = 0;
        Until(() => (count = receiver.ReceiveBatch()) > 0);
        return count;
    }

    /// <summary>A connected pair: the client's stream and the accepted one.</summary>
    public static (TcpStream Client, TcpStream Accepted) Connect(TcpAcceptor acceptor, TcpStreamOptions? options = null)
    {
        TcpStream client = new(options ?? new TcpStreamOptions { Host = "127.0.0.1", Port = acceptor.Port });
        client.BeginConnect();
        TcpStream? accepted = null;
        Until(() => (accepted ??= acceptor.TryAccept()) is not null && client.State == StreamState.Connected);
        return (client, accepted!);
    }

    public static void Until(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "the kernel did not do it within half a minute");
            Thread.Yield();
        }
    }
}
