namespace MarketMaker.Market;

/// <summary>How the edges, sides and sizes of offers are drawn.</summary>
public enum OfferModel
{
    /// <summary>A small share of offers pays at least 1 %, the bulk does not pay; buyers and sellers alike; sizes around a round lot.</summary>
    RareBargains,

    /// <summary>The strategy document's model: exponential edges by ticker and hour, more sellers than buyers, sizes in dollars.</summary>
    ExponentialEdges,
}

/// <summary>What the simulated market is like. Equal options and equal calls give an equal market, event by event.</summary>
public sealed record MarketOptions
{
    /// <summary>Seconds of a trading day: what the daily volatility and the jumps a day refer to.</summary>
    public const int TradingDaySeconds = 23_400;

    /// <summary>Seed of every choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Tickers, 1 to 65,000. Default 5,000: the mission's size.</summary>
    public int Tickers { get; init; } = 5_000;

    /// <summary>Offers a second over all tickers (new ones and replacements), 1 to 20,000,000. Default 500,000: the mission's rate.</summary>
    public int OffersPerSecond { get; init; } = 500_000;

    /// <summary>Zipf exponent of the tickers' activity, 0 (all alike) to 2. Default 0.7 (strategy document, section 7).</summary>
    public double ZipfExponent { get; init; } = 0.7;

    /// <summary>Share of offers that pay at least 1 %, 0 to 1. Default 0.012: about 1 % of the offers are worth a try.</summary>
    public double PayingShare { get; init; } = 0.012;

    /// <summary>Mean of the exponential tail above 1 % of a paying offer's edge, as a fraction. Default 0.004 (40 bp).</summary>
    public double PayingEdgeMean { get; init; } = 0.004;

    /// <summary>Median size of an offer in shares; sizes are lognormal. Default 100: a round lot.</summary>
    public double MedianShares { get; init; } = 100;

    /// <summary>Mean lifetime of an offer in ms (exponential, at most 4 s). Default 100: far above any reaction, and a book that fits the cache.</summary>
    public int LifetimeMs { get; init; } = 100;

    /// <summary>Daily volatility of a fair price as a fraction. Default 0.02.</summary>
    public double DailyVolatility { get; init; } = 0.02;

    /// <summary>Jumps of a ticker's fair price in a day. Default 2.</summary>
    public double JumpsPerDay { get; init; } = 2;

    /// <summary>Mean size of a jump as a fraction, exponential, at most 8 %. Default 0.03.</summary>
    public double JumpMean { get; init; } = 0.03;

    /// <summary>Share of tickers that turn wild for a while, 0 to 1. Default 0: none, and a seed's market is as it always was.</summary>
    public double WildShare { get; init; }

    /// <summary>How many times its usual volatility a wild ticker has, 2 to 50. Default 4.</summary>
    public int WildFactor { get; init; } = 4;

    /// <summary>Seconds of the market after which they turn wild. Default 0.</summary>
    public int WildFromSeconds { get; init; }

    /// <summary>Seconds that they stay wild. Default 0: to the end.</summary>
    public int WildForSeconds { get; init; }

    /// <summary>Competitors, 0 to 64. Default 8.</summary>
    public int Competitors { get; init; } = 8;

    /// <summary>Median reaction of the middle competitor in us: from the offer's publication to its order's arrival at matching.</summary>
    /// <remarks>Default 2,000, with <see cref="CompetitorSpread"/> 6: the fastest has a median of a third of a ms.</remarks>
    public double CompetitorMedianUs { get; init; } = 1_000;

    /// <summary>The slowest competitor's median is this many times the middle one's, the fastest's as many times less. 1 = all alike. Default 6.</summary>
    public double CompetitorSpread { get; init; } = 6;

    /// <summary>Spread of one competitor's reactions (standard deviation of the logarithm). Default 0.6.</summary>
    public double CompetitorSigma { get; init; } = 0.6;

    /// <summary>Chance that a competitor looks at an offer at all. Default 0.8.</summary>
    public double CompetitorLook { get; init; } = 0.8;

    /// <summary>The least edge that the greediest competitor wants, as a fraction; they are spread evenly up to the highest. Default 0.006.</summary>
    public double CompetitorEdgeLowest { get; init; } = 0.006;

