using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>What a run over a recorded day came to.</summary>
public sealed class RecordedRunReport
{
    private readonly long[] _refused = new long[256];
    private readonly long[] _fates = new long[Enum.GetValues<OrderFate>().Length];

    /// <summary>Messages decoded.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages that could not be decoded. There must be none.</summary>
    public long Undecoded { get; internal set; }

    /// <summary>Bytes of a message that the end of the file cuts off.</summary>
    public int TornBytes { get; internal set; }

    /// <summary>Changes of orders that rest from before the recording.</summary>
    public long FromBefore { get; internal set; }

    /// <summary>Changes that no book allows. There must be none.</summary>
    public long Contradictions { get; internal set; }

    /// <summary>Offers judged: each was refused for one reason or ordered.</summary>
    public long Offers { get; internal set; }

    /// <summary>Orders sent.</summary>
    public long Orders => _fates.Sum();

    /// <summary>Shares bought and sold.</summary>
    public long FilledShares { get; private set; }

    /// <summary>Value of all fills at their prices, 1/10,000 dollar.</summary>
    public long FilledValue { get; private set; }

    /// <summary>Edge of all fills against the price they were judged by, 1/10,000 dollar.</summary>
    public long EdgeProfit { get; private set; }

    /// <summary>Cash and stock at the last fair prices, less the cash of the start, 1/10,000 dollar.</summary>
    public long Profit { get; internal set; }

    /// <summary>Stock at the end at the last fair prices, 1/10,000 dollar.</summary>
    public long StockValue { get; internal set; }

    /// <summary>Last fair price of each ticker, 1/10,000 dollar.</summary>
    public IReadOnlyList<int> EndFairPrices { get; internal set; } = [];

    /// <summary>What could have been won of each offer, for the clairvoyant.</summary>
    public List<Opportunity> Opportunities { get; } = [];

    /// <summary>Offers refused for a reason.</summary>
    public long Refused(RefusalReason reason) => _refused[(int)reason];

    /// <summary>Offers refused for any reason.</summary>
    public long RefusedInAll => _refused.Sum();

    /// <summary>Orders that ended in a way.</summary>
    public long Ended(OrderFate fate) => _fates[(int)fate];

    internal void Refuse(RefusalReason reason) => _refused[(int)reason]++;

    internal void Count(OrderFate fate) => _fates[(int)fate]++;

    internal void Fill(Side orderSide, int fairPrice, int price, int shares)
    {
        FilledShares += shares;
        FilledValue += (long)shares * price;
        EdgeProfit += (long)shares * (orderSide == Side.Buy ? fairPrice - price : price - fairPrice);
    }
}
