using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>Everything that happened on a day, as far as a trader could have used it.</summary>
public sealed record TradingDay
{
    /// <summary>All offers with their outcomes, in order of time.</summary>
    public required IReadOnlyList<Opportunity> Opportunities { get; init; }

    /// <summary>Cash at the start, 1/10,000 dollar. Nothing may be bought with more than that and what sales have brought in.</summary>
    public required long Cash { get; init; }

    /// <summary>Fair price of each ticker at the start, 1/10,000 dollar: what stock held over counts for.</summary>
    public required IReadOnlyList<int> StartFairPrices { get; init; }

    /// <summary>Fair price of each ticker at the end, 1/10,000 dollar.</summary>
    public required IReadOnlyList<int> EndFairPrices { get; init; }

    /// <summary>Stock of each ticker at the start, in shares; null = none.</summary>
    public IReadOnlyList<long>? StartShares { get; init; }

    /// <summary>What it costs to be rid of what is left at the end, in ppm of its fair value. Default 2,000: half a spread of 20 bp.</summary>
    public int LiquidationPpm { get; init; } = 2_000;

    /// <summary>Keeps the offers that pay at least the floor of their side: what a rule with these floors could have taken.</summary>
    public TradingDay WithFloors(int buyEdgePpm, int sellEdgePpm) => this with
    {
        Opportunities =
            [.. Opportunities.Where(offer => offer.Shares > 0 && Pays(offer, offer.OfferSide == Side.Sell ? buyEdgePpm : sellEdgePpm))],
    };

    /// <summary>Exact and inclusive, like the rule itself.</summary>
    private static bool Pays(in Opportunity offer, int edgePpm) => offer.OfferSide == Side.Sell
        ? offer.Price * 1_000_000L <= offer.FairPrice * (1_000_000L - edgePpm)
        : offer.Price * 1_000_000L >= offer.FairPrice * (1_000_000L + edgePpm);
}
