using CsCheck;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class DueHeapSpecs
{
    [Fact]
    public void should_always_name_the_ticker_that_is_due_first()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Select(Gen.Int[0, 39], Gen.Long[0, 50]).Array[0, 200]).Sample((tickers, moves) =>
        {
            DueHeap heap = new(tickers);
            long[] slow = [.. Enumerable.Range(0, tickers).Select(i => (long)i)];
            foreach ((int ticker, long dueNs) in moves)
            {
                heap.Move(ticker % tickers, dueNs);
                slow[ticker % tickers] = dueNs;
                Assert.Equal(slow.Min(), heap[heap.First]);
                Assert.Equal(slow[heap.First], heap[heap.First]);
            }
        });
    }

    [Fact]
    public void should_keep_the_order_in_which_tickers_were_asked_for()
    {
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 11].Array[0, 100]).Sample((tickers, asked) =>
        {
            AskedOrder order = new(tickers);
            List<int> slow = [.. Enumerable.Range(0, tickers)];
            long nowNs = 0;
            foreach (int ticker in asked.Select(one => one % tickers))
            {
                order.MoveToEnd(ticker, ++nowNs);
                slow.Remove(ticker);
                slow.Add(ticker);
                Assert.Equal(slow[0], order.Oldest);
                Assert.Equal(nowNs, order.AskedNs(ticker));
            }
        });
    }
}
