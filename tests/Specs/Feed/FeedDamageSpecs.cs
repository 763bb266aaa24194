using System.Buffers.Binary;
using MarketMaker.Contracts;
using MarketMaker.Feed;

namespace MarketMaker.Tests.Specs.Feed;

/// <summary>The stage behind a network that loses, doubles, delays and corrupts by seed.</summary>
public class FeedDamageSpecs
{
    private const int PacketsMax = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void should_end_in_the_states_of_an_undamaged_feed_with_every_offer_seen_once(int seed)
    {
        Random random = new(seed);
        List<byte[]> packets = RandomDay(random);
        Outcome undamaged = Play(packets.Select((packet, at) => (packet, (long)at)));
        List<(byte[] Packet, long ArrivesAt)> damaged = [];
        for (int at = 0; at < packets.Count; at++)
        {
            // A packet lost comes late, as the answer to a re-request would; one doubled comes twice, in any order.
            bool isLost = random.NextDouble() < 0.2;
            damaged.Add((packets[at], at + (isLost ? random.Next(1, 60) : random.Next(0, 3))));
            if (random.NextDouble() < 0.2) damaged.Add((packets[at], at + random.Next(0, 60)));
        }

        Outcome outcome = Play(damaged.OrderBy(one => one.ArrivesAt));
        Assert.True(undamaged.States == outcome.States, $"seed {seed}: {outcome.States} instead of {undamaged.States}");
        Assert.Equal(undamaged.OffersSeen, outcome.OffersSeen);
        Assert.Equal(outcome.OffersSeen, outcome.OffersPublished + outcome.OffersRefused);
        Assert.True(outcome.OffersRefused > 0, $"seed {seed}: no offer was recovered, so nothing was tried");
    }

    [Fact]
    public void should_survive_every_change_of_a_single_byte_of_a_packet()
    {
        FeedLab lab = new FeedLab(new FeedOptions { FarFutureMessages = 1_000, SideTableBits = 10 }).Open();
        byte[] golden = FeedLab.Packet(5, [
            FeedLab.Add(1, Side.Buy), FeedLab.Replace(1, 2), FeedLab.TradingAction("AAPL", 'H'), FeedLab.Directory(16, "MSFT"),
            FeedLab.SystemEvent('Q'), FeedLab.OperationalHalt("IBM", 'Q', 'H')]);
        long published = 0;
        for (int at = 0; at < golden.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] mutated = [.. golden];
                // A fresh number, or the message with the change in it would be a duplicate that nobody reads.
                BinaryPrimitives.WriteUInt64BigEndian(mutated.AsSpan(10), lab.Parser.NextExpected);
                mutated[at] = (byte)value;
                lab.Deliver(0, mutated);
                lab.Deliver(0, mutated[..at]);
                published += lab.PublishedOffers().Count;
            }
        }

        Assert.True(lab.Read(Counter.FeedMalformedPackets) > 1_000);
        Assert.True(lab.Read(Counter.FeedWrongSessionPackets) > 1_000);
        Assert.True(lab.Read(Counter.FeedFarFuturePackets) > 1_000);
        Assert.True(lab.Read(Counter.FeedUnknownMessages) > 1_000);
        Assert.Equal(lab.Read(Counter.FeedOffersSeen), published + lab.RefusedInAll());
    }

    private static List<byte[]> RandomDay(Random random)
    {
        List<byte[]> packets = [];
        ulong sequence = 5;
        ulong reference = 1;
        for (int i = 0; i < PacketsMax; i++)
        {
            byte[][] messages = new byte[random.Next(1, 6)][];
            for (int at = 0; at < messages.Length; at++) messages[at] = RandomMessage(random, ref reference);
            packets.Add(FeedLab.Packet(sequence, messages));
            sequence += (ulong)messages.Length;
        }

        return packets;
    }

    private static byte[] RandomMessage(Random random, ref ulong reference)
    {
        (string stock, ushort locate) = random.Next(3) switch
        {
            0 => ("AAPL", FeedLab.AaplLocate),
            1 => ("IBM", FeedLab.IbmLocate),
            _ => ("MSFT", FeedLab.MsftLocate),
        };
        return random.Next(20) switch
        {
            0 => FeedLab.TradingAction(stock, random.Next(2) == 0 ? 'H' : 'T', locate),
            1 => FeedLab.OperationalHalt(stock, "QBX"[random.Next(3)], random.Next(2) == 0 ? 'H' : 'T', locate),
            2 => FeedLab.SystemEvent(random.Next(2) == 0 ? 'Q' : 'M'),
            3 => FeedLab.Delete(reference),
            _ => FeedLab.Add(reference++, Side.Sell, locate),
        };
    }

    private static Outcome Play(IEnumerable<(byte[] Packet, long ArrivesAt)> arrivals)
    {
        // A ring so small that changes of state often find it full.
        FeedLab lab = new FeedLab(ringCapacity: 16).Open();
        Dictionary<string, TickerFlags> states = [];
        int published = 0;
        foreach ((byte[] packet, _) in arrivals)
        {
            lab.NowNs += 1_000;
            lab.Deliver(0, packet);
            if (lab.NowNs % 5_000 == 0) Take();
        }

        for (int i = 0; i < 3; i++)
        {
            Take();
            lab.Parser.DoWork();
        }

        Assert.Equal(0, lab.Read(Counter.FeedGapOpen));
        return new(
            string.Join(" ", states.OrderBy(state => state.Key)), lab.Read(Counter.FeedOffersSeen), published, lab.RefusedInAll());

        void Take()
        {
            foreach (OfferEvent one in lab.Published())
            {
                if (one.Kind == OfferEventKind.Offer) published++;
                else states[one.Kind == OfferEventKind.MarketHours ? "hours" : $"{one.TickerIndex}"] = one.Flags;
            }
        }
    }

    private sealed record Outcome(string States, long OffersSeen, long OffersPublished, long OffersRefused);
}
