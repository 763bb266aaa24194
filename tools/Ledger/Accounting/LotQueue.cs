namespace MarketMaker.Ledger.Accounting;

/// <summary>The open lots of one ticker, first in, first out. All of them are on one side: owned, or sold short.</summary>
internal sealed class LotQueue
{
    private readonly Queue<Lot> _behind = new();
    private Lot _front;

    /// <summary>Shares of all lots; below zero when short.</summary>
    public long Shares { get; private set; }

    /// <summary>What all lots together cost, in 1/10,000 dollar; below zero when short: what was taken in for them.</summary>
    public long Cost { get; private set; }

    /// <summary>The open lots, oldest first.</summary>
    public IEnumerable<Lot> Open => _front.Shares == 0 ? [] : _behind.Prepend(_front);

    /// <summary>Takes shares in or out: closes the oldest lots of the other side first, and opens a lot with what is left.</summary>
    /// <param name="change">The lot that a transaction alone would open.</param>
    /// <param name="closed">Hears of each lot, or part of one, that is closed.</param>
    /// <param name="atCost">Closes each lot at its own price: shares that leave without being sold bring no gain.</param>
    public void Add(Lot change, Action<ClosedLot> closed, bool atCost = false)
    {
        long left = change.Shares;
        while (left != 0 && _front.Shares != 0 && long.Sign(_front.Shares) != long.Sign(left))
        {
            long taken = long.Sign(_front.Shares) * Math.Min(Math.Abs(_front.Shares), Math.Abs(left));
            closed(new ClosedLot(_front with { Shares = taken }, change.OpenedId, change.OpenedAtNs, atCost ? _front.Price : change.Price));
            Cost = checked(Cost - taken * _front.Price);
            left += taken;
            _front = _front with { Shares = _front.Shares - taken };
            if (_front.Shares == 0) _behind.TryDequeue(out _front);
        }

        Shares = checked(Shares + change.Shares);
        if (left == 0) return;
        Cost = checked(Cost + left * change.Price);
        Lot opened = change with { Shares = left };
        if (_front.Shares == 0) _front = opened;
        else _behind.Enqueue(opened);
    }
}
