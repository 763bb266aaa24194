using System.Numerics;
using MarketMaker.Contracts;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Verdicts;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Volatility.Publishing;

/// <summary>The sending side of the channel: changes at once, a whole snapshot when told, several messages in a packet, all kept for re-requests.</summary>
/// <remarks>One thread. Takes its memory at construction.</remarks>
internal sealed class VerdictPublisher
{
    private const long HeartbeatNs = 1_000_000_000;

    /// <summary>Snapshots kept for re-requests: an engine gives a gap up long before.</summary>
    private const int SnapshotsKept = 8;

    private readonly Universe _universe;
    private readonly VerdictBook _book;
    private readonly MoldPacketBuilder _builder;
    private readonly MoldMessageStore _store;
    private readonly MoldRequestServer _requests;
    private readonly IVerdictLine[] _lines;
    private readonly long _validityNs;
    private ushort _snapshot;
    private long _lastSentNs;

    public VerdictPublisher(MoldSession session, Universe universe, VerdictBook book, int validityMs, params IVerdictLine[] lines)
    {
        (_universe, _book, _lines) = (universe, book, lines);
        _validityNs = validityMs * 1_000_000L;
        _builder = new MoldPacketBuilder(session);
        _store = new MoldMessageStore((int)BitOperations.RoundUpToPowerOf2((uint)(universe.Count + 2) * SnapshotsKept), VerdictWire.LengthMax);
        _requests = new MoldRequestServer(session, _store);
    }

    public long Messages => (long)_builder.NextSequence - 1;

    public long Packets { get; private set; }

    /// <summary>Sends a verdict that has changed with the next <see cref="Flush"/>.</summary>
    public void PublishChange(int ticker, long wallNs) => Publish(ticker, VerdictWire.NoSnapshot, wallNs);

    /// <summary>Sends every verdict as it stands.</summary>
    public void PublishSnapshot(int tradingDate, long wallNs)
    {
        if (++_snapshot == VerdictWire.NoSnapshot) _snapshot++;
        ushort tickers = (ushort)_universe.Count;
        Span<byte> begin = Reserve(VerdictSnapshotBegin.Length);
        new VerdictSnapshotBegin(_snapshot, tickers, tradingDate, wallNs + _validityNs, wallNs).Write(begin);
        _store.TryAdd(begin);
        for (int ticker = 0; ticker < _universe.Count; ticker++) Publish(ticker, _snapshot, wallNs);
        Span<byte> end = Reserve(VerdictSnapshotEnd.Length);
        new VerdictSnapshotEnd(_snapshot, tickers).Write(end);
        _store.TryAdd(end);
    }

    /// <summary>Sends what was published, and a heartbeat after a second without anything.</summary>
    public void Flush(long nowNs)
    {
        bool hasSent = SendPacket();
        if (hasSent) _lastSentNs = nowNs;
        else if (nowNs - _lastSentNs >= HeartbeatNs) Send(_builder.Heartbeat(), nowNs);
        else return;
        foreach (IVerdictLine line in _lines) line.Flush();
    }

    /// <summary>Says that the session is over.</summary>
    public void EndSession(long nowNs)
    {
        SendPacket();
        Send(_builder.EndOfSession(), nowNs);
        foreach (IVerdictLine line in _lines) line.Flush();
    }

    /// <summary>The answer to a re-request; empty when it cannot be served.</summary>
    public ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> request) => _requests.Answer(request);

    private void Publish(int ticker, ushort snapshot, long wallNs)
    {
        VerdictLine line = _book[ticker];
        Span<byte> message = Reserve(TickerVerdict.Length);
        new TickerVerdict(_universe[ticker], line.Level, line.Reasons, snapshot, line.SigmaCentiBp, line.OpenPrice, wallNs + _validityNs, wallNs).Write(message);
        _store.TryAdd(message);
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_builder.TryReserve(bytes, out Span<byte> place)) return place;
        SendPacket();
        return _builder.TryReserve(bytes, out place) ? place : throw new InvalidOperationException($"A message of {bytes} bytes fits no packet.");
    }

    private bool SendPacket()
    {
        ReadOnlySpan<byte> packet = _builder.Finish();
        if (packet.IsEmpty) return false;
        Send(packet, _lastSentNs);
        return true;
    }

    private void Send(ReadOnlySpan<byte> packet, long nowNs)
    {
        foreach (IVerdictLine line in _lines) line.Send(packet);
        Packets++;
        _lastSentNs = nowNs;
    }
}
