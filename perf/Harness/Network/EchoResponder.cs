using System.Net;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;
using MarketMaker.Platform.Threads;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Harness.Network;

/// <summary>One of the engine's drivers as the answering side of udp_echo, on a pinned thread that spins.</summary>
internal sealed class EchoResponder : IDisposable
{
    private readonly UdpReceiver _answers;
    private readonly XdpReceiver? _xdp;
    private readonly AgentThread _thread;

    /// <param name="veth">Both hosts.</param>
    /// <param name="port">The feed's; the asking side has the next one.</param>
    /// <param name="core">Core of the thread.</param>
    /// <param name="mode">AF_XDP in this mode; null: kernel sockets.</param>
    /// <param name="answersByTxRing">Whether answers leave by AF_XDP too; otherwise a kernel socket sends them, as orders leave.</param>
    internal EchoResponder(VethPair veth, int port, int core, XdpMode? mode, bool answersByTxRing)
    {
        IPEndPoint feed = new(veth.EngineAddress, port);
        UdpReceiverOptions options = new() { Bind = feed, Venue = new IPEndPoint(veth.VenueAddress, port + 1), BatchMax = 16 };
        _answers = veth.OnEngine(() => new UdpReceiver(options));
        if (mode is { } wanted)
            _xdp = veth.OnEngine(() => new XdpReceiver(new XdpReceiverOptions { Interface = veth.EngineDevice, Destinations = [feed], Frames = 1_024, SendFrames = 256, Mode = wanted, BatchMax = 16 }));
        IAgent agent = _xdp is null ? new Echo<Kernel>(new Kernel(_answers)) : answersByTxRing ? new Echo<Ring>(new Ring(_xdp)) : new Echo<RingAndKernel>(new RingAndKernel(_xdp, _answers));
        _thread = new AgentThread([agent], new AgentThreadOptions { Core = core, Wait = new WaitStrategyOptions { Kind = WaitStrategyKind.BusySpin } }, new TradingGate());
        _thread.Start();
    }

    public void Dispose()
    {
        _thread.Stop(TimeSpan.FromSeconds(5));
        _xdp?.Dispose();
        _answers.Dispose();
    }

    private interface IEcho : IPacketSource
    {
        bool Answer(int index, ReadOnlySpan<byte> packet);
    }

    private sealed class Echo<T>(T line) : IAgent
        where T : struct, IEcho
    {
        public string Name => "echo";

        public int DoWork()
        {
            int count = line.ReceiveBatch();
            for (int i = 0; i < count; i++) line.Answer(i, line.Packet(i));
            return count;
        }
    }

    private readonly struct Kernel(UdpReceiver socket) : IEcho
    {
        public int ReceiveBatch() => socket.ReceiveBatch();

        public ReadOnlySpan<byte> Packet(int index) => socket.Packet(index);

        public bool IsFromVenue(int index) => socket.IsFromVenue(index);

        public bool Answer(int index, ReadOnlySpan<byte> packet) => socket.TrySend(packet);
    }

    private readonly struct RingAndKernel(XdpReceiver receiver, UdpReceiver answers) : IEcho
    {
        public int ReceiveBatch() => receiver.ReceiveBatch();

        public ReadOnlySpan<byte> Packet(int index) => receiver.Packet(index);

        public bool IsFromVenue(int index) => receiver.IsFromVenue(index);

        public bool Answer(int index, ReadOnlySpan<byte> packet) => answers.TrySend(packet);
    }

    private readonly struct Ring(XdpReceiver receiver) : IEcho
    {
        public int ReceiveBatch() => receiver.ReceiveBatch();

        public ReadOnlySpan<byte> Packet(int index) => receiver.Packet(index);

        public bool IsFromVenue(int index) => receiver.IsFromVenue(index);

        public bool Answer(int index, ReadOnlySpan<byte> packet) => receiver.TryReply(index, packet);
    }
}
