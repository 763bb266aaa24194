using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using System.Threading.Channels;
using MarketMaker.Measuring;
using MarketMaker.Platform.Rings;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Rings;

/// <summary>Events from one pinned thread to another, and round trips between the two. Both spin, as the C programs do.</summary>
internal static class HandOver
{
    private const int Capacity = 1_024;
    private const int ConsumerBatchMax = 256;
    private const int WarmUpRounds = 20_000;

    /// <summary>Hands events over.</summary>
    /// <param name="events">How many, a multiple of the batch.</param>
    /// <param name="batch">Published at once.</param>
    /// <param name="pollsBetweenLooks">As <see cref="EventPoller{T}.PollsBetweenLooks"/>.</param>
    /// <returns>Ns per event.</returns>
    public static double Ring(int events, int batch, int pollsBetweenLooks)
    {
        SingleProducerRingBuffer<RingEvent> ring = new("hand-over", Capacity);
        EventPoller<RingEvent> poller = ring.NewPoller();
        poller.PollsBetweenLooks = pollsBetweenLooks;
        return Run(events, () => Produce(ring, events, batch), () => Consume(poller, events));
    }

    /// <summary>The same through a bounded channel of the base library, one by one: it has no other way.</summary>
    public static double BoundedChannel(int events)
    {
        Channel<RingEvent> channel = Channel.CreateBounded<RingEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
        return Run(
            events,
            () =>
            {
                for (long i = 0; i < events; i++) while (!channel.Writer.TryWrite(new RingEvent { Value = i })) X86Base.Pause();
            },
            () =>
            {
                long sum = 0;
                for (int seen = 0; seen < events;)
                {
                    if (!channel.Reader.TryRead(out RingEvent one)) X86Base.Pause();
                    else
                    {
                        sum += one.Value;
                        seen++;
                    }
                }

                return sum;
            });
    }

    /// <summary>One event there, one back, again and again, each timed.</summary>
    /// <returns>Ns of each round, ascending.</returns>
    public static long[] RoundTrips(int rounds)
    {
        SingleProducerRingBuffer<RingEvent> there = new("there", Capacity), back = new("back", Capacity);
        EventPoller<RingEvent> atOther = there.NewPoller(), atUs = back.NewPoller();
        long[] took = new long[rounds];
        int all = rounds + WarmUpRounds;
        Run(
            all,
            () =>
            {
                long last = Stopwatch.GetTimestamp();
                for (int i = 0; i < all; i++)
                {
                    Put(there, i);
                    Take(atUs);
                    long now = Stopwatch.GetTimestamp();
                    if (i >= WarmUpRounds) took[i - WarmUpRounds] = now - last;
                    last = now;
                }
            },
            () =>
            {
                long sum = 0;
                for (int i = 0; i < all; i++)
                {
                    long value = Take(atOther);
                    sum += value;
                    Put(back, value);
                }

                return sum;
            });
        Array.Sort(took);
        return took;
    }

    private static double Run(int events, Action produce, Func<long> consume)
    {
        long sum = 0;
        using ManualResetEventSlim ready = new();
        Thread consumer = new(() =>
        {
            Measurement.Pin(1);
            ready.Set();
            sum = consume();
        });
        Measurement.Pin(0);
        consumer.Start();
        ready.Wait();
        long begun = Stopwatch.GetTimestamp();
        produce();
        consumer.Join();
        long tookNs = Stopwatch.GetTimestamp() - begun;
        long expected = (long)events * (events - 1) / 2;
        return sum == expected ? (double)tookNs / events : throw new MeasureException($"the events add up to {sum} instead of {expected}");
    }

    private static void Produce(SingleProducerRingBuffer<RingEvent> ring, int events, int batch)
    {
        for (long value = 0; value < events;)
        {
            long last;
            while (!ring.TryNext(batch, out last)) X86Base.Pause();
            for (long sequence = last - batch + 1; sequence <= last; sequence++) ring[sequence].Value = value++;
            ring.Publish(last);
        }
    }

    private static long Consume(EventPoller<RingEvent> poller, int events)
    {
        long sum = 0;
        for (int seen = 0; seen < events;)
        {
            long first = poller.Next, last = poller.AvailableThrough(ConsumerBatchMax);
            if (last < first)
            {
                X86Base.Pause();
                continue;
            }

            for (long sequence = first; sequence <= last; sequence++) sum += poller[sequence].Value;
            poller.Advance(last);
            seen += (int)(last - first + 1);
        }

        return sum;
    }

    private static void Put(SingleProducerRingBuffer<RingEvent> ring, long value)
    {
        long sequence;
        while (!ring.TryNext(out sequence)) X86Base.Pause();
        ring[sequence].Value = value;
        ring.Publish(sequence);
    }

    private static long Take(EventPoller<RingEvent> poller)
    {
        long next = poller.Next;
        while (poller.AvailableThrough(1) < next) X86Base.Pause();
        long value = poller[next].Value;
        poller.Advance(next);
        return value;
    }
}
