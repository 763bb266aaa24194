using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Concurrency.Threads;

public sealed class AgentPipelineSpecs
{
    private const int Events = 5_000;

    [Theory]
    [InlineData(WaitStrategyKind.BusySpin, false)]
    [InlineData(WaitStrategyKind.Yielding, false)]
    [InlineData(WaitStrategyKind.Sleeping, false)]
    [InlineData(WaitStrategyKind.Yielding, true)]
    [InlineData(WaitStrategyKind.Sleeping, true)]
    public void should_carry_every_event_through_two_agents_fused_on_a_thread_or_apart(WaitStrategyKind kind, bool fused)
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 64);
        Relay first = new("First", ring.NewPoller());
        Relay second = new("Second", ring.NewPoller(first.Poller));
        AgentThreadOptions options = new() { Wait = new WaitStrategyOptions { Kind = kind, SleepNs = 20_000 } };
        TradingGate gate = new();
        AgentThread[] threads = fused
            ? [new AgentThread([first, second], options, gate)]
            : [new AgentThread([first], options, gate), new AgentThread([second], options, gate)];
        foreach (AgentThread thread in threads) thread.Start();

        Crew crew = new();
        crew.Add(() =>
        {
            for (int i = 0; i < Events; i++)
            {
                long sequence;
                while (!ring.TryNext(out sequence)) crew.Wait();
                ring[sequence].Write(sequence);
                ring.Publish(sequence);
                // Now and then the agents run dry and have to wake up again.
                if (i % 1_000 == 0) Thread.Sleep(2);
            }

            while (second.Poller.Sequence.Value < Events - 1) crew.Wait();
        }).Run();

        foreach (AgentThread thread in threads)
        {
            Assert.True(thread.Stop(TimeSpan.FromSeconds(30)));
            Assert.Null(thread.Fault);
        }
    }

    private sealed class Relay(string name, EventPoller<Slot> poller) : IAgent
    {
        public string Name => name;

        public EventPoller<Slot> Poller => poller;

        public int DoWork()
        {
            long first = poller.Next;
            long last = poller.AvailableThrough(16);
            for (long sequence = first; sequence <= last; sequence++)
            {
                if (poller[sequence].Value != sequence) throw new InvalidOperationException($"slot {sequence} holds {poller[sequence].Value}");
            }

            if (last >= first) poller.Advance(last);
            return (int)Math.Max(last - first + 1, 0);
        }
    }
}
