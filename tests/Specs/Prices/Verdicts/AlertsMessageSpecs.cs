using MarketMaker.Contracts;
using MarketMaker.Prices.Verdicts;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Tests.Specs.Prices.Verdicts;

/// <summary>Messages that must not count, a ring without room, and memory.</summary>
public sealed class AlertsMessageSpecs
{
    private readonly AlertsLab _lab = new();

    [Theory]
    [InlineData(-1, AlertsLab.TradingDate)]
    [InlineData(0, AlertsLab.TradingDate)]
    [InlineData(1_000, 2022_03_01)]
    [InlineData(1_000, 0)]
    public void should_not_trust_what_is_outdated_when_it_comes(long validForMs, int date)
    {
        long validUntilNs = _lab.Time.WallNs + validForMs * ManualTime.NsPerMs;
        _lab.Snapshot = 1;
        _lab.Send(_lab.Begin(0, validUntilNs, date), _lab.End(0));
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal(1, Read(Counter.AlertsOutdatedMessages));
    }

    [Fact]
    public void should_drop_and_count_what_is_foreign_malformed_or_of_another_version()
    {
        Trust();
        byte[] good = AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.Jump);
        byte[] newer = [.. good];
        newer[1] = 2;
        _lab.Deliver(_lab.Packet(_lab.NextSequence, good), isFromVenue: false);
        _lab.Send(newer, [], [(byte)'X'], good[..^1]);
        _lab.Deliver(_lab.Packet(_lab.NextSequence, good)[..^1]);
        Assert.Equal(TickerFlags.None, _lab.Flags[1]);
        Assert.Equal(1, Read(Counter.AlertsForeignPackets));
        Assert.Equal(4, Read(Counter.AlertsMalformedMessages));
        _lab.Send(good);
        Assert.Equal(1, Read(Counter.AlertsMalformedPackets));
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[1]);
    }

    [Fact]
    public void should_wait_for_room_on_a_full_ring_and_lose_nothing()
    {
        AlertsLab lab = new(ringCapacity: 2);
        lab.Work();
        Assert.Equal(AlertsLab.Unsafe, lab.ForAll);
        // The constructor's event is read; the ring takes two, and nobody reads while these come.
        lab.Deliver(lab.Packet(1, lab.WholeSnapshot("AAPL", "IBM", "MSFT")));
        for (int i = 0; i < 4; i++) lab.Work();
        Assert.Equal(TickerFlags.None, lab.ForAll);
        Assert.Equal([AlertsLab.Unsafe, AlertsLab.Unsafe, AlertsLab.Unsafe], lab.Flags);
        Assert.Equal(PriceEventKind.VerdictForAll, lab.Events[^1].Kind);
    }

    [Fact]
    public void should_allocate_nothing()
    {
        Trust();
        byte[] snapshot = _lab.Packet(_lab.NextSequence, _lab.WholeSnapshot("IBM"));
        byte[] change = _lab.Packet(_lab.NextSequence + 5, AlertsLab.Verdict("AAPL", VerdictLevel.Volatile, VerdictReasons.Jump));
        AlertsLab warm = new();
        warm.Send(warm.WholeSnapshot("IBM"));
        warm.Send(AlertsLab.Verdict("AAPL", VerdictLevel.Volatile, VerdictReasons.Jump));
        _lab.Enqueue(snapshot);
        _lab.Enqueue(change);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _lab.Agent.DoWork();
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, after - before);
        _lab.Read();
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[0]);
    }

    [Fact]
    public void should_survive_every_damage_to_a_packet()
    {
        Random random = new(5);
        AlertsLab lab = new(new VerdictOptions { ValidityMaxMs = 600_000 });
        for (int i = 0; i < 20_000; i++)
        {
            byte[] packet = lab.Packet(lab.NextSequence, lab.WholeSnapshot("IBM"));
            for (int hits = random.Next(1, 4); hits > 0; hits--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            lab.Deliver(random.Next(4) == 0 ? packet[..random.Next(packet.Length)] : packet);
            lab.Time.Advance(ManualTime.NsPerMs);
        }

        lab.Session = "VZZZZZZZZZ";
        lab.NextSequence = 1;
        lab.Advance(3_001);
        lab.Send(lab.WholeSnapshot("IBM"));
        lab.Work();
        Assert.Equal([TickerFlags.None, AlertsLab.Unsafe, TickerFlags.None], lab.Flags);
    }

    private void Trust()
    {
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        _lab.Logged();
    }

    private long Read(Counter counter) => _lab.Counters.Read(counter);
}
