using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Venue;

/// <summary>The venue's end of a connection in memory; the test plays the client. What the client does not take fills up.</summary>
internal sealed class VenueStream(int socketBytes) : IByteStream
{
    private readonly Queue<byte> _toVenue = [];
    private readonly Queue<byte> _toClient = [];

    public StreamState State { get; private set; } = StreamState.Connected;

    public int LastError => 0;

    /// <summary>Most bytes handed over in one call: TCP may split anywhere.</summary>
    public int PieceBytes { get; set; } = int.MaxValue;

    public void BeginConnect() => throw new InvalidOperationException("The venue does not connect.");

    public int Receive(Span<byte> buffer)
    {
        if (State == StreamState.Closed) return -1;
        int count = Math.Min(Math.Min(buffer.Length, _toVenue.Count), PieceBytes);
        for (int i = 0; i < count; i++) buffer[i] = _toVenue.Dequeue();
        return count;
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (State == StreamState.Closed) return -1;
        int count = Math.Min(Math.Min(bytes.Length, socketBytes - _toClient.Count), PieceBytes);
        for (int i = 0; i < count; i++) _toClient.Enqueue(bytes[i]);
        return count;
    }

    public void Close() => State = StreamState.Closed;

    public void ClientSends(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) _toVenue.Enqueue(value);
    }

    public byte[] ClientReads()
    {
        byte[] bytes = [.. _toClient];
        _toClient.Clear();
        return bytes;
    }
}
