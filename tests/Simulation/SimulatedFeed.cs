using MarketMaker.Platform.Network;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Simulation;

/// <summary>The venue's feed: packets that are lost, doubled and overtaken on their way, and a server that answers re-requests.</summary>
internal sealed class SimulatedFeed(VirtualTime time, Random random, double damage)
{
    private const long HeartbeatNs = 50 * VirtualTime.NsPerMs;

    private readonly MoldSession _session = SessionOf("SIMFEED");
    private readonly MoldMessageStore _store = new(capacity: 65_536, messageBytesMax: 64);
    private readonly List<(long AtNs, byte[] Bytes)> _underWay = [];
    private readonly List<byte[]> _pending = [];
    private long _lastPacketNs;

    public ulong NextSequence => _store.NextSequence;

    public void Publish<T>(T message)
        where T : struct, IItchMessage<T>
    {
        byte[] bytes = new byte[T.Length];
        message.Write(bytes);
        _pending.Add(bytes);
    }

    /// <summary>Sends what was published since the last call, or a heartbeat when there was nothing for a while.</summary>
    public void Work()
    {
        if (_pending.Count == 0 && time.NowNs - _lastPacketNs < HeartbeatNs) return;
        _lastPacketNs = time.NowNs;
        MoldPacketBuilder builder = new(_session, firstSequence: _store.NextSequence);
        foreach (byte[] message in _pending)
        {
            Assert.True(_store.TryAdd(message) && builder.TryAdd(message));
        }

        SendDamaged(_pending.Count == 0 ? builder.Heartbeat() : builder.Finish());
        _pending.Clear();
    }

    /// <summary>Takes the next packet that has arrived at the engine.</summary>
    public bool TryReceive(out byte[] packet)
    {
        int next = _underWay.FindIndex(one => one.AtNs <= time.NowNs);
        packet = next < 0 ? [] : _underWay[next].Bytes;
        if (next >= 0) _underWay.RemoveAt(next);
        return next >= 0;
    }

    /// <summary>The engine was killed: its socket is gone with all that was in it.</summary>
    public void DropUnderWay() => _underWay.Clear();

    public void OnRequest(ReadOnlySpan<byte> request)
    {
        ReadOnlySpan<byte> answer = new MoldRequestServer(_session, _store).Answer(request);
        if (!answer.IsEmpty) SendDamaged(answer);
    }

    private void SendDamaged(ReadOnlySpan<byte> packet)
    {
        if (random.NextDouble() < damage) return;
        int copies = random.NextDouble() < damage ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            bool isLate = random.NextDouble() < damage;
            _underWay.Add((time.NowNs + random.Next(10_000, isLate ? 3_000_000 : 50_000), packet.ToArray()));
        }
    }

    private static MoldSession SessionOf(string name)
    {
        Assert.True(MoldSession.TryParse(name, out MoldSession session));
        return session;
    }
}

internal struct SimulatedPackets(SimulatedFeed feed) : IPacketSource
{
    private readonly List<byte[]> _batch = [];

    public readonly int ReceiveBatch()
    {
        _batch.Clear();
        while (_batch.Count < 16 && feed.TryReceive(out byte[] packet)) _batch.Add(packet);
        return _batch.Count;
    }

    public readonly ReadOnlySpan<byte> Packet(int index) => _batch[index];

    public readonly bool IsFromVenue(int index) => true;
}

internal readonly struct SimulatedRequests(SimulatedFeed feed) : IPacketSink
{
    public bool TrySend(ReadOnlySpan<byte> packet)
    {
        feed.OnRequest(packet);
        return true;
    }
}
