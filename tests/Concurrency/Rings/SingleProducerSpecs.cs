using MarketMaker.Platform.Rings;

namespace MarketMaker.Tests.Concurrency.Rings;

public sealed class SingleProducerSpecs
{
    private const int Events = 100_000;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(8, 3)]
    [InlineData(1_024, 256)]
    public void should_give_every_value_to_one_consumer_once_and_in_order(int capacity, int maxBatch)
    {
        // The smallest rings hand over at each event; fewer of those show the same.
        int events = capacity < 100 ? 5_000 : Events;
        SingleProducerRingBuffer<Slot> ring = new("test", capacity);
        EventPoller<Slot> poller = ring.NewPoller();
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, events)).Add(() => Consume(crew, poller, events, maxBatch)).Run();
        Assert.Equal(events - 1, poller.Sequence.Value);
        Assert.Equal(0, ring.Backlog);
    }

    [Fact]
    public void should_give_every_value_once_and_in_order_to_consumers_that_pass_polls()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 64);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> second = ring.NewPoller(first);
        (first.PollsBetweenLooks, second.PollsBetweenLooks) = (7, 3);
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, Events)).Add(() => Consume(crew, first, Events, 16)).Add(() => Consume(crew, second, Events, 16)).Run();
        Assert.Equal(Events - 1, second.Sequence.Value);
        Assert.Equal(0, ring.Backlog);
    }

    [Fact]
    public void should_give_every_value_to_each_of_three_parallel_consumers()
    {
        const int Fewer = Events / 10;
        SingleProducerRingBuffer<Slot> ring = new("test", 64);
        EventPoller<Slot>[] pollers = [ring.NewPoller(), ring.NewPoller(), ring.NewPoller()];
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, Fewer));
        foreach (EventPoller<Slot> poller in pollers) crew.Add(() => Consume(crew, poller, Fewer, 16));
        crew.Run();
        Assert.All(pollers, poller => Assert.Equal(Fewer - 1, poller.Sequence.Value));
    }

    [Fact]
    public void should_show_a_chained_consumer_only_what_the_one_before_has_finished()
    {
        const int Fewer = Events / 10;
        SingleProducerRingBuffer<Slot> ring = new("test", 32);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> second = ring.NewPoller(first);
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, Fewer))
            .Add(() => Consume(crew, first, Fewer, 8, (ref Slot slot) => slot.Stamp = (int)slot.Value + 1))
            .Add(() => Consume(crew, second, Fewer, 8, (ref Slot slot) => Assert.Equal((int)slot.Value + 1, slot.Stamp)))
            .Run();
        Assert.Equal(Fewer - 1, second.Sequence.Value);
    }

    [Fact]
    public void should_join_two_parallel_consumers_before_the_one_behind_both()
    {
        const int Fewer = Events / 8;
        SingleProducerRingBuffer<Slot> ring = new("test", 32);
        EventPoller<Slot> left = ring.NewPoller();
        EventPoller<Slot> right = ring.NewPoller();
        EventPoller<Slot> join = ring.NewPoller(left, right);
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, Fewer))
            .Add(() => Consume(crew, left, Fewer, 8))
            .Add(() => Consume(crew, right, Fewer, 8))
            .Add(() => Consume(crew, join, Fewer, 8, (ref Slot slot) =>
            {
                Assert.True(left.Sequence.Value >= slot.Value, "ahead of the left consumer");
                Assert.True(right.Sequence.Value >= slot.Value, "ahead of the right consumer");
            }))
            .Run();
        Assert.Equal(Fewer - 1, join.Sequence.Value);
    }

    [Fact]
    public void should_publish_claimed_batches_whole()
    {
        const int BatchSize = 7;
        const int Batches = 5_000;
        SingleProducerRingBuffer<Slot> ring = new("test", 16);
        EventPoller<Slot> poller = ring.NewPoller();
        Crew crew = new();
        crew.Add(() =>
            {
                for (int batch = 0; batch < Batches; batch++)
                {
                    long last;
                    while (!ring.TryNext(BatchSize, out last)) crew.Wait();
                    for (long sequence = last - BatchSize + 1; sequence <= last; sequence++) ring[sequence].Write(sequence);
                    ring.Publish(last);
                }
            })
            .Add(() =>
            {
                // As the consumer takes all there is, it may only ever stand between batches.
                while (poller.Next < BatchSize * Batches)
                {
                    ConsumeBatch(crew, poller, int.MaxValue / 2, null);
                    Assert.Equal(0, poller.Next % BatchSize);
                }
            })
            .Run();
    }

    [Fact]
    public void should_never_overwrite_what_a_slow_consumer_has_not_given_back()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 8);
        EventPoller<Slot> fast = ring.NewPoller();
        EventPoller<Slot> slow = ring.NewPoller();
        const int Few = 400;
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, Few))
            .Add(() => Consume(crew, fast, Few, 8))
            .Add(() => Consume(crew, slow, Few, 8, (ref Slot slot) =>
            {
                long before = slot.Value;
                if (before % 50 == 0) Thread.Sleep(1);
                Assert.Equal(before, slot.Value);
            }))
            .Run();
    }

    internal static void Produce(Crew crew, SingleProducerRingBuffer<Slot> ring, int events)
    {
        for (int i = 0; i < events; i++)
        {
            long sequence;
            while (!ring.TryNext(out sequence)) crew.Wait();
            ring[sequence].Write(sequence);
            ring.Publish(sequence);
        }
    }

    internal static void Consume(Crew crew, EventPoller<Slot> poller, int events, int maxBatch, OnSlot? onSlot = null)
    {
        while (poller.Next < events) ConsumeBatch(crew, poller, maxBatch, onSlot);
    }

    private static void ConsumeBatch(Crew crew, EventPoller<Slot> poller, int maxBatch, OnSlot? onSlot)
    {
        long last = poller.AvailableThrough(maxBatch);
        if (last < poller.Next)
        {
            crew.Wait();
            return;
        }

        if (last - poller.Next >= maxBatch) throw new InvalidOperationException("a batch larger than asked for");
        for (long sequence = poller.Next; sequence <= last; sequence++)
        {
            ref Slot slot = ref poller[sequence];
            if (slot.Value != sequence || !slot.IsWhole) throw new InvalidOperationException($"slot {sequence} holds {slot.Value}");
            onSlot?.Invoke(ref slot);
        }

        poller.Advance(last);
    }

    internal delegate void OnSlot(ref Slot slot);
}
