using static MarketMaker.Platform.Network.SocketConstants;

namespace MarketMaker.Platform.Network;

/// <summary>Datagrams in over a kernel socket, and datagrams back to where they came from.</summary>
/// <remarks>
/// Belongs to one thread. After the constructor nothing allocates, waits or throws. Datagrams are taken one at a time by recvfrom, which costs half of a
/// recvmmsg and lets the first of several be answered before the second is read; what has queued up is taken by the batch.
/// </remarks>
public sealed unsafe class UdpReceiver : IPacketSource, IPacketSink, IDisposable
{
    /// <summary>Datagrams found one after the other before a batch is asked for: by then a queue is more likely than not.</summary>
    private const int SinglesInARow = 8;

    /// <summary>A batch of no more than this says that the queue is gone: up to here single calls cost less (four for one).</summary>
    private const int FewInABatch = 4;

    private readonly DatagramArena _arena;
    private readonly bool _anySender;
    private readonly bool _anyPort;
    private readonly PacketTimestamps _timestamps;
    private Ipv4SocketAddress _venue;
    private int _socket;
    private int _batchCount;
    private int _foundInARow;
    private int _headersUsed;

    /// <summary>Opens and binds the socket, and joins the group when the address is a multicast one.</summary>
    /// <exception cref="SocketSetupException">An address, port, interface or option cannot be had.</exception>
    public UdpReceiver(UdpReceiverOptions options)
    {
        if (options.Validate() is { } wrong) throw new SocketSetupException($"UDP {options.Bind}: {wrong}");
        _anySender = options.Venue is null;
        _anyPort = options.Venue?.Port == 0;
        if (options.Venue is not null) _venue = Ipv4SocketAddress.From(options.Venue);
        _timestamps = options.Timestamps;
        int controlBytes = _timestamps == PacketTimestamps.None ? 0 : sizeof(TimestampControlMessage);
        _arena = new DatagramArena(options.BatchMax, options.DatagramBytesMax, $"datagrams of {options.Bind}", controlBytes);
        ResetHeaders(options.BatchMax);
        _socket = SocketSetup.Open(SOCK_DGRAM);
        try
        {
            SocketSetup.Set(_socket, SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
            ReceiveBufferBytes = SocketSetup.SetBuffer(_socket, options.ReceiveBufferBytes, receive: true);
            SocketSetup.SetBusyPoll(_socket, options.BusyPoll);
            SocketSetup.SetTimestamps(_socket, options.Timestamps);
            SocketSetup.Bind(_socket, options.Bind, "UDP");
            Port = SocketSetup.LocalPort(_socket);
            if (IsMulticast(options.Bind)) Join(options);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The port listened on.</summary>
    public int Port { get; }

    /// <summary>The receive buffer the kernel granted, in the terms of the request.</summary>
    public int ReceiveBufferBytes { get; }

    /// <summary>Takes of what has arrived one datagram, or at most a batch where more have queued up, without waiting. On a failure there is none.</summary>
    /// <returns>How many packets the batch holds; they stay valid until the next call.</returns>
    public int ReceiveBatch() =>
        _batchCount = _foundInARow < SinglesInARow && _timestamps == PacketTimestamps.None ? ReceiveOne() : ReceiveQueued();

    private int ReceiveOne()
    {
        uint addressBytes = (uint)sizeof(Ipv4SocketAddress);
        // SAFETY: the kernel writes no more than the room of the arena's first datagram and address.
        nint bytes = SocketCalls.ReceiveFrom(_socket, _arena.Datagram(0), (nuint)_arena.DatagramBytes, MSG_DONTWAIT | MSG_TRUNC, _arena.Addresses, &addressBytes);
        if (bytes < 0)
        {
            _foundInARow = 0;
            return 0;
        }

        _foundInARow++;
        // What recvmmsg would have written: the length that it had, and whether it was cut.
        _arena.Headers[0].Length = (uint)bytes;
        _arena.Headers[0].Flags = bytes > _arena.DatagramBytes ? MSG_TRUNC : 0;
        return 1;
    }

    private int ReceiveQueued()
    {
        ResetHeaders(_headersUsed);
        // SAFETY: the arena's headers point into the arena alone and say how long each part is.
        int received = SocketCalls.ReceiveMessages(_socket, _arena.Headers, (uint)_arena.Count, MSG_DONTWAIT, null);
        if (received <= FewInABatch) _foundInARow = 0;
        return _headersUsed = Math.Max(received, 0);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet(int index)
    {
        if ((uint)index >= (uint)_batchCount) return default;
        // SAFETY: the index is inside the batch; a packet that did not fit is flagged and not shown.
        MessageHeader* header = &_arena.Headers[index];
        return (header->Flags & MSG_TRUNC) != 0 ? default : new ReadOnlySpan<byte>(_arena.Datagram(index), (int)header->Length);
    }

    /// <inheritdoc/>
    public bool IsFromVenue(int index)
    {
        if (_anySender) return true;
        if ((uint)index >= (uint)_batchCount) return false;
        // SAFETY: the index is inside the batch; the kernel filled the address.
        Ipv4SocketAddress* from = &_arena.Addresses[index];
        return from->AddressBigEndian == _venue.AddressBigEndian && (_anyPort || from->PortBigEndian == _venue.PortBigEndian);
    }

    /// <summary>When the kernel, or the card, received a packet of the current batch, as <see cref="UdpReceiverOptions.Timestamps"/> asks.</summary>
    /// <returns>Wall-clock ns since 1970; 0 when it is not known.</returns>
    public long ArrivedWallNs(int index)
    {
        if (_timestamps == PacketTimestamps.None || (uint)index >= (uint)_batchCount) return 0;
        // SAFETY: the index is inside the batch; a message found is whole, and lies in the room of this packet.
        TimestampControlMessage* stamp = (TimestampControlMessage*)FindControl(index, SO_TIMESTAMPING, sizeof(TimestampControlMessage));
        if (stamp is null) return 0;
        (long seconds, long nanoseconds) = _timestamps == PacketTimestamps.Kernel
            ? (stamp->KernelSeconds, stamp->KernelNanoseconds)
            : (stamp->CardSeconds, stamp->CardNanoseconds);
        return seconds * 1_000_000_000 + nanoseconds;
    }

    /// <summary>Sends one datagram to the venue, which the options must name with its port, without waiting.</summary>
    /// <returns>False when it was not taken, or when there is no such address.</returns>
    public bool TrySend(ReadOnlySpan<byte> packet) => !_anySender && !_anyPort && SendTo(_venue, packet);

    /// <summary>Answers the sender of a packet of the current batch, without waiting.</summary>
    /// <returns>False when it was not taken.</returns>
    public bool TryReply(int index, ReadOnlySpan<byte> packet) =>
        // SAFETY: the index is inside the batch; the kernel filled the address.
        (uint)index < (uint)_batchCount && SendTo(_arena.Addresses[index], packet);

    /// <summary>Datagrams that the kernel dropped so far because the receive buffer was full (SO_MEMINFO). A system call: for reports, on any thread.</summary>
    /// <remarks>The kernel counts in 32 bits.</remarks>
    public long ReadKernelDrops()
    {
        const int Words = 9;
        const int DropsWord = 8;
        uint* words = stackalloc uint[Words];
        uint bytes = Words * sizeof(uint);
        // SAFETY: the kernel writes at most the bytes named, to a local array of that size.
        bool read = SocketCalls.GetOption(_socket, SOL_SOCKET, SO_MEMINFO, words, &bytes) == 0 && bytes == Words * sizeof(uint);
        return read ? words[DropsWord] : 0;
    }

    /// <summary>Closes the socket and frees the batch; packets must not be looked at any more.</summary>
    public void Dispose()
    {
        if (_socket >= 0) _ = SocketCalls.Close(_socket);
        _socket = -1;
        _batchCount = 0;
        _arena.Dispose();
    }

    private bool SendTo(Ipv4SocketAddress address, ReadOnlySpan<byte> packet)
    {
        const int Flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        uint addressBytes = (uint)sizeof(Ipv4SocketAddress);
        // SAFETY: the packet is pinned for the call; the address is a local.
        fixed (byte* bytes = packet)
            return SocketCalls.SendTo(_socket, bytes, (nuint)packet.Length, Flags, &address, addressBytes) == packet.Length;
    }

    // The kernel overwrites these fields with what it found; only the headers it used need them again.
    private void ResetHeaders(int count)
    {
        // SAFETY: the count is at most the arena's.
        for (int i = 0; i < count; i++)
        {
            MessageHeader* header = &_arena.Headers[i];
            header->Name = &_arena.Addresses[i];
            header->NameLength = (uint)sizeof(Ipv4SocketAddress);
            header->Control = _arena.Control(i);
            header->ControlLength = (nuint)_arena.ControlBytes;
        }
    }

    // The first control message of a type that is as long as it must be; null when the kernel wrote none.
    private byte* FindControl(int index, int type, int bytesMin)
    {
        long end = (long)_arena.Headers[index].ControlLength;
        for (long at = 0; at + sizeof(ControlHeader) <= end;)
        {
            // SAFETY: the kernel wrote the messages up to its length one behind the other, each at a multiple of 8 bytes.
            ControlHeader* header = (ControlHeader*)(_arena.Control(index) + at);
            long bytes = (long)header->Length;
            if (bytes < sizeof(ControlHeader) || at + bytes > end) return null;
            if (header->Level == SOL_SOCKET && header->Type == type) return bytes < bytesMin ? null : (byte*)header;
            at += (bytes + 7) & ~7;
        }

        return null;
    }

    private static bool IsMulticast(System.Net.IPEndPoint endpoint) => (Ipv4SocketAddress.Bits(endpoint.Address) & 0xF0) == 0xE0;

    private void Join(UdpReceiverOptions options)
    {
        MulticastRequest request = SocketSetup.MulticastOn(options.Interface, Ipv4SocketAddress.Bits(options.Bind.Address));
        SocketSetup.SetMulticast(_socket, IP_ADD_MEMBERSHIP, request, $"cannot join {options.Bind.Address} on '{options.Interface}'");
        // Only groups that this socket joined, not those of other sockets of the host.
        SocketSetup.Set(_socket, IPPROTO_IP, IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
    }
}
