using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Execution;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>The stage's tables against slow, obvious versions of them.</summary>
public sealed class TableSpecs
{
    [Fact]
    public void should_know_the_oldest_accepted_order_whatever_the_order_of_ends() =>
        Gen.Select(Gen.Int[0, 2], Gen.UInt[1, 40]).Array[0, 400].Sample(steps =>
        {
            OpenOrders orders = new(8);
            Dictionary<uint, long> accepted = [];
            HashSet<uint> open = [];
            uint number = 0;
            long sequence = 0;
            foreach ((int action, uint pick) in steps)
            {
                if (action == 0)
                {
                    uint next = number + 1;
                    bool found = orders.TryFindFree(ref next);
                    Assert.Equal(open.Count < 8, found);
                    if (!found) continue;
                    number = next;
                    orders.Add(number, default);
                    open.Add(number);
                }
                else if (open.Count > 0)
                {
                    uint chosen = open.Order().ElementAt((int)(pick % open.Count));
                    ref OpenOrder order = ref orders.Find(chosen, out bool found);
                    Assert.True(found);
                    if (action == 1 && !order.IsAccepted) orders.Accept(ref order, accepted[chosen] = ++sequence);
                    else if (action == 2)
                    {
                        orders.Remove(ref order);
                        open.Remove(chosen);
                        accepted.Remove(chosen);
                    }
                }

                Assert.Equal(open.Count, orders.Count);
                Assert.Equal(accepted.Count == 0 ? 0 : accepted.Values.Min(), orders.OldestAcceptedSequence);
            }
        }, iter: 300);

    [Fact]
    public void should_remember_the_latest_executions_and_forget_the_oldest() =>
        Gen.Select(Gen.Bool, Gen.ULong[0, 12]).Array[0, 300].Sample(steps =>
        {
            BookedExecutions executions = new(5);
            // What is taken out leaves its place empty until the oldest places come round again.
            List<ulong?> places = [];
            foreach ((bool add, ulong match) in steps)
            {
                bool isKnown = places.TakeLast(5).Contains(match);
                if (add)
                {
                    Assert.Equal(!isKnown, executions.TryAdd(new(match, 1, 2, 3, 4, Side.Buy)));
                    if (!isKnown) places.Add(match);
                }
                else
                {
                    Assert.Equal(isKnown, executions.TryTake(match, out RecoveredExecution taken));
                    if (isKnown) Assert.Equal(match, taken.MatchNumber);
                    int at = places.LastIndexOf(match);
                    if (isKnown) places[at] = null;
                }
            }
        }, iter: 500);

    [Fact]
    public void should_forget_every_execution_of_an_old_session()
    {
        BookedExecutions executions = new(5);
        executions.TryAdd(new(1, 1, 2, 3, 4, Side.Buy));
        executions.Clear();
        Assert.False(executions.TryTake(1, out _));
        Assert.True(executions.TryAdd(new(1, 1, 2, 3, 4, Side.Buy)));
    }

    [Fact]
    public void should_let_through_the_burst_and_then_the_rate()
    {
        SendRate rate = new(perSecond: 1_000, burst: 10);
        long nowNs = 5_000_000_000;
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => rate.TryTake(nowNs)));
        int taken = 0;
        for (int i = 0; i < 1_000; i++)
        {
            nowNs += 100_000;
            if (rate.TryTake(nowNs)) taken++;
        }

        Assert.Equal(100, taken);
        nowNs += 3_600_000_000_000;
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => rate.TryTake(nowNs)));
    }

    [Fact]
    public void should_wait_the_same_for_the_same_seed()
    {
        Backoff one = new(100, 10_000, 7), same = new(100, 10_000, 7), other = new(100, 10_000, 8);
        long[] waits = [.. Enumerable.Range(0, 10).Select(_ => one.NextWaitNs())];
        Assert.Equal(waits, Enumerable.Range(0, 10).Select(_ => same.NextWaitNs()));
        Assert.NotEqual(waits, Enumerable.Range(0, 10).Select(_ => other.NextWaitNs()));
    }
}
