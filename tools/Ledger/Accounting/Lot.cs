namespace MarketMaker.Ledger.Accounting;

/// <summary>Shares that came in at one price, or were sold short at one price, and are still there.</summary>
/// <param name="OpenedId">The transaction that opened it.</param>
/// <param name="OpenedAtNs">When, ns since 1970, UTC.</param>
/// <param name="Shares">Above zero: owned; below zero: sold short.</param>
/// <param name="Price">In 1/10,000 dollar a share.</param>
internal readonly record struct Lot(long OpenedId, long OpenedAtNs, long Shares, long Price);

/// <summary>Shares of a lot that went out again.</summary>
/// <param name="Lot">The lot, with the shares that were closed: above zero sold, below zero bought back.</param>
/// <param name="ClosedId">The transaction that closed it.</param>
/// <param name="ClosedAtNs">When.</param>
/// <param name="Price">The price it was closed at, in 1/10,000 dollar a share.</param>
internal readonly record struct ClosedLot(Lot Lot, long ClosedId, long ClosedAtNs, long Price)
{
    /// <summary>Realised gain in 1/10,000 dollar; a loss is below zero. Holds for short lots too, whose shares are below zero.</summary>
    public long Gain => checked((Price - Lot.Price) * Lot.Shares);
}