    /// <summary>The least edge that the choosiest competitor wants, as a fraction. Default 0.012.</summary>
    public double CompetitorEdgeHighest { get; init; } = 0.012;

    /// <summary>Chance that an execution comes in several parts. Default 0.2.</summary>
    public double SplitShare { get; init; } = 0.2;

    /// <summary>Chance that an accepted order is dead on arrival. Default 0.001.</summary>
    public double DeadOnArrivalShare { get; init; } = 0.001;

    /// <summary>Chance that an execution is broken later. Default 0.0005.</summary>
    public double BreakShare { get; init; } = 0.0005;

    /// <summary>How long after an execution it is broken, ms. Default 400.</summary>
    public int BreakDelayMs { get; init; } = 400;

    /// <summary>How offers are drawn. Default RareBargains.</summary>
    public OfferModel Model { get; init; } = OfferModel.RareBargains;

    /// <summary>Offers in a whole day; 0, the default: as many as <see cref="OffersPerSecond"/> makes.</summary>
    public long OffersPerDay { get; init; }

    /// <summary>How much busier the open and the close are than the mean: the rate is 1 + this at both ends and 1 - this / 2 at noon. Default 0, at most 1.8.</summary>
    public double DayShape { get; init; }

    /// <summary>ExponentialEdges: mean edge of an offer as a fraction, times a factor of its ticker and one of its hour. Default 0.004 (40 bp).</summary>
    public double EdgeMean { get; init; } = 0.004;

    /// <summary>ExponentialEdges: least factor of a ticker and of an hour; each is drawn evenly up to <see cref="EdgeFactorHighest"/>. Default 0.6.</summary>
    public double EdgeFactorLowest { get; init; } = 0.6;

    /// <summary>ExponentialEdges: highest factor of a ticker and of an hour. Default 1.6.</summary>
    public double EdgeFactorHighest { get; init; } = 1.6;

    /// <summary>ExponentialEdges: share of offers with such an edge; the others lie around 50 bp on the wrong side (deviation 40 bp). Default 1.</summary>
    public double PositiveShare { get; init; } = 1;

    /// <summary>ExponentialEdges: median worth of an offer in dollars; lognormal, deviation of the logarithm 0.9. Default 1,000.</summary>
    public double MedianDollars { get; init; } = 1_000;

    /// <summary>ExponentialEdges: least share of sellers among a ticker's offers; drawn evenly per ticker. Default 0.45.</summary>
    public double SellersLowest { get; init; } = 0.45;

    /// <summary>ExponentialEdges: highest share of sellers among a ticker's offers. Default 0.75.</summary>
    public double SellersHighest { get; init; } = 0.75;

    /// <summary>Time between two steps of a fair price, ms. Default 100.</summary>
    public int PriceStepMs { get; init; } = 100;

    /// <summary>How much the tickers' volatilities differ (standard deviation of the logarithm). Default 0: all alike.</summary>
    public double VolatilitySpread { get; init; }

    /// <summary>How many of the competitors are there in an hour is drawn anew each hour from these numbers. Default empty: always all.</summary>
    public IReadOnlyList<int> CompetitorsByHour { get; init; } = [];

    /// <summary>Competitors know the fair price of this many ms ago. Default 0: the true one.</summary>
    public int CompetitorDelayMs { get; init; }

    /// <summary>Capital of each competitor in dollars; it buys and sells with no more. Default 0: without bound.</summary>
    public long CompetitorCapitalDollars { get; init; }

    /// <summary>Reactions of every competitor; null, the default: lognormal by median, spread and sigma above.</summary>
    public LatencyTable? CompetitorLatency { get; init; }

    /// <summary>Offers a second, averaged over the day.</summary>
    public double OffersPerSecondMean => OffersPerDay > 0 ? OffersPerDay / (double)TradingDaySeconds : OffersPerSecond;

    /// <summary>The strategy document's market (section 7), with prices that move: 50 tickers, and races that are even.</summary>
    /// <param name="seed">Seed of every choice.</param>
    /// <param name="competitors">How many others take offers.</param>
    /// <remarks>An even race: every reaction, ours included, is lognormal around 300 us with deviation 0.6, so that of k competitors that go
    /// for an offer each wins as often as we do.</remarks>
    public static MarketOptions Strategy(ulong seed, int competitors) => new()
    {
        Seed = seed,
        Tickers = 50,
        Model = OfferModel.ExponentialEdges,
        OffersPerDay = 500_000,
        DayShape = 1,
        LifetimeMs = 1_000,
        PriceStepMs = 500,
        VolatilitySpread = 0.3,
        Competitors = competitors,
        CompetitorMedianUs = 300,
        CompetitorSpread = 1,
        CompetitorEdgeLowest = 0.005,
        CompetitorEdgeHighest = 0.012,
        SplitShare = 0,
        DeadOnArrivalShare = 0,
        BreakShare = 0,
    };

