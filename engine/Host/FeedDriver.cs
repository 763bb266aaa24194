using MarketMaker.Contracts;
using MarketMaker.Feed;
using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Host;

/// <summary>How the feed's packets come in, as [feed] driver says: opens the sockets, builds Feed around them, and tells what was had.</summary>
internal sealed class FeedDriver
{
    private readonly XdpReceiver? _xdp;
    private readonly UdpReceiver[] _sockets;

    /// <exception cref="SocketSetupException">An address, interface, capability or queue cannot be had.</exception>
    public FeedDriver(EngineConfig config, Universe universe, SingleProducerRingBuffer<OfferEvent> offers, CounterFile counters, LogWriter log)
    {
        NetworkConfig network = config.Network;
        SystemClock clock = new();
        UdpReceiver[] lines = [.. network.Lines.Select(line => new UdpReceiver(line))];
        UdpReceiver[] answers = network.Requests is { } server ? [new UdpReceiver(server)] : [];
        UdpReceiver requests = answers.Length > 0 ? answers[0] : lines[0];
        _sockets = [.. lines, .. answers];
        if (network.Xdp is { } options)
        {
            // Groups are joined, and re-requests answered, by kernel sockets: what the program leaves to the kernel comes here.
            _xdp = new(options, _sockets);
            Feed = new FeedParser<XdpLine, UdpLine, SystemClock>(config.Feed, universe, offers, [new XdpLine(_xdp)], [], new UdpLine(requests), counters, log, clock);
            Description = $"xdp on {options.Interface}: {NameOf(_xdp.Mode)}, {_xdp.Queues} queue{(_xdp.Queues == 1 ? "" : "s")}, UMEM on {(_xdp.IsOnReservedHugePages ? "reserved" : "transparent")} huge pages";
        }
        else
        {
            Histogram? waits = network.Timestamps == PacketTimestamps.None ? null : counters[HopHistogram.ArrivedToPolled];
            Feed = new FeedParser<UdpLine, UdpLine, SystemClock>(
                config.Feed, universe, offers, Lines(lines), Lines(answers), new UdpLine(requests), counters, log, clock);
            Description = "kernel sockets";

            UdpLine[] Lines(UdpReceiver[] sockets) => [.. sockets.Select(socket => new UdpLine(socket, waits))];
        }

        counters.Set(Counter.HostXdpMode, (long)(_xdp?.Mode ?? XdpMode.Auto));
    }

    /// <summary>The stage.</summary>
    public IFeed Feed { get; }

    /// <summary>What was had, for the log.</summary>
    public string Description { get; }

    /// <summary>Shows what the kernel lost before Feed could see it. System calls: for the watching thread.</summary>
    public void ShowLosses(CounterFile counters)
    {
        XdpStatistics lost = _xdp?.ReadStatistics() ?? default;
        long drops = lost.Lost;
        foreach (UdpReceiver socket in _sockets) drops += socket.ReadKernelDrops();
        counters.Set(Counter.HostKernelDrops, drops);
        if (_xdp is null) return;
        counters.Set(Counter.HostXdpDropped, lost.Dropped);
        counters.Set(Counter.HostXdpFillRingEmpty, lost.FillRingEmpty);
        counters.Set(Counter.HostXdpRxRingFull, lost.RxRingFull);
        counters.Set(Counter.HostXdpInvalidDescriptors, lost.InvalidDescriptors);
        counters.Set(Counter.HostXdpKernelPackets, _xdp.KernelPackets);
    }

    private static string NameOf(XdpMode mode) => mode switch
    {
        XdpMode.ZeroCopy => "zero-copy",
        XdpMode.Native => "native, copied",
        _ => "generic, copied",
    };
}
