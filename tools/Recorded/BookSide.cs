using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>One side of one book by price: shares at each level, best first.</summary>
internal sealed class BookSide(Side side)
{
    private readonly SortedSet<int> _prices = new(side == Side.Buy ? Comparer<int>.Create((a, b) => b.CompareTo(a)) : Comparer<int>.Default);
    private readonly Dictionary<int, long> _shares = [];

    /// <summary>Levels that hold shares.</summary>
    public int Count => _prices.Count;

    /// <summary>The best price; 0 where the side is empty.</summary>
    public int Best => _prices.Count == 0 ? 0 : _prices.Min;

    /// <summary>The worst price; 0 where the side is empty.</summary>
    public int Worst => _prices.Count == 0 ? 0 : _prices.Max;

    /// <summary>All levels, best first.</summary>
    public IEnumerable<(int Price, long Shares)> Levels => _prices.Select(price => (price, _shares[price]));

    /// <summary>Shares at a price.</summary>
    public long SharesAt(int price) => _shares.GetValueOrDefault(price);

    /// <summary>Adds shares to a level, or takes them off; a level without shares is gone.</summary>
    /// <returns>False when there were fewer than are taken off: then nothing changes.</returns>
    public bool TryChange(int price, long shares)
    {
        long left = SharesAt(price) + shares;
        if (left < 0) return false;
        if (left == 0)
        {
            _prices.Remove(price);
            _shares.Remove(price);
        }
        else
        {
            _prices.Add(price);
            _shares[price] = left;
        }

        return true;
    }

    /// <summary>Forgets a level.</summary>
    public void Remove(int price)
    {
        _prices.Remove(price);
        _shares.Remove(price);
    }
}