    /// <summary>As <see cref="Strategy"/>, with 0, 2, 5 or 10 competitors, drawn anew each hour.</summary>
    public static MarketOptions StrategyWithChangingCompetitors(ulong seed) => Strategy(seed, competitors: 10) with { CompetitorsByHour = [0, 2, 5, 10] };

    /// <summary>Says what is wrong with the options.</summary>
    /// <returns>One sentence, or null when all is well.</returns>
    public string? Check() =>
        Tickers is < 1 or > 65_000 ? "tickers must be 1 to 65000"
        : OffersPerSecond is < 1 or > 20_000_000 ? "offers per second must be 1 to 20000000"
        : ZipfExponent is not (>= 0 and <= 2) ? "the Zipf exponent must be 0 to 2"
        : Competitors is < 0 or > 64 ? "competitors must be 0 to 64"
        : LifetimeMs is < 1 or > 4_000 ? "the lifetime must be 1 to 4000 ms"
        : MedianShares is not (>= 1 and <= 10_000) ? "the median size must be 1 to 10000 shares"
        : CompetitorMedianUs is not (>= 1 and <= 1e6) ? "the competitors' median must be 1 to 1000000 us"
        : CompetitorSpread is not (>= 1 and <= 100) ? "the competitors' spread must be 1 to 100"
        : DailyVolatility is not (>= 0 and <= 1) ? "the daily volatility must be 0 to 1"
        : JumpsPerDay is not (>= 0 and <= 10_000) ? "jumps per day must be 0 to 10000"
        : !IsShare(PayingShare) || !IsShare(CompetitorLook) || !IsShare(SplitShare) || !IsShare(DeadOnArrivalShare) || !IsShare(BreakShare)
            ? "a share or a chance must be 0 to 1"
        : !IsShare(WildShare) ? "the share of wild tickers must be 0 to 1"
        : WildFactor is < 2 or > 50 ? "the factor of wild tickers must be 2 to 50"
        : WildFromSeconds is < 0 or > 86_400 || WildForSeconds is < 0 or > 86_400 ? "the seconds of wild tickers must be 0 to 86400"
        : OffersPerDay is < 0 or > 400_000_000_000 ? "offers per day must be 0 to 400000000000"
        : DayShape is not (>= 0 and <= 1.8) ? "the day's shape must be 0 to 1.8"
        : !(EdgeMean is >= 0 and <= 0.1 && EdgeFactorLowest is >= 0 and <= 10 && EdgeFactorHighest is <= 10 && EdgeFactorLowest <= EdgeFactorHighest)
            ? "the mean edge must be 0 to 0.1 and its factors 0 to 10"
        : !IsShare(PositiveShare) || !IsShare(SellersLowest) || !IsShare(SellersHighest) || SellersLowest > SellersHighest
            ? "the share of positive edges and the shares of sellers must be 0 to 1"
        : MedianDollars is not (>= 1 and <= 1e6) ? "the median worth of an offer must be 1 to 1000000 dollars"
        : PriceStepMs is < 1 or > 60_000 ? "a price's step must be 1 to 60000 ms"
        : VolatilitySpread is not (>= 0 and <= 2) ? "the spread of volatilities must be 0 to 2"
        : CompetitorsByHour.Any(n => n < 0 || n > Competitors) ? "an hour cannot have more competitors than there are"
        : CompetitorDelayMs is < 0 or > 600_000 ? "the competitors' delay must be 0 to 600000 ms"
        : CompetitorCapitalDollars is < 0 or > 1_000_000_000_000 ? "a competitor's capital must be 0 to 1000000000000 dollars"
        : BreakDelayMs is < 1 or > 60_000 ? "the break delay must be 1 to 60000 ms"
        : null;

    private static bool IsShare(double value) => value is >= 0 and <= 1;
}
