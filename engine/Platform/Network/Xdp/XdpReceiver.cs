namespace MarketMaker.Platform.Network.Xdp;

/// <summary>Datagrams in over AF_XDP: the feed's frames, taken before the kernel's stack and read in place, a batch per look.</summary>
/// <remarks>
/// Belongs to one thread. After the constructor nothing allocates, waits or throws, and a look at the rings is no system call. What the program leaves to
/// the kernel (queues without a socket, fragments, tags, options, answers to re-requests) arrives at ordinary sockets, which are looked at in turn
/// every few calls.
/// </remarks>
public sealed class XdpReceiver : IPacketSource, IDisposable
{
    /// <summary>Largest MTU of an interface, in bytes: what a frame of the UMEM holds beside its headroom and the Ethernet header.</summary>
    public const int MtuMax = LargeChunkBytes - XdpConstants.XDP_PACKET_HEADROOM - FrameOverheadBytes;

    /// <summary>Calls per look at one kernel socket. A look costs about 300 ns: a sixteenth of that is what a call pays.</summary>
    private const int KernelLookEvery = 16;
    private const int FrameOverheadBytes = 22;
    private const int SmallChunkBytes = 2_048;
    private const int LargeChunkBytes = 4_096;

    private readonly XdpSocket[] _sockets;
    private readonly UdpReceiver[] _kernelSockets;
    private readonly XdpAttachment? _attachment;
    private readonly int _batchMax;
    private readonly bool _anySender;
    private readonly uint _venueAddress;
    private readonly ushort _venuePort;
    private XdpSocket _current;
    private UdpReceiver? _currentKernel;
    private int _batchCount;
    private int _turns;
    private int _nextQueue;
    private int _nextKernel;
    private long _kernelPackets;

    /// <summary>Binds a socket to each queue and attaches the program.</summary>
    /// <param name="options">Interface, addresses, sizes.</param>
    /// <param name="kernelSockets">Sockets that joined the groups, and that of re-requests. Owned from here on, also when this throws.</param>
    /// <exception cref="SocketSetupException">Something cannot be had; the message names it and the remedy.</exception>
    public XdpReceiver(XdpReceiverOptions options, params ReadOnlySpan<UdpReceiver> kernelSockets)
    {
        _kernelSockets = kernelSockets.ToArray();
        _batchMax = options.BatchMax;
        _anySender = options.Venue is null;
        if (options.Venue is { } venue) (_venueAddress, _venuePort) = (Ipv4SocketAddress.Bits(venue.Address), Ipv4SocketAddress.From(venue).PortBigEndian);
        List<XdpSocket> sockets = [];
        try
        {
            if (options.Validate() is { } wrong) throw new SocketSetupException($"AF_XDP on '{options.Interface}': {wrong}");
            int device = NetworkDevice.IndexOf(options.Interface);
            int chunkBytes = ChunkBytesFor(options.Interface);
            foreach (int queue in options.Queues.Count > 0 ? options.Queues : Enumerable.Range(0, NetworkDevice.QueuesOf(options.Interface)))
                sockets.Add(new XdpSocket(options, device, queue, chunkBytes));
            _attachment = new XdpAttachment(options, device, sockets);
        }
        catch
        {
            foreach (XdpSocket socket in sockets) socket.Dispose();
            foreach (UdpReceiver socket in _kernelSockets) socket.Dispose();
            throw;
        }

        _sockets = [.. sockets];
        _current = _sockets[0];
        Mode = !_attachment.IsNative ? XdpMode.Generic : _sockets.All(socket => socket.IsZeroCopy) ? XdpMode.ZeroCopy : XdpMode.Native;
    }

    /// <summary>How frames come: the slowest of all queues.</summary>
    public XdpMode Mode { get; }

    /// <summary>RX queues that have a socket.</summary>
    public int Queues => _sockets.Length;

