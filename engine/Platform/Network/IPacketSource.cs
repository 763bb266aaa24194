namespace MarketMaker.Platform.Network;

/// <summary>Datagrams in: kernel sockets today, AF_XDP behind the same members, memory in a simulation.</summary>
/// <remarks>Used as a struct type parameter, so a call is direct. Belongs to one thread.</remarks>
public interface IPacketSource
{
    /// <summary>Takes what has arrived, at most one batch, without waiting.</summary>
    /// <returns>How many packets the batch holds; they stay valid until the next call.</returns>
    int ReceiveBatch();

    /// <summary>The bytes of a packet of the current batch. A packet longer than the buffer comes out empty (it is malformed).</summary>
    ReadOnlySpan<byte> Packet(int index);

    /// <summary>Whether the packet came from an address the source was told to accept.</summary>
    bool IsFromVenue(int index);
}

/// <summary>Datagrams out, such as re-requests.</summary>
public interface IPacketSink
{
    /// <summary>Sends one datagram without waiting.</summary>
    /// <returns>False when it was not taken; datagrams may be lost anyway.</returns>
    bool TrySend(ReadOnlySpan<byte> packet);
}
