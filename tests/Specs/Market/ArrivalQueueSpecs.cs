using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class ArrivalQueueSpecs
{
    [Fact]
    public void should_hand_out_orders_by_arrival_then_by_the_order_of_sending()
    {
        MarketRandom random = new(1, 0);
        ArrivalQueue queue = new(1_000);
        List<(long Arrival, int Sent)> expected = [];
        for (int i = 0; i < 1_000; i++)
        {
            long arrival = random.Below(100);
            Assert.True(queue.TryAdd(new OrderUnderWay(arrival, 0, 100, i, 0, 0, Side.Buy)));
            expected.Add((arrival, i));
        }

        Assert.False(queue.TryAdd(default));
        List<(long, int)> taken = [];
        while (queue.TryTakeArrived(98, out OrderUnderWay order)) taken.Add((order.ArrivalNs, order.Quantity));
        Assert.Equal(expected.Where(e => e.Arrival <= 98).OrderBy(e => e.Arrival).ThenBy(e => e.Sent), taken);
        Assert.Equal(expected.Count(e => e.Arrival == 99), queue.Count);
    }
}
