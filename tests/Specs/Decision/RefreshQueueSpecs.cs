using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class RefreshQueueSpecs
{
    private readonly RefreshQueue _queue = new(tickers: 1_000, retryNs: 100);

    [Fact]
    public void should_ask_once_until_a_price_came_or_time_passed()
    {
        _queue.Ask(5, 0);
        _queue.Ask(5, 99);
        Assert.True(_queue.TryTake(out ushort ticker));
        Assert.Equal(5, ticker);
        Assert.False(_queue.TryTake(out _));
        _queue.Ask(5, 100);
        Assert.True(_queue.TryTake(out _));
        _queue.OnPrice(5);
        _queue.Ask(5, 101);
        Assert.True(_queue.TryTake(out _));
    }

    [Fact]
    public void should_keep_the_first_256_and_let_the_others_ask_again()
    {
        for (ushort i = 0; i < 300; i++) _queue.Ask(i, 0);
        for (int i = 0; i < 256; i++) Assert.True(_queue.TryTake(out ushort ticker) && ticker == i);
        Assert.False(_queue.TryTake(out _));
        _queue.Ask(299, 1);
        Assert.True(_queue.TryTake(out ushort again));
        Assert.Equal(299, again);
    }
}
