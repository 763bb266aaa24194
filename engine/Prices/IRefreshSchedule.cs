namespace MarketMaker.Prices;

/// <summary>Whose turn it is to be refreshed when nothing is urgent. A struct type parameter of the price client; one thread.</summary>
public interface IRefreshSchedule
{
    /// <summary>The ticker to ask for next. Never waits, never runs out.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    ushort Next(long nowNs);
}

/// <summary>Every ticker in turn, all at the same rate.</summary>
public struct RoundRobinSchedule(int tickers) : IRefreshSchedule
{
    private int _next;

    /// <inheritdoc/>
    public ushort Next(long nowNs)
    {
        int next = _next;
        _next = next + 1 == tickers ? 0 : next + 1;
        return (ushort)next;
    }
}
