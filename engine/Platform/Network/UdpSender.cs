using static MarketMaker.Platform.Network.SocketConstants;

namespace MarketMaker.Platform.Network;

/// <summary>Datagrams out over a connected kernel socket: one at a time, or packets built in place and sent by the batch.</summary>
/// <remarks>
/// Belongs to one thread. After the constructor nothing allocates, waits or throws. A batch: <see cref="NextPacket"/>, write,
/// <see cref="Commit"/>, again, then <see cref="Flush"/>.
/// </remarks>
public sealed unsafe class UdpSender : IPacketSink, IDisposable
{
    private readonly DatagramArena _arena;
    private int _socket;
    private int _firstPending;
    private int _committed;

    /// <summary>Opens the socket and sets its destination.</summary>
    /// <exception cref="SocketSetupException">An address, interface or option cannot be had.</exception>
    public UdpSender(UdpSenderOptions options)
    {
        if (options.Validate() is { } wrong) throw new SocketSetupException($"UDP to {options.Destination}: {wrong}");
        _arena = new DatagramArena(options.BatchMax, options.PacketBytesMax, $"packets to {options.Destination}");
        _socket = SocketSetup.Open(SOCK_DGRAM);
        try
        {
            SendBufferBytes = SocketSetup.SetBuffer(_socket, options.SendBufferBytes, receive: false);
            SocketSetup.Set(_socket, IPPROTO_IP, IP_MULTICAST_TTL, options.MulticastHops, "IP_MULTICAST_TTL");
            SocketSetup.Set(_socket, IPPROTO_IP, IP_MULTICAST_LOOP, 1, "IP_MULTICAST_LOOP");
            if (options.Interface.Length > 0)
            {
                MulticastRequest request = SocketSetup.MulticastOn(options.Interface, 0);
                SocketSetup.SetMulticast(_socket, IP_MULTICAST_IF, request, $"cannot send multicast on '{options.Interface}'");
            }

            SocketSetup.Connect(_socket, options.Destination);
            LocalPort = SocketSetup.LocalPort(_socket);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The port packets come from.</summary>
    public int LocalPort { get; }

    /// <summary>The send buffer the kernel granted, in the terms of the request.</summary>
    public int SendBufferBytes { get; }

    /// <summary>Packets committed and not yet taken by the socket.</summary>
    public int Pending => _committed - _firstPending;

    /// <summary>Room for the next packet of the batch; empty when the batch is full and must be flushed first.</summary>
    // SAFETY: the index is below the arena's count, and the span as long as one datagram's room.
    public Span<byte> NextPacket() =>
        _committed == _arena.Count ? default : new Span<byte>(_arena.Datagram(_committed), _arena.DatagramBytes);

    /// <summary>Puts the packet written to <see cref="NextPacket"/> into the batch.</summary>
    /// <param name="length">Its bytes, at most the room there was.</param>
    public void Commit(int length)
    {
        Invariant.Check(_committed < _arena.Count && (uint)length <= (uint)_arena.DatagramBytes, "a packet fits its room in the batch");
        // SAFETY: the index is below the arena's count; the vector belongs to this header.
        _arena.Headers[_committed].Vectors->Length = (nuint)length;
        _committed++;
    }

    /// <summary>Sends what was committed, in order, without waiting.</summary>
    /// <returns>How many packets the socket took; the rest stays first in line.</returns>
    public int Flush()
    {
        int taken = 0;
        // A refusal is the echo of an earlier packet (nobody listened) and is used up by being told: the next call goes on.
        // Each round sends a packet or uses up a refusal, so twice the batch is the bound.
        for (int round = 0; Pending > 0 && round <= 2 * _arena.Count; round++)
        {
            // SAFETY: the headers from the first pending one on are wired to packets of this arena.
            int sent = SocketCalls.SendMessages(_socket, _arena.Headers + _firstPending, (uint)Pending, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && SocketSetup.LastErrno != ECONNREFUSED) break;
            taken += Math.Max(sent, 0);
            _firstPending += Math.Max(sent, 0);
        }

        if (Pending == 0) _firstPending = _committed = 0;
        return taken;
    }

    /// <summary>Forgets what was committed and not taken: old market data is worth nothing.</summary>
    /// <returns>How many packets were dropped.</returns>
    public int Discard()
    {
        int dropped = Pending;
        _firstPending = _committed = 0;
        return dropped;
    }

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> packet)
    {
        // SAFETY: the packet is pinned for the call.
        fixed (byte* bytes = packet)
        {
            nint sent = SocketCalls.Send(_socket, bytes, (nuint)packet.Length, MSG_DONTWAIT | MSG_NOSIGNAL);
            // The refusal belongs to an earlier packet, and this one was not sent: once more.
            if (sent < 0 && SocketSetup.LastErrno == ECONNREFUSED)
                sent = SocketCalls.Send(_socket, bytes, (nuint)packet.Length, MSG_DONTWAIT | MSG_NOSIGNAL);
            return sent == packet.Length;
        }
    }

    /// <summary>Closes the socket; what was not flushed is lost.</summary>
    public void Dispose()
    {
        if (_socket >= 0) _ = SocketCalls.Close(_socket);
        _socket = -1;
        _arena.Dispose();
    }
}
