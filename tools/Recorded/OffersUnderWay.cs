using MarketMaker.Clairvoyant;

namespace MarketMaker.Recorded;

/// <summary>An offer on its way to us and, where it was taken, our order on its way back.</summary>
/// <param name="Change">The message that brought it.</param>
/// <param name="FairPrice">The book's price without it, 1/10,000 dollar; 0 = none.</param>
/// <param name="ArrivalNs">When an order for it is at matching.</param>
/// <param name="QuantityShares">What we ordered; 0 when we did not.</param>
/// <param name="CanBeWon">Whether its ticker traded and had a price.</param>
internal readonly record struct OfferUnderWay(RecordedChange Change, int FairPrice, long ArrivalNs, int QuantityShares, bool CanBeWon);

/// <summary>An order that reached matching, and what it won.</summary>
internal readonly record struct ArrivedOrder(OfferUnderWay Offer, int WonShares);

/// <summary>
/// Follows each offer until an order for it would be at matching, ordered or not, so that it is also known what could have been won and how an
/// offer that is gone went.
/// </summary>
internal sealed class OffersUnderWay(RecordedBook book, RecordedRunReport report)
{
    private readonly Queue<OfferUnderWay> _queue = new();
    private readonly Dictionary<ulong, OrderFate> _ends = [];

    /// <summary>When the next one is at matching; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextArrivalNs => _queue.Count > 0 ? _queue.Peek().ArrivalNs : long.MaxValue;

    /// <summary>Sends one off. All take equally long, so the order of sending is that of arrival.</summary>
    public void Add(in OfferUnderWay offer)
    {
        _queue.Enqueue(offer);
        _ends[offer.Change.Reference] = OrderFate.Unexplained;
    }

    /// <summary>Notes how an offer under way lost shares. Is told before the book.</summary>
    public void OnChange(in RecordedChange change)
    {
        if (change.Kind is not (RecordedKind.Executed or RecordedKind.Cancelled or RecordedKind.Deleted)) return;
        if (!_ends.ContainsKey(change.Reference)) return;
        _ends[change.Reference] = change.Kind == RecordedKind.Executed ? OrderFate.TakenByOthers : OrderFate.Withdrawn;
    }

    /// <summary>Lets the next one arrive.</summary>
    public ArrivedOrder Arrive()
    {
        OfferUnderWay offer = _queue.Dequeue();
        _ends.Remove(offer.Change.Reference, out OrderFate end);
        int resting = book.SharesOf(offer.Change.Reference);
        if (offer.CanBeWon)
        {
            report.Opportunities.Add(new Opportunity(
                offer.ArrivalNs, offer.Change.Ticker, offer.Change.Side, offer.Change.Price, offer.FairPrice, resting));
        }

        int won = Math.Min(resting, offer.QuantityShares);
        if (offer.QuantityShares > 0) report.Count(won == offer.QuantityShares ? OrderFate.Filled : won > 0 ? OrderFate.PartlyFilled : end);
        return new ArrivedOrder(offer, won);
    }
}
