using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>Hears nothing: for who wants the market's own figures alone.</summary>
public readonly struct NullMarketSink : IMarketSink
{
    /// <inheritdoc/>
    public void Added(ulong reference, int ticker, Side side, int shares, int price)
    {
    }

    /// <inheritdoc/>
    public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price)
    {
    }

    /// <inheritdoc/>
    public void Cancelled(ulong reference, int ticker, int shares)
    {
    }

    /// <inheritdoc/>
    public void Deleted(ulong reference, int ticker)
    {
    }

    /// <inheritdoc/>
    public void Executed(ulong reference, int ticker, int shares, ulong match)
    {
    }

    /// <inheritdoc/>
    public void Filled(in MarketFill fill)
    {
    }

    /// <inheritdoc/>
    public void Broken(in MarketFill fill)
    {
    }
}
