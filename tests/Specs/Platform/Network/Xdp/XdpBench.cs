using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Platform.Network.Xdp;

/// <summary>A receiver on one side of a veth pair, and what the other side can send to it: datagrams, and frames byte by byte.</summary>
internal sealed class XdpBench : IDisposable
{
    public const int Port = 26_400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private Socket? _frames;

    public XdpBench(Func<XdpReceiverOptions, XdpReceiverOptions>? change = null, Func<UdpReceiver[]>? kernelSockets = null, int queues = 1)
    {
        Veth = VethOrSkip.Make(queues);
        try
        {
            Receiver = NewReceiver(change, kernelSockets);
        }
        catch
        {
            Veth.Dispose();
            throw;
        }
    }

    public VethPair Veth { get; }

    public XdpReceiver Receiver { get; private set; }

    public IPEndPoint Feed => new(Veth.EngineAddress, Port);

    public XdpReceiver NewReceiver(Func<XdpReceiverOptions, XdpReceiverOptions>? change = null, Func<UdpReceiver[]>? kernelSockets = null)
    {
        XdpReceiverOptions options = new() { Interface = Veth.EngineDevice, Destinations = [Feed], Frames = 1_024 };
        return Receiver = Veth.OnEngine(() => new XdpReceiver(change?.Invoke(options) ?? options, kernelSockets?.Invoke() ?? []));
    }

    /// <summary>Receives until so many packets have come.</summary>
    public List<string> Receive(int count)
    {
        List<string> texts = [];
        DateTime end = DateTime.UtcNow + Patience;
        while (texts.Count < count)
        {
            Assert.True(DateTime.UtcNow < end, $"only {texts.Count} of {count} packets came: {string.Join(' ', texts.TakeLast(5))}");
            Take(texts);
        }

        return texts;
    }

    /// <summary>What comes within a tenth of a second.</summary>
    public List<string> ReceiveWhatComes()
    {
        List<string> texts = [];
        for (DateTime end = DateTime.UtcNow + Quiet; DateTime.UtcNow < end;)
            if (Take(texts) == 0) Thread.Sleep(1);
        return texts;
    }

    /// <summary>A frame to the feed that is whole: Ethernet, IPv4, UDP, payload; a test then damages it.</summary>
    public byte[] Frame(string payload)
    {
        const int HeaderBytes = 42;
        byte[] frame = new byte[HeaderBytes + payload.Length];
        frame.AsSpan(0, 6).Fill(0xFF);
        frame[12] = 0x08;
        frame[14] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(28 + payload.Length));
        frame[22] = 64;
        frame[23] = 17;
        Veth.VenueAddress.TryWriteBytes(frame.AsSpan(26), out _);
        Veth.EngineAddress.TryWriteBytes(frame.AsSpan(30), out _);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34), 9);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(36), Port);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(38), (ushort)(8 + payload.Length));
        Encoding.ASCII.GetBytes(payload, frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <summary>Puts a frame on the wire as it is.</summary>
    public void SendFrame(ReadOnlySpan<byte> frame)
    {
        _frames ??= Veth.OnVenue(() => new Socket(AddressFamily.Packet, SocketType.Raw, 0));
        int device = Veth.OnVenue(() => NetworkDevice.IndexOf(Veth.VenueDevice));
        Assert.Equal(frame.Length, _frames.SendTo(frame, SocketFlags.None, new DeviceEndPoint(device)));
    }

    public void Dispose()
    {
        _frames?.Dispose();
        Receiver.Dispose();
        Veth.Dispose();
    }

    private int Take(List<string> texts)
    {
        int count = Receiver.ReceiveBatch();
        for (int i = 0; i < count; i++) texts.Add(Encoding.ASCII.GetString(Receiver.Packet(i)));
        return count;
    }

    /// <summary>struct sockaddr_ll of a device.</summary>
    private sealed class DeviceEndPoint(int device) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            SocketAddress address = new(AddressFamily.Packet, 20);
            for (int i = 0; i < sizeof(int); i++) address[4 + i] = (byte)(device >> (8 * i));
            return address;
        }
    }
}
