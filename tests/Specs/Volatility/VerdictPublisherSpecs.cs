using MarketMaker.Contracts;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Verdicts;
using MarketMaker.Volatility.Publishing;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Tests.Specs.Volatility;

/// <summary>What the service sends, as a receiver takes it apart.</summary>
public sealed class VerdictPublisherSpecs
{
    private const long WallNs = 1_700_000_000_000_000_000;

    private readonly Line _line = new();
    private readonly VerdictBook _book = new(100, new VolatilityOptions());
    private readonly Universe _universe;
    private readonly VerdictPublisher _publisher;
    private readonly MoldSession _session = SessionName.At(WallNs);

    public VerdictPublisherSpecs()
    {
        Assert.True(Universe.TryCreate([.. Enumerable.Range(0, 100).Select(i => Symbol.Parse($"T{i:000}"))], out Universe? universe, out _));
        _universe = universe!;
        _publisher = new VerdictPublisher(_session, _universe, _book, validityMs: 5_000, _line);
    }

    [Fact]
    public void should_send_a_whole_snapshot_in_as_few_packets_as_it_takes()
    {
        for (int i = 0; i < 100; i++) _book.OnPrice(i, 10_000 + i, 0, 0);
        _publisher.PublishSnapshot(2023_11_14, WallNs);
        _publisher.Flush(0);
        byte[][] messages = Messages();
        Assert.Equal(102, messages.Length);
        Assert.Equal(3, _line.Packets.Count);
        Assert.All(_line.Packets, packet => Assert.InRange(packet.Length, 0, 1_400));
        Assert.True(VerdictSnapshotBegin.TryRead(messages[0], out VerdictSnapshotBegin begin));
        Assert.Equal(new VerdictSnapshotBegin(1, 100, 2023_11_14, WallNs + 5_000_000_000, WallNs), begin);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(TickerVerdict.TryRead(messages[i + 1], out TickerVerdict verdict));
            Assert.Equal(new TickerVerdict(_universe[i], VerdictLevel.Calm, VerdictReasons.None, 1, 0, 10_000 + i, begin.ValidUntilNs, WallNs), verdict);
        }

        Assert.True(VerdictSnapshotEnd.TryRead(messages[101], out VerdictSnapshotEnd end));
        Assert.Equal(new VerdictSnapshotEnd(1, 100), end);
    }

    [Fact]
    public void should_send_a_change_as_part_of_no_snapshot()
    {
        _publisher.PublishChange(7, WallNs);
        _publisher.Flush(0);
        Assert.True(TickerVerdict.TryRead(Messages().Single(), out TickerVerdict verdict));
        Assert.Equal((_universe[7], VerdictLevel.Volatile, VerdictReasons.NoData, VerdictWire.NoSnapshot), (verdict.Ticker, verdict.Level, verdict.Reasons, verdict.Snapshot));
    }

    [Fact]
    public void should_pass_over_the_number_that_means_no_snapshot()
    {
        for (int i = 0; i <= ushort.MaxValue; i++)
        {
            _line.Packets.Clear();
            _publisher.PublishSnapshot(2023_11_14, WallNs);
            _publisher.Flush(0);
        }

        Assert.True(VerdictSnapshotBegin.TryRead(Messages()[0], out VerdictSnapshotBegin begin));
        Assert.Equal(1, begin.Snapshot);
    }

    [Fact]
    public void should_answer_a_request_for_what_was_lost()
    {
        _publisher.PublishSnapshot(2023_11_14, WallNs);
        _publisher.Flush(0);
        byte[] request = new byte[MoldHeader.Length];
        new MoldHeader(_session, 50, 2).Write(request);
        Assert.True(MoldPacket.TryRead(_publisher.Answer(request), out MoldHeader header, out MoldBlocks blocks));
        Assert.Equal((50UL, 2), (header.SequenceNumber, header.BlockCount));
        Assert.True(blocks.TryNext(out ReadOnlySpan<byte> message));
        Assert.True(TickerVerdict.TryRead(message, out TickerVerdict verdict));
        Assert.Equal(_universe[48], verdict.Ticker);
    }

    [Fact]
    public void should_send_a_heartbeat_after_a_second_without_a_message_and_an_end()
    {
        _publisher.Flush(2_000_000_000);
        _publisher.Flush(2_999_999_999);
        Assert.Single(_line.Packets);
        _publisher.EndSession(3_000_000_000);
        Assert.Equal([MoldHeader.Heartbeat, MoldHeader.EndOfSession], _line.Packets.Select(packet =>
        {
            Assert.True(MoldHeader.TryRead(packet, out MoldHeader header));
            return header.MessageCount;
        }));
    }

    [Fact]
    public void should_give_a_later_start_the_greater_name()
    {
        MoldSession later = SessionName.At(WallNs + 1_000_000);
        Assert.True(later.First > _session.First || (later.First == _session.First && later.Last > _session.Last));
        Assert.Equal(10, later.ToString().Length);
        Assert.StartsWith("V", later.ToString(), StringComparison.Ordinal);
    }

    private byte[][] Messages()
    {
        List<byte[]> messages = [];
        foreach (byte[] packet in _line.Packets)
        {
            Assert.True(MoldPacket.TryRead(packet, out _, out MoldBlocks blocks));
            while (blocks.TryNext(out ReadOnlySpan<byte> message)) messages.Add(message.ToArray());
        }

        return [.. messages];
    }

    private sealed class Line : IVerdictLine
    {
        public List<byte[]> Packets { get; } = [];

        public void Send(ReadOnlySpan<byte> packet) => Packets.Add(packet.ToArray());

        public void Flush()
        {
        }
    }
}
