using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Micro;

/// <summary>
/// Hands events of one cache line from this thread to another one and waits until all have arrived. One operation is one event.
/// The last row does both ends on one thread, as fused stages do.
/// </summary>
/// <remarks>Two threads that run on two cores are assumed; on a busy machine the rows show its scheduler. The sum is checked each time.</remarks>
[MemoryDiagnoser]
public class RingHandOver
{
    private const int Events = 100_000;
    private const int Capacity = 1_024;
    private const int BatchMax = 16;
    private const long ExpectedSum = (long)Events * (Events - 1) / 2;

    private readonly Channel<Event> _channel = Channel.CreateBounded<Event>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private readonly BlockingCollection<Event> _collection = new(Capacity);
    private readonly SingleProducerRingBuffer<Event> _single = new("single", Capacity);
    private readonly SingleProducerRingBuffer<Event> _fused = new("fused", Capacity);
    private readonly MultiProducerRingBuffer<Event> _multi = new("multi", Capacity);
    private EventPoller<Event> _ofSingle = null!;
    private EventPoller<Event> _ofFused = null!;
    private EventPoller<Event> _ofMulti = null!;

    /// <summary>Adds the consumers.</summary>
    [GlobalSetup]
    public void AddConsumers()
    {
        _ofSingle = _single.NewPoller();
        _ofFused = _fused.NewPoller();
        _ofMulti = _multi.NewPoller();
    }

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void BoundedChannel() => HandOver(
        () =>
        {
            for (int i = 0; i < Events; i++) while (!_channel.Writer.TryWrite(new Event { Value = i })) Thread.Yield();
        },
        () =>
        {
            long sum = 0;
            for (int seen = 0; seen < Events;)
            {
                if (!_channel.Reader.TryRead(out Event one)) Thread.Yield();
                else
                {
                    sum += one.Value;
                    seen++;
                }
            }

            return sum;
        });

    /// <summary>The collection of the base library that blocks.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void BlockingCollection() => HandOver(
        () =>
        {
            for (int i = 0; i < Events; i++) _collection.Add(new Event { Value = i });
        },
        () =>
        {
            long sum = 0;
            for (int seen = 0; seen < Events; seen++) sum += _collection.Take().Value;
            return sum;
        });

    /// <summary>Publishes each event by itself.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void SingleProducerOneByOne() => HandOver(() => Produce(_single, 1), () => Consume(_ofSingle));

    /// <summary>Publishes sixteen events at once.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void SingleProducerByBatch() => HandOver(() => Produce(_single, BatchMax), () => Consume(_ofSingle));

    /// <summary>The ring of several producers, with one at work.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void MultiProducerOneByOne() => HandOver(
        () =>
        {
            for (int i = 0; i < Events; i++)
            {
                long sequence;
                while (!_multi.TryNext(out sequence)) Thread.Yield();
                _multi[sequence].Value = i;
                _multi.Publish(sequence);
            }
        },
        () => Consume(_ofMulti));

    /// <summary>Claim, publish, poll and advance on one thread, sixteen at a time.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void FusedByBatch()
    {
        long sum = 0;
        for (int i = 0; i < Events; i += BatchMax)
        {
            Fill(_fused, i, BatchMax);
            long last = _ofFused.AvailableThrough(BatchMax);
            for (long sequence = _ofFused.Next; sequence <= last; sequence++) sum += _ofFused[sequence].Value;
            _ofFused.Advance(last);
        }

        Check(sum);
    }

    private static void HandOver(Action produce, Func<long> consume)
    {
        long sum = 0;
        Thread consumer = new(() => sum = consume());
        consumer.Start();
        produce();
        consumer.Join();
        Check(sum);
    }

    private static void Check(long sum)
    {
        if (sum != ExpectedSum) throw new InvalidOperationException($"The events add up to {sum} instead of {ExpectedSum}.");
    }

    private static void Produce(SingleProducerRingBuffer<Event> ring, int batch)
    {
        for (int i = 0; i < Events; i += batch) Fill(ring, i, batch);
    }

    private static void Fill(SingleProducerRingBuffer<Event> ring, int value, int batch)
    {
        long last;
        while (!ring.TryNext(batch, out last)) Thread.Yield();
        for (long sequence = last - batch + 1; sequence <= last; sequence++) ring[sequence].Value = value++;
        ring.Publish(last);
    }

    private static long Consume(EventPoller<Event> poller)
    {
        long sum = 0;
        for (int seen = 0; seen < Events;)
        {
            long last = poller.AvailableThrough(256);
            if (last < poller.Next)
            {
                Thread.Yield();
                continue;
            }

            seen += (int)(last - poller.Next + 1);
            for (long sequence = poller.Next; sequence <= last; sequence++) sum += poller[sequence].Value;
            poller.Advance(last);
        }

        return sum;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Event
    {
        [FieldOffset(0)] public long Value;
    }
}
