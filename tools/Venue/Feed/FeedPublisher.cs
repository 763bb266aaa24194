using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Venue.Feed;

/// <summary>The sending side of the feed: packs messages, numbers them, keeps them for re-requests, sends them on all lines.</summary>
/// <remarks>Belongs to the market thread, which also answers re-requests: no lock stands between the feed and its store.</remarks>
public sealed class FeedPublisher
{
    private const long HeartbeatNs = 1_000_000_000;

    private readonly MoldPacketBuilder _builder;
    private readonly MoldMessageStore _store;
    private readonly MoldRequestServer _requests;
    private readonly IFeedLine[] _lines;
    private long _lastSentNs;

    /// <summary>Starts a session at message 1.</summary>
    /// <param name="session">Its name.</param>
    /// <param name="messagesKept">Messages kept for re-requests; a power of two.</param>
    /// <param name="lines">Where packets leave: line A, line B.</param>
    public FeedPublisher(MoldSession session, int messagesKept, params IFeedLine[] lines)
    {
        _builder = new MoldPacketBuilder(session);
        _store = new MoldMessageStore(messagesKept, ItchLengths.Max);
        _requests = new MoldRequestServer(session, _store);
        _lines = lines;
    }

    /// <summary>What a late joiner needs; safe to read from any thread.</summary>
    public DirectoryState Directory { get; } = new();

    /// <summary>Messages published so far.</summary>
    public long Messages => (long)_builder.NextSequence - 1;

    /// <summary>Packets sent so far on each line, heartbeats included.</summary>
    public long Packets { get; private set; }

    /// <summary>Publishes a message.</summary>
    public void Publish<T>(in T message)
        where T : struct, IItchMessage<T>
    {
        Span<byte> place = Reserve(T.Length);
        message.Write(place);
        Keep(place);
    }

    /// <summary>Publishes a message that is already in its wire form.</summary>
    public void PublishRaw(ReadOnlySpan<byte> message)
    {
        Span<byte> place = Reserve(message.Length);
        message.CopyTo(place);
        Keep(place);
    }

    /// <summary>Sends what was published, and a heartbeat when a second has gone by without anything.</summary>
    public void Flush(long nowNs)
    {
        SendPacket(nowNs);
        if (nowNs - _lastSentNs >= HeartbeatNs) Send(_builder.Heartbeat(), nowNs);
        foreach (IFeedLine line in _lines) line.Flush();
    }

    /// <summary>Sends one end-of-session packet; call it repeatedly for a short while.</summary>
    public void EndSession(long nowNs)
    {
        SendPacket(nowNs);
        Send(_builder.EndOfSession(), nowNs);
        foreach (IFeedLine line in _lines) line.Flush();
    }

    /// <summary>The answer to a re-request; empty when it cannot be served.</summary>
    public ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> request) => _requests.Answer(request);

    private Span<byte> Reserve(int bytes)
    {
        if (_builder.TryReserve(bytes, out Span<byte> place)) return place;
        SendPacket(_lastSentNs);
        return _builder.TryReserve(bytes, out place) ? place : throw new InvalidOperationException($"A message of {bytes} bytes fits no packet.");
    }

    private void Keep(ReadOnlySpan<byte> message)
    {
        _store.TryAdd(message);
        if (DirectoryState.IsKept(message[0])) Directory.Note(message);
        Directory.NextSequence = _builder.NextSequence;
    }

    private void SendPacket(long nowNs)
    {
        ReadOnlySpan<byte> packet = _builder.Finish();
        if (!packet.IsEmpty) Send(packet, nowNs);
    }

    private void Send(ReadOnlySpan<byte> packet, long nowNs)
    {
        foreach (IFeedLine line in _lines) line.Send(packet);
        Packets++;
        _lastSentNs = nowNs;
    }
}
