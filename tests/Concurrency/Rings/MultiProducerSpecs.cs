using MarketMaker.Platform.Rings;

namespace MarketMaker.Tests.Concurrency.Rings;

public sealed class MultiProducerSpecs
{
    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 8)]
    [InlineData(3, 256)]
    public void should_give_every_value_once_and_those_of_one_producer_in_order(int producers, int capacity)
    {
        const int Each = 5_000;
        MultiProducerRingBuffer<Slot> ring = new("test", capacity);
        EventPoller<Slot> poller = ring.NewPoller();
        long[] nextOf = new long[producers];
        Crew crew = new();
        for (int producer = 0; producer < producers; producer++)
        {
            int me = producer;
            crew.Add(() => Produce(crew, ring, me, Each));
        }

        crew.Add(() => Consume(crew, poller, producers * Each, (ref Slot slot) =>
        {
            // Once and in order at the same time: the next one of this producer, no other.
            if (slot.Value != nextOf[slot.Producer]++) throw new InvalidOperationException($"producer {slot.Producer}: {slot.Value} out of turn");
        }));
        crew.Run();
        Assert.All(nextOf, next => Assert.Equal(Each, next));
        Assert.Equal(0, ring.Backlog);
    }

    [Fact]
    public void should_show_a_chained_consumer_only_what_the_one_before_has_finished()
    {
        const int Each = 5_000;
        MultiProducerRingBuffer<Slot> ring = new("test", 16);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> second = ring.NewPoller(first);
        Crew crew = new();
        crew.Add(() => Produce(crew, ring, 0, Each)).Add(() => Produce(crew, ring, 1, Each))
            .Add(() => Consume(crew, first, 2 * Each, (ref Slot slot) => slot.Stamp = (int)slot.Value + 1))
            .Add(() => Consume(crew, second, 2 * Each, (ref Slot slot) =>
            {
                if (slot.Stamp != (int)slot.Value + 1) throw new InvalidOperationException("read before the first consumer was done");
            }))
            .Run();
        Assert.Equal(2 * Each - 1, second.Sequence.Value);
    }

    [Fact]
    public void should_hold_back_what_was_published_behind_an_unpublished_claim()
    {
        MultiProducerRingBuffer<Slot> ring = new("test", 8);
        EventPoller<Slot> poller = ring.NewPoller();
        Assert.True(ring.TryNext(out long early));
        Assert.True(ring.TryNext(out long late));
        ring[late].Write(late);
        ring.Publish(late);
        Assert.True(poller.AvailableThrough(8) < poller.Next);
        ring[early].Write(early);
        ring.Publish(early);
        Assert.Equal(late, poller.AvailableThrough(8));
    }

    [Fact]
    public void should_not_take_the_last_round_of_a_slot_for_this_one()
    {
        MultiProducerRingBuffer<Slot> ring = new("test", 4);
        EventPoller<Slot> poller = ring.NewPoller();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                Assert.True(ring.TryNext(out long sequence));
                Assert.True(poller.AvailableThrough(8) < sequence, "claimed is not published");
                ring.Publish(sequence);
            }

            Assert.False(ring.TryNext(out _));
            for (long last = poller.AvailableThrough(8); last >= poller.Next; last = poller.AvailableThrough(8)) poller.Advance(last);
            Assert.Equal(4 * (round + 1), poller.Next);
        }
    }

    private static void Produce(Crew crew, MultiProducerRingBuffer<Slot> ring, int producer, int events)
    {
        for (int i = 0; i < events; i++)
        {
            long sequence;
            while (!ring.TryNext(out sequence)) crew.Wait();
            ring[sequence].Write(i, producer);
            ring.Publish(sequence);
        }
    }

    private static void Consume(Crew crew, EventPoller<Slot> poller, int events, SingleProducerSpecs.OnSlot onSlot)
    {
        while (poller.Next < events)
        {
            long last = poller.AvailableThrough(64);
            if (last < poller.Next)
            {
                crew.Wait();
                continue;
            }

            for (long sequence = poller.Next; sequence <= last; sequence++)
            {
                ref Slot slot = ref poller[sequence];
                if (!slot.IsWhole) throw new InvalidOperationException($"slot {sequence} was seen before it was filled");
                onSlot(ref slot);
            }

            poller.Advance(last);
        }
    }
}
