using MarketMaker.Platform;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Tests.Concurrency.Rings;

/// <summary>What holds on one thread already: bounds, gating and batches, event by event.</summary>
public sealed class RingRulesSpecs
{
    [Fact]
    public void should_be_full_after_as_many_claims_as_it_has_slots_and_take_more_once_some_are_given_back()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 4);
        EventPoller<Slot> poller = ring.NewPoller();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal((true, false), (ring.HasFreeSlots(4 - i), ring.HasFreeSlots(5 - i)));
            Assert.True(ring.TryNext(out long sequence));
            Assert.Equal(i, sequence);
            ring.Publish(sequence);
        }

        Assert.False(ring.TryNext(out _));
        Assert.Equal(4, ring.Backlog);
        poller.AvailableThrough(2);
        poller.Advance(1);
        Assert.Equal((true, false), (ring.HasFreeSlots(2), ring.HasFreeSlots(3)));
        Assert.False(ring.TryNext(3, out _));
        Assert.True(ring.TryNext(2, out long last));
        Assert.Equal(5, last);
    }

    [Fact]
    public void should_pass_polls_after_a_look_that_found_several_events_and_none_after_one()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 16);
        EventPoller<Slot> poller = ring.NewPoller();
        poller.PollsBetweenLooks = 2;
        Publish(ring, 1);
        Assert.Equal(0, poller.AvailableThrough(16));
        poller.Advance(0);
        Publish(ring, 3);
        Assert.Equal(3, poller.AvailableThrough(16));
        poller.Advance(3);
        Publish(ring, 1);
        Assert.True(poller.AvailableThrough(16) < poller.Next);
        Assert.True(poller.AvailableThrough(16) < poller.Next);
        Assert.Equal(4, poller.AvailableThrough(16));

        static void Publish(SingleProducerRingBuffer<Slot> ring, int count)
        {
            Assert.True(ring.TryNext(count, out long last));
            ring.Publish(last);
        }
    }

    [Fact]
    public void should_not_claim_a_part_of_a_batch_that_does_not_fit()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 4);
        ring.NewPoller();
        Assert.True(ring.TryNext(3, out _));
        Assert.False(ring.TryNext(2, out _));
        Assert.True(ring.TryNext(1, out long last));
        Assert.Equal(3, last);
    }

    [Fact]
    public void should_leave_what_is_claimed_and_what_is_not_given_back_whole_when_it_publishes()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 4);
        EventPoller<Slot> poller = ring.NewPoller();
        Assert.True(ring.TryNext(4, out long last));
        for (long sequence = 0; sequence <= last; sequence++) ring[sequence].Write(-1 - sequence);
        // A part of what is claimed, then the rest, with which the ring is full.
        for (long sequence = 0; sequence <= last; sequence++) ring.Publish(sequence);
        Assert.Equal(last, poller.AvailableThrough(4));
        for (long sequence = 0; sequence <= last; sequence++) Assert.True(poller[sequence].IsWhole);
    }

    [Fact]
    public void should_show_nothing_that_is_claimed_and_not_published()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 4);
        EventPoller<Slot> poller = ring.NewPoller();
        Assert.True(ring.TryNext(out _));
        Assert.True(poller.AvailableThrough(10) < poller.Next);
    }

    [Fact]
    public void should_hand_out_no_more_than_the_batch_asked_for()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 8);
        EventPoller<Slot> poller = ring.NewPoller();
        Assert.True(ring.TryNext(5, out long last));
        ring.Publish(last);
        Assert.Equal(1, poller.AvailableThrough(2));
        poller.Advance(1);
        Assert.Equal(4, poller.AvailableThrough(100));
    }

    [Fact]
    public void should_be_gated_by_the_last_of_a_chain_alone_and_by_every_end()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 2);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> second = ring.NewPoller(first);
        EventPoller<Slot> apart = ring.NewPoller();
        Assert.True(ring.TryNext(2, out long last));
        ring.Publish(last);
        Finish(first);
        Finish(apart);
        Assert.False(ring.TryNext(out _));
        Finish(second);
        Assert.True(ring.TryNext(out _));
    }

    [Fact]
    public void should_keep_the_gate_of_a_consumer_that_two_others_follow()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 2);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> left = ring.NewPoller(first);
        EventPoller<Slot> right = ring.NewPoller(first);
        Assert.True(ring.TryNext(2, out long last));
        ring.Publish(last);
        Finish(first);
        Finish(left);
        Assert.False(ring.TryNext(out _));
        Finish(right);
        Assert.True(ring.TryNext(out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-4)]
    public void should_refuse_a_capacity_that_is_no_power_of_two(int capacity)
    {
        Assert.Contains("'offers'", Assert.Throws<ArgumentException>(() => new SingleProducerRingBuffer<Slot>("offers", capacity)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MultiProducerRingBuffer<Slot>("offers", capacity));
    }

    [Fact]
    public void should_refuse_a_consumer_that_comes_after_the_first_event()
    {
        SingleProducerRingBuffer<Slot> ring = new("test", 2);
        ring.NewPoller();
        Assert.True(ring.TryNext(out long sequence));
        ring.Publish(sequence);
        Assert.Throws<InvariantBrokenException>(() => ring.NewPoller());
    }

    [Fact]
    public void should_allocate_nothing_per_event()
    {
        SingleProducerRingBuffer<Slot> single = new("test", 8);
        EventPoller<Slot> ofSingle = single.NewPoller();
        MultiProducerRingBuffer<Slot> multi = new("test", 8);
        EventPoller<Slot> ofMulti = multi.NewPoller();
        Cycle();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) Cycle();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle()
        {
            single.TryNext(out long sequence);
            single.Publish(sequence);
            Finish(ofSingle);
            multi.TryNext(out sequence);
            multi.Publish(sequence);
            Finish(ofMulti);
        }
    }

    private static void Finish(EventPoller<Slot> poller) => poller.Advance(poller.AvailableThrough(int.MaxValue / 2));
}
