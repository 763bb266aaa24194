using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class ExpiryWheelSpecs
{
    private const int IntervalShift = 18;
    private const int IntervalsAhead = (1 << 14) - 1;

    [Fact]
    public void should_end_each_offer_once_in_its_own_interval_however_far_apart_they_are() =>
        // How long the next look is away, how many offers come then, and how long they live: from crowds to hours of nothing.
        Gen.Select(Gen.Int[0, 33], Gen.Int[0, 3], Gen.Int[0, 33], Gen.Int[0, 1 << 20], Gen.Bool).Array[1, 300].Sample(looks =>
        {
            OfferBooks books = new(1, 1_024, _ => 1_024);
            ExpiryWheel wheel = new(books);
            Dictionary<int, long> due = [];
            long nowNs = 0;
            foreach ((int waitBits, int offers, int lifeBits, int noise, bool takesOne) in looks)
            {
                nowNs += (1L << waitBits) + noise;
                long through = nowNs >> IntervalShift;
                for (int slot = wheel.TakeExpired(nowNs); slot >= 0; slot = wheel.TakeExpired(nowNs))
                {
                    Assert.True(due.Remove(slot, out long interval) && interval <= through, $"slot {slot}");
                    books.Remove(slot);
                }

                Assert.DoesNotContain(due.Values, interval => interval <= through);
                for (int i = 0; i < offers; i++)
                {
                    int slot = books.Add((ulong)due.Count, 0, Side.Buy, 1, 100);
                    long endNs = nowNs + (1L << lifeBits) + noise * i;
                    wheel.Schedule(slot, endNs);
                    due[slot] = Math.Clamp(endNs >> IntervalShift, through + 1, through + IntervalsAhead);
                }

                if (!takesOne || due.Count == 0) continue;
                int taken = due.Keys.Min();
                wheel.Unschedule(taken);
                books.Remove(taken);
                due.Remove(taken);
            }
        });
}