    /// <summary>Whether the UMEM lies on huge pages that the host reserved; otherwise the kernel was asked for transparent ones.</summary>
    public bool IsOnReservedHugePages => _sockets.All(socket => socket.IsOnReservedHugePages);

    /// <summary>Packets that came through kernel sockets. Any thread may ask.</summary>
    public long KernelPackets => Volatile.Read(ref _kernelPackets);

    /// <inheritdoc/>
    public int ReceiveBatch()
    {
        EndBatch();
        _turns++;
        if (_turns % KernelLookEvery == 0 && LookAtKernel() > 0) return _batchCount;
        for (int i = 0; i < _sockets.Length; i++)
        {
            _current = _sockets[_nextQueue];
            if (++_nextQueue == _sockets.Length) _nextQueue = 0;
            int waiting = _current.Waiting;
            if (waiting > 0) return _batchCount = Math.Min(waiting, _batchMax);
            _current.PollCard();
        }

        return 0;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet(int index)
    {
        if ((uint)index >= (uint)_batchCount) return default;
        return _currentKernel is null ? UdpFrame.Payload(_current.Frame(index)) : _currentKernel.Packet(index);
    }

    /// <inheritdoc/>
    public bool IsFromVenue(int index)
    {
        if ((uint)index >= (uint)_batchCount) return false;
        if (_currentKernel is not null) return _currentKernel.IsFromVenue(index);
        return _anySender || UdpFrame.IsFrom(_current.Frame(index), _venueAddress, _venuePort);
    }

    /// <summary>Answers the sender of a packet of the current batch from the queue it came by, past the kernel's stack.</summary>
    /// <returns>False when it was not taken, or <see cref="XdpReceiverOptions.SendFrames"/> is 0.</returns>
    public bool TryReply(int index, ReadOnlySpan<byte> payload)
    {
        if ((uint)index >= (uint)_batchCount) return false;
        return _currentKernel is null ? _current.TryAnswer(index, payload) : _currentKernel.TryReply(index, payload);
    }

    /// <summary>What the kernel lost by cause, up to this moment. System calls: for reports, on any thread.</summary>
    public XdpStatistics ReadStatistics()
    {
        XdpStatistics sum = default;
        foreach (XdpSocket socket in _sockets) sum = sum.Plus(socket.ReadStatistics());
        return sum;
    }

    /// <summary>Takes the program off the interface, so that the kernel hears everything again, and closes all sockets.</summary>
    public void Dispose()
    {
        _batchCount = 0;
        _attachment?.Dispose();
        foreach (XdpSocket socket in _sockets) socket.Dispose();
        foreach (UdpReceiver socket in _kernelSockets) socket.Dispose();
    }

    private void EndBatch()
    {
        if (_batchCount > 0 && _currentKernel is null) _current.Release(_batchCount);
        _currentKernel = null;
        _batchCount = 0;
    }

    private int LookAtKernel()
    {
        if (_kernelSockets.Length == 0) return 0;
        UdpReceiver socket = _kernelSockets[_nextKernel];
        if (++_nextKernel == _kernelSockets.Length) _nextKernel = 0;
        _batchCount = socket.ReceiveBatch();
        if (_batchCount == 0) return 0;
        _currentKernel = socket;
        Volatile.Write(ref _kernelPackets, _kernelPackets + _batchCount);
        return _batchCount;
    }

    private static int ChunkBytesFor(string networkInterface)
    {
        int mtu = NetworkDevice.MtuOf(networkInterface);
        if (mtu <= MtuMax - LargeChunkBytes + SmallChunkBytes) return SmallChunkBytes;
        return mtu <= MtuMax ? LargeChunkBytes : throw new SocketSetupException(
            $"AF_XDP takes packets of up to {MtuMax} bytes, and the MTU of '{networkInterface}' is {mtu}", 0, $"`ip link set {networkInterface} mtu {MtuMax}`, or less.");
    }
}
