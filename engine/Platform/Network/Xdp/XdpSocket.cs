using MarketMaker.Platform.Memory;
using static MarketMaker.Platform.Network.SocketConstants;
using static MarketMaker.Platform.Network.Xdp.XdpConstants;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>The AF_XDP socket of one RX queue, with a UMEM of its own: frames are read where the kernel, or the card, put them.</summary>
/// <remarks>
/// Belongs to one thread. Every receive chunk is at any time in one place: the fill ring, the RX ring, or the batch at hand; the fill ring has
/// room for all of them, so giving back cannot fail. Chunks for sending are others, behind them.
/// </remarks>
internal sealed unsafe class XdpSocket : IDisposable
{
    // The kernel wants a completion ring even where nothing is sent.
    private const int CompletionSlotsMin = 64;

    private readonly NativeBuffer _umem;
    private readonly int _chunkBytes;
    private readonly XdpRing<ulong> _fill;
    private readonly XdpRing<ulong> _completion;
    private readonly XdpRing<FrameDescriptor> _rx;
    private readonly XdpRing<FrameDescriptor>? _tx;
    private readonly Stack<ulong> _sendChunks = [];
    private readonly bool _busyPolls;
    private int _socket = -1;

    /// <summary>Makes the socket, its memory and rings, and binds it.</summary>
    /// <param name="options">Checked already.</param>
    /// <param name="device">The interface's number.</param>
    /// <param name="queue">The RX queue.</param>
    /// <param name="chunkBytes">2,048 or 4,096.</param>
    /// <exception cref="SocketSetupException">A capability, memory or the queue cannot be had; says which.</exception>
    public XdpSocket(XdpReceiverOptions options, int device, int queue, int chunkBytes)
    {
        Queue = queue;
        _chunkBytes = chunkBytes;
        _busyPolls = options.BusyPoll.Microseconds > 0;
        int chunks = options.Frames + options.SendFrames;
        _umem = new NativeBuffer((long)chunks * chunkBytes, $"frames of {options.Interface} queue {queue}", reservedHugePages: true);
        try
        {
            _socket = SocketCalls.Socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
            if (_socket < 0) throw XdpRefusal.Of("cannot open an AF_XDP socket");
            RegisterUmem(chunks);
            _fill = new XdpRing<ulong>(_socket, XDP_UMEM_FILL_RING, XDP_UMEM_PGOFF_FILL_RING, options.Frames);
            _completion = new XdpRing<ulong>(_socket, XDP_UMEM_COMPLETION_RING, XDP_UMEM_PGOFF_COMPLETION_RING, Math.Max(options.SendFrames, CompletionSlotsMin));
            _rx = new XdpRing<FrameDescriptor>(_socket, XDP_RX_RING, XDP_PGOFF_RX_RING, options.Frames);
            if (options.SendFrames > 0) _tx = new XdpRing<FrameDescriptor>(_socket, XDP_TX_RING, XDP_PGOFF_TX_RING, options.SendFrames);
            for (int i = 0; i < options.Frames; i++) _fill[(uint)i] = (ulong)i * (ulong)chunkBytes;
            _fill.Produce(options.Frames);
            for (int i = options.Frames; i < chunks; i++) _sendChunks.Push((ulong)i * (ulong)chunkBytes);
            SocketSetup.SetBusyPoll(_socket, options.BusyPoll);
            Bind(options, device);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Queue { get; }

    public int Descriptor => _socket;

    /// <summary>Whether the card writes into the UMEM.</summary>
    public bool IsZeroCopy { get; private set; }

    /// <summary>Whether the UMEM lies on huge pages that the host reserved.</summary>
    public bool IsOnReservedHugePages => _umem.IsOnReservedHugePages;

    /// <summary>Frames that wait.</summary>
    public int Waiting => _rx.Filled;

    /// <summary>A frame that waits, the oldest first; empty when its place is not inside one chunk.</summary>
    /// <param name="index">Below <see cref="Waiting"/>, as last asked for.</param>
    public ReadOnlySpan<byte> Frame(int index)
    {
        ref FrameDescriptor frame = ref _rx[_rx.Position + (uint)index];
        ulong within = frame.Address & (ulong)(_chunkBytes - 1);
        if (frame.Address >= (ulong)_umem.Bytes || within + frame.Length > (ulong)_chunkBytes) return default;
        // SAFETY: just checked: the frame lies in one chunk of the UMEM, which lives until Dispose; it is ours until Release.
        return new ReadOnlySpan<byte>(_umem.Pointer + frame.Address, (int)frame.Length);
    }

    /// <summary>Gives the oldest frames back: nobody looks at them any more.</summary>
    public void Release(int count)
    {
        uint position = _fill.Position;
        for (int i = 0; i < count; i++) _fill[position + (uint)i] = _rx[_rx.Position + (uint)i].Address & ~(ulong)(_chunkBytes - 1);
        _rx.Consume(count);
        _fill.Produce(count);
        if (_fill.NeedsWakeup) Wake();
    }

    /// <summary>After a look that found nothing: lets the kernel look at the card, where busy polling is on.</summary>
    public void PollCard()
    {
        if (_busyPolls) Wake();
    }

    /// <summary>Answers a frame that waits, without waiting.</summary>
    /// <returns>False when nothing was sent: the frame is no datagram, the answer too long, no chunk is free, or there is no TX ring.</returns>
    public bool TryAnswer(int index, ReadOnlySpan<byte> payload)
    {
        Collect();
        if (_tx is null || _tx.Free == 0 || !_sendChunks.TryPop(out ulong chunk)) return false;
        // SAFETY: the chunk lies in the UMEM and is ours until it comes back through the completion ring.
        int bytes = UdpFrame.Answer(Frame(index), payload, new Span<byte>(_umem.Pointer + chunk, _chunkBytes));
        if (bytes == 0)
        {
            _sendChunks.Push(chunk);
            return false;
        }

        _tx[_tx.Position] = new FrameDescriptor { Address = chunk, Length = (uint)bytes };
        _tx.Produce(1);
        // In copy mode nothing moves without this call.
        if (_tx.NeedsWakeup) _ = SocketCalls.SendTo(_socket, null, 0, MSG_DONTWAIT, null, 0);
        return true;
    }

    /// <summary>The kernel's own counts. A system call; any thread may ask.</summary>
    public XdpStatistics ReadStatistics()
    {
        KernelXdpStatistics counts = default;
        uint bytes = (uint)sizeof(KernelXdpStatistics);
        // SAFETY: the kernel writes at most the bytes named to a local of that size; what it does not know stays 0.
        _ = SocketCalls.GetOption(_socket, SOL_XDP, XDP_STATISTICS, &counts, &bytes);
        return new((long)counts.Dropped, (long)counts.FillRingEmpty, (long)counts.RxRingFull, (long)(counts.InvalidReceiveDescriptors + counts.InvalidSendDescriptors));
    }

    /// <summary>Closes the socket, then unmaps rings and memory.</summary>
    public void Dispose()
    {
        if (_socket >= 0) _ = SocketCalls.Close(_socket);
        _socket = -1;
        _fill?.Dispose();
        _completion?.Dispose();
        _rx?.Dispose();
        _tx?.Dispose();
        _umem.Dispose();
    }

    private void Wake() => _ = SocketCalls.Receive(_socket, null, 0, MSG_DONTWAIT);

    private void Collect()
    {
        int done = _completion.Filled;
        for (int i = 0; i < done; i++) _sendChunks.Push(_completion[_completion.Position + (uint)i] & ~(ulong)(_chunkBytes - 1));
        if (done > 0) _completion.Consume(done);
    }

    private void RegisterUmem(int chunks)
    {
        // SAFETY: the buffer is page-aligned and as long as it says; it outlives the socket.
        UmemRegistration registration = new() { Address = (ulong)_umem.Pointer, Bytes = (ulong)chunks * (ulong)_chunkBytes, ChunkBytes = (uint)_chunkBytes };
        if (SocketCalls.SetOption(_socket, SOL_XDP, XDP_UMEM_REG, &registration, (uint)sizeof(UmemRegistration)) == 0) return;
        throw XdpRefusal.Of($"cannot register {registration.Bytes:N0} bytes as UMEM");
    }

    private void Bind(XdpReceiverOptions options, int device)
    {
        bool wantsZeroCopy = options.Mode is XdpMode.Auto or XdpMode.ZeroCopy;
        int errno = wantsZeroCopy ? BindWith(XDP_ZEROCOPY, options, device) : EOPNOTSUPP;
        // Drivers refuse zero-copy with different numbers; what they mean is that this one cannot.
        if (errno != 0 && errno is not (EBUSY or EPERM) && options.Mode != XdpMode.ZeroCopy) errno = BindWith(XDP_COPY, options, device);
        if (errno != 0) throw XdpRefusal.Of($"cannot bind AF_XDP to {options.Interface} queue {Queue}{(options.Mode == XdpMode.ZeroCopy ? " with zero-copy" : "")}", errno);
        IsZeroCopy = ((uint)SocketSetup.Get(_socket, SOL_XDP, XDP_OPTIONS) & XDP_OPTIONS_ZEROCOPY) != 0;
    }

    // The kernel frees the queue of a closed socket in its own time, up to a second later.
    private int BindWith(ushort mode, XdpReceiverOptions options, int device)
    {
        XdpSocketAddress address = new() { Family = AF_XDP, Flags = (ushort)(mode | XDP_USE_NEED_WAKEUP), InterfaceIndex = (uint)device, Queue = (uint)Queue };
        return XdpRefusal.RetryWhileBusy(options.BusyTimeout, () =>
        {
            XdpSocketAddress to = address;
            // SAFETY: the kernel reads the 16 bytes of a local.
            return XdpCalls.Bind(_socket, &to, (uint)sizeof(XdpSocketAddress)) == 0 ? 0 : SocketSetup.LastErrno;
        });
    }
}
