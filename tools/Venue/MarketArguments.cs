using System.CommandLine;
using MarketMaker.Market;

namespace MarketMaker.Venue;

/// <summary>The arguments that describe the simulated market.</summary>
internal sealed class MarketArguments
{
    private static readonly MarketOptions Defaults = new();

    private readonly Option<ulong> _seed = Arguments.Create("--seed", "Seed of every choice.", Defaults.Seed);
    private readonly Option<int> _tickers = Arguments.Create("--tickers", "Tickers, 1 to 65000.", Defaults.Tickers);
    private readonly Option<int> _rate = Arguments.Create("--rate", "Offers a second over all tickers.", Defaults.OffersPerSecond);
    private readonly Option<double> _zipf = Arguments.Create("--zipf", "Zipf exponent of the tickers' activity, 0 to 2.", Defaults.ZipfExponent);
    private readonly Option<double> _paying = Arguments.Create("--paying", "Share of offers that pay at least 1 %.", Defaults.PayingShare);
    private readonly Option<double> _edge = Arguments.Create("--paying-edge", "Mean edge of a paying offer above 1 %, as a fraction.", Defaults.PayingEdgeMean);
    private readonly Option<double> _shares = Arguments.Create("--median-shares", "Median size of an offer.", Defaults.MedianShares);
    private readonly Option<int> _lifetime = Arguments.Create("--lifetime-ms", "Mean lifetime of an offer.", Defaults.LifetimeMs);
    private readonly Option<double> _volatility = Arguments.Create("--volatility", "Daily volatility of fair prices, as a fraction.", Defaults.DailyVolatility);
    private readonly Option<double> _jumps = Arguments.Create("--jumps", "Jumps of each fair price in a day.", Defaults.JumpsPerDay);
    private readonly Option<int> _competitors = Arguments.Create("--competitors", "Competitors, 0 to 64.", Defaults.Competitors);
    private readonly Option<double> _median = Arguments.Create("--competitor-median-us", "Median reaction of the middle competitor, us.", Defaults.CompetitorMedianUs);
    private readonly Option<double> _spread = Arguments.Create("--competitor-spread", "Slowest competitor's median / middle one's = middle one's / fastest one's.", Defaults.CompetitorSpread);
    private readonly Option<double> _sigma = Arguments.Create("--competitor-sigma", "Spread of one competitor's reactions (sd of the logarithm).", Defaults.CompetitorSigma);
    private readonly Option<double> _look = Arguments.Create("--competitor-look", "Chance that a competitor looks at an offer.", Defaults.CompetitorLook);
    private readonly Option<double> _split = Arguments.Create("--split", "Chance that an execution comes in several parts.", Defaults.SplitShare);
    private readonly Option<double> _dead = Arguments.Create("--dead", "Chance that an accepted order is dead on arrival.", Defaults.DeadOnArrivalShare);
    private readonly Option<double> _broken = Arguments.Create("--broken", "Chance that an execution is broken later.", Defaults.BreakShare);

    private readonly Option<double> _wildShare = Arguments.Create("--wild-share", "Share of tickers that turn wild for a while, 0 to 1.", Defaults.WildShare);
    private readonly Option<int> _wildFactor = Arguments.Create("--wild-factor", "How many times its usual volatility a wild ticker has, 2 to 50.", Defaults.WildFactor);
    private readonly Option<int> _wildFrom = Arguments.Create("--wild-from-s", "Seconds of the market after which they turn wild.", Defaults.WildFromSeconds);
    private readonly Option<int> _wildFor = Arguments.Create("--wild-for-s", "Seconds that they stay wild; 0: to the end.", Defaults.WildForSeconds);

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[
            _seed, _tickers, _rate, _zipf, _paying, _edge, _shares, _lifetime, _volatility, _jumps,
            _competitors, _median, _spread, _sigma, _look, _split, _dead, _broken, _wildShare, _wildFactor, _wildFrom, _wildFor])
            command.Options.Add(option);
    }

    public MarketOptions Read(ParseResult parsed)
    {
        MarketOptions options = new()
        {
            Seed = parsed.GetValue(_seed),
            Tickers = parsed.GetValue(_tickers),
            OffersPerSecond = parsed.GetValue(_rate),
            ZipfExponent = parsed.GetValue(_zipf),
            PayingShare = parsed.GetValue(_paying),
            PayingEdgeMean = parsed.GetValue(_edge),
            MedianShares = parsed.GetValue(_shares),
            LifetimeMs = parsed.GetValue(_lifetime),
            DailyVolatility = parsed.GetValue(_volatility),
            JumpsPerDay = parsed.GetValue(_jumps),
            Competitors = parsed.GetValue(_competitors),
            CompetitorMedianUs = parsed.GetValue(_median),
            CompetitorSpread = parsed.GetValue(_spread),
            CompetitorSigma = parsed.GetValue(_sigma),
            CompetitorLook = parsed.GetValue(_look),
            SplitShare = parsed.GetValue(_split),
            DeadOnArrivalShare = parsed.GetValue(_dead),
            BreakShare = parsed.GetValue(_broken),
            WildShare = parsed.GetValue(_wildShare),
            WildFactor = parsed.GetValue(_wildFactor),
            WildFromSeconds = parsed.GetValue(_wildFrom),
            WildForSeconds = parsed.GetValue(_wildFor),
        };
        return options.Check() is { } problem ? throw new ArgumentException(problem) : options;
    }
}

/// <summary>Short ways to make options.</summary>
internal static class Arguments
{
    /// <summary>An option with a default that the help shows.</summary>
    public static Option<T> Create<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
