using MarketMaker.Platform.Network;

namespace MarketMaker.Speed.InMemory;

/// <summary>The prepared packets as the struct type parameter that Feed wants: its calls are direct, as they are in the engine.</summary>
internal readonly struct MemoryLine(MemoryPackets packets) : IPacketSource, IPacketSink
{
    public int ReceiveBatch() => packets.ReceiveBatch();

    public ReadOnlySpan<byte> Packet(int index) => packets.Packet(index);

    public bool IsFromVenue(int index) => packets.IsFromVenue(index);

    public bool TrySend(ReadOnlySpan<byte> packet) => packets.TrySend(packet);
}

/// <summary>The venue in memory as the struct type parameter that Execution wants.</summary>
internal readonly struct MemoryOrders(MemoryVenue venue) : IByteStream
{
    public StreamState State => venue.State;

    public int LastError => venue.LastError;

    public void BeginConnect() => venue.BeginConnect();

    public int Receive(Span<byte> buffer) => venue.Receive(buffer);

    public int Send(ReadOnlySpan<byte> bytes) => venue.Send(bytes);

    public void Close() => venue.Close();
}
