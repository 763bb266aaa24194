using MarketMaker.Contracts;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Venue.Feed;

namespace MarketMaker.Tests.Specs.Venue;

public class FeedPublisherSpecs
{
    [Fact]
    public void should_number_every_message_once_in_packets_of_at_most_1400_bytes()
    {
        (FeedPublisher feed, RecordedLine line) = Create();
        for (ulong i = 1; i <= 1_000; i++)
        {
            feed.Publish(new OrderDelete(new ItchHeader(1, 0, 5), i));
            if (i % 37 == 0) feed.Flush(0);
        }

        feed.Flush(0);
        ulong expected = 1;
        foreach (byte[] packet in line.Packets)
        {
            Assert.InRange(packet.Length, 21, 1_400);
            Assert.True(MoldPacket.TryRead(packet, out MoldHeader header, out MoldBlocks blocks));
            Assert.Equal(expected, header.SequenceNumber);
            while (blocks.TryNext(out ReadOnlySpan<byte> message))
            {
                Assert.True(ItchCodec.TryRead(message, out OrderDelete delete));
                Assert.Equal(expected++, delete.OrderReference);
            }
        }

        Assert.Equal(1_001ul, expected);
    }

    [Fact]
    public void should_answer_a_re_request_with_the_same_messages_and_an_unknown_one_with_nothing()
    {
        (FeedPublisher feed, RecordedLine line) = Create();
        for (ulong i = 1; i <= 10; i++) feed.Publish(new OrderDelete(new ItchHeader(1, 0, 5), i));
        feed.Flush(0);
        byte[] request = new byte[MoldHeader.Length];
        new MoldHeader(Session(), 4, 3).Write(request);
        Assert.True(MoldPacket.TryRead(feed.Answer(request), out MoldHeader header, out MoldBlocks blocks));
        Assert.Equal((4ul, 3), (header.SequenceNumber, header.MessageCount));
        Assert.True(blocks.TryNext(out ReadOnlySpan<byte> message) && ItchCodec.TryRead(message, out OrderDelete delete) && delete.OrderReference == 4);
        new MoldHeader(Session(), 11, 1).Write(request);
        Assert.True(feed.Answer(request).IsEmpty);
        Assert.Single(line.Packets);
    }

    [Fact]
    public void should_beat_when_a_second_is_quiet_and_end_with_the_end_of_session()
    {
        (FeedPublisher feed, RecordedLine line) = Create();
        feed.Publish(new SystemEvent(default, (byte)'O'));
        feed.Flush(10);
        feed.Flush(999_999_999);
        Assert.Single(line.Packets);
        feed.Flush(1_000_000_010);
        feed.EndSession(1_000_000_020);
        Assert.Equal([1, 0, 0xFFFF], line.Packets.Select(p => { MoldHeader.TryRead(p, out MoldHeader h); return (int)h.MessageCount; }));
        Assert.All(line.Packets.Skip(1), p => { MoldHeader.TryRead(p, out MoldHeader h); Assert.Equal(2ul, h.SequenceNumber); });
    }

    [Fact]
    public void should_give_a_late_joiner_events_directory_states_and_the_number_to_go_on_from()
    {
        (FeedPublisher feed, _) = Create();
        feed.Publish(new SystemEvent(default, (byte)'O'));
        for (ushort locate = 1; locate <= 3; locate++) feed.Publish(Entry(locate));
        feed.Publish(Trading(2, 'T'));
        feed.Publish(new OrderDelete(new ItchHeader(1, 0, 5), 77));
        feed.Publish(new SystemEvent(default, (byte)'Q'));
        feed.Publish(Trading(2, 'H'));

        List<byte[]> snapshot = feed.Directory.Snapshot();
        Assert.Equal("SSRRRHG", string.Concat(snapshot.Select(m => (char)m[0])));
        Assert.Equal("OQ", string.Concat(snapshot.Take(2).Select(m => (char)m[11])));
        Assert.Equal('H', (char)snapshot[5][19]);
        // GLIMPSE end of snapshot: G and 20 characters, right-justified. Eight messages were published.
        Assert.Equal("G" + "9".PadLeft(20), System.Text.Encoding.ASCII.GetString(snapshot[^1]));
    }

    [Fact]
    public void should_damage_a_line_by_seed_and_only_by_losing_doubling_and_reordering()
    {
        FeedDamage damage = new(Loss: 0.1, Duplicate: 0.1, Reorder: 0.1, Seed: 5);
        List<int> first = Damage(damage);
        Assert.Equal(first, Damage(damage));
        Assert.NotEqual(first, Damage(damage with { Seed = 6 }));
        Assert.InRange(Enumerable.Range(0, 10_000).Except(first).Count(), 900, 1_100);
        Assert.InRange(first.GroupBy(p => p).Count(g => g.Count() == 2), 800, 1_000);
        Assert.Equal(2, first.GroupBy(p => p).Max(g => g.Count()));
        Assert.InRange(first.Zip(first.Skip(1)).Count(p => p.Second < p.First), 600, 1_000);
        Assert.InRange(first.Select((p, i) => first.Take(i).LastOrDefault() - p).Max(), 1, 8);
    }

    private static List<int> Damage(FeedDamage damage)
    {
        RecordedLine line = new();
        DamagedFeedLine damaged = new(line, damage, stream: 0);
        for (int i = 0; i < 10_000; i++) damaged.Send(BitConverter.GetBytes(i));
        return [.. line.Packets.Select(p => BitConverter.ToInt32(p))];
    }

    private static StockDirectory Entry(ushort locate) => new(
        new ItchHeader(locate, 0, 0), Symbol.Parse("T" + locate), (byte)'Q', (byte)'N', 100, (byte)'N', (byte)'C', 0, (byte)'P', (byte)'N', (byte)'N',
        (byte)'1', (byte)'N', 0, (byte)'N');

    private static TradingAction Trading(ushort locate, char state) =>
        new(new ItchHeader(locate, 0, 0), Symbol.Parse("T" + locate), (byte)state, (byte)' ', Alpha4.Blank);

    private static MoldSession Session()
    {
        Assert.True(MoldSession.TryParse("SESSION1", out MoldSession session));
        return session;
    }

    private static (FeedPublisher Feed, RecordedLine Line) Create()
    {
        RecordedLine line = new();
        return (new FeedPublisher(Session(), 1 << 12, line), line);
    }
}

internal sealed class RecordedLine : IFeedLine
{
    public List<byte[]> Packets { get; } = [];

    public void Send(ReadOnlySpan<byte> packet) => Packets.Add(packet.ToArray());

    public void Flush()
    {
    }
}
