using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class OfferBooksSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void should_agree_with_a_sorted_list_after_any_adds_and_removes(ulong seed)
    {
        MarketRandom random = new(seed, 0);
        OfferBooks books = new(tickers: 3, offersMax: 500, _ => 1);
        List<(int Slot, int Ticker, Side Side, int Price, ulong Reference)> reference = [];
        for (ulong i = 1; i < 20_000; i++)
        {
            int ticker = random.Below(3);
            Side side = random.Below(2) == 0 ? Side.Buy : Side.Sell;
            if (random.Below(5) < 3)
            {
                int price = 1_000 + random.Below(20);
                int slot = books.Add(i, ticker, side, 10, price);
                Assert.Equal(reference.Count == 500, slot < 0);
                if (slot >= 0) reference.Add((slot, ticker, side, price, i));
            }
            else if (reference.Count > 0)
            {
                int victim = random.Below(reference.Count);
                books.Remove(reference[victim].Slot);
                reference.RemoveAt(victim);
            }

            Assert.Equal(reference.Count, books.Count);
            int expected = reference.Where(o => o.Ticker == ticker && o.Side == side)
                .OrderBy(o => side == Side.Buy ? -o.Price : o.Price).ThenBy(o => o.Reference).Select(o => o.Slot).FirstOrDefault(-1);
            int best = books.Best(ticker, side);
            Assert.Equal(expected, best);
        }
    }

    [Fact]
    public void should_hand_out_each_scheduled_offer_once_and_not_before_its_interval()
    {
        MarketRandom random = new(7, 0);
        OfferBooks books = new(1, 2_000, _ => 16);
        ExpiryWheel wheel = new(books);
        Dictionary<int, long> due = [];
        for (ulong i = 1; i <= 2_000; i++)
        {
            int slot = books.Add(i, 0, Side.Buy, 1, 100);
            long end = (long)(random.Next() % 4_000_000_000);
            wheel.Schedule(slot, end);
            if (random.Below(4) == 0) wheel.Unschedule(slot);
            else due.Add(slot, end);
        }

        for (long now = 0; now <= 4_300_000_000; now += 300_000)
        {
            for (int slot = wheel.TakeExpired(now); slot >= 0; slot = wheel.TakeExpired(now))
            {
                Assert.True(due.Remove(slot, out long end));
                // Intervals are 2^18 ns: an offer ends in the interval of its end, or in the first one there is.
                Assert.True(now >= end - (1 << 18) && now - end <= 300_000 + (2 << 18), $"due {end}, ended {now}");
            }
        }

        Assert.Empty(due);
    }
}
