using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Protocols.MoldUdp64;

/// <summary>A sender, two lines that lose, double and delay by seed, and a request server that loses too.</summary>
public class MoldLossSpecs
{
    private const int MessagesMax = 3_000;
    private const long StepNs = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void should_deliver_every_message_exactly_once_over_lines_that_lose_double_and_reorder(int seed)
    {
        Random random = new(seed);
        MoldLine line = new(new MoldReceiverOptions { FirstRequestDelayNs = 100_000, RetryNs = 300_000, AttemptsMax = 1_000 });
        MoldPacketBuilder sender = new(MoldLine.Session());
        MoldMessageStore store = new(capacity: 4_096, messageBytesMax: 8);
        MoldRequestServer server = new(MoldLine.Session(), store, packetBytesMax: 100);
        PriorityQueue<byte[], long> network = new();
        double loss = random.NextDouble() * 0.3;
        byte[] request = new byte[MoldHeader.Length];
        long nowNs = 0;
        for (; nowNs < StepNs * 100_000 && !line.Receiver.IsEnded; nowNs += StepNs)
        {
            byte[] packet = NextPacket(sender, store, random);
            for (int copy = 0; copy < 2; copy++) Travel(packet);
            while (network.TryPeek(out _, out long arrivesNs) && arrivesNs <= nowNs) line.Receive(network.Dequeue(), nowNs);
            while (line.Receiver.TryNextRequest(nowNs, out MoldHeader wanted))
            {
                wanted.Write(request);
                byte[] answer = server.Answer(request).ToArray();
                if (answer.Length > 0) Travel(answer);
            }
        }

        Assert.True(line.Receiver.IsEnded, $"seed {seed}: not ended, {line.Receiver.GapsOpen} gaps open");
        Assert.Equal(MessagesMax, line.Delivered.Count);
        Assert.Equal(MessagesMax, line.Delivered.Select(text => text.TrimEnd('r')).Distinct().Count());
        ref readonly MoldStatistics statistics = ref line.Receiver.Statistics;
        Assert.Equal(MessagesMax, statistics.Delivered);
        Assert.Equal(statistics.Recovered, line.Delivered.Count(text => text.EndsWith('r')));
        Assert.Equal(0, statistics.Lost);
        Assert.True(loss < 0.02 || statistics.Recovered > 0, $"seed {seed}: nothing had to be recovered at a loss of {loss:P0}");

        void Travel(byte[] packet)
        {
            if (random.NextDouble() < loss) return;
            int copies = random.NextDouble() < 0.05 ? 2 : 1;
            for (; copies > 0; copies--) network.Enqueue(packet, nowNs + random.Next(0, 10) * StepNs);
        }
    }

    private static byte[] NextPacket(MoldPacketBuilder sender, MoldMessageStore store, Random random)
    {
        int count = Math.Min(random.Next(0, 6), MessagesMax + 1 - (int)sender.NextSequence);
        for (int i = 0; i < count; i++)
        {
            byte[] message = System.Text.Encoding.ASCII.GetBytes($"{sender.NextSequence}");
            store.TryAdd(message);
            sender.TryAdd(message);
        }

        if (count > 0) return sender.Finish().ToArray();
        return (sender.NextSequence > MessagesMax ? sender.EndOfSession() : sender.Heartbeat()).ToArray();
    }
}
