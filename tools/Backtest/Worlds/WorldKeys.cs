using System.Globalization;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Worlds;

/// <summary>The settings of a world, each with its meaning: the one list that help, errors and parsing share.</summary>
internal static class WorldKeys
{
    private static readonly Dictionary<string, (string Help, Func<BacktestOptions, string, BacktestOptions> Apply)> Keys = new()
    {
        ["competitors"] = ("0 to 64, or changing: 0, 2, 5 or 10, drawn each hour [8]", WithCompetitors),
        ["competitor-latency"] = ("MEDIAN_US[:SIGMA], or FILE:ns, FILE:us of HdrHistogram percentiles [300:0.6]", (o, v) => Market(o, m => m with { CompetitorLatency = LatencyTable.Parse(v) })),
        ["competitor-delay-ms"] = ("age of the fair prices they know [0]", (o, v) => Market(o, m => m with { CompetitorDelayMs = Int(v) })),
        ["competitor-capital"] = ("dollars each; 0: without bound [0]", (o, v) => Market(o, m => m with { CompetitorCapitalDollars = Int(v) })),
        ["competitor-look"] = ("chance that one looks at an offer [0.8]", (o, v) => Market(o, m => m with { CompetitorLook = Number(v) })),
        ["competitor-edge"] = ("LOWEST:HIGHEST least edge in bp [50:120]", WithCompetitorEdge),
        ["tickers"] = ("[50]", (o, v) => Market(o, m => m with { Tickers = Int(v) })),
        ["offers-per-day"] = ("over all tickers [500000]", (o, v) => Market(o, m => m with { OffersPerDay = Int(v) })),
        ["day-shape"] = ("0: the same all day; 1: twice the mean at the ends [1]", (o, v) => Market(o, m => m with { DayShape = Number(v) })),
        ["positive-share"] = ("share of offers with a positive edge; the bulk is at -50 bp [1]", (o, v) => Market(o, m => m with { PositiveShare = Number(v) })),
        ["edge-bp"] = ("mean edge of these [40]", (o, v) => Market(o, m => m with { EdgeMean = Number(v) / 10_000 })),
        ["median-dollars"] = ("median worth of an offer [1000]", (o, v) => Market(o, m => m with { MedianDollars = Number(v) })),
        ["lifetime-ms"] = ("mean time an offer rests [1000]", (o, v) => Market(o, m => m with { LifetimeMs = Int(v) })),
        ["volatility"] = ("of a fair price in a day, percent [2]", (o, v) => Market(o, m => m with { DailyVolatility = Number(v) / 100 })),
        ["volatility-spread"] = ("deviation of the logarithm over tickers [0.3]", (o, v) => Market(o, m => m with { VolatilitySpread = Number(v) })),
        ["jumps"] = ("of each fair price in a day [2]", (o, v) => Market(o, m => m with { JumpsPerDay = Number(v) })),
        ["jump-percent"] = ("mean size of a jump [3]", (o, v) => Market(o, m => m with { JumpMean = Number(v) / 100 })),
        ["price-step-ms"] = ("time between two steps of a fair price [500]", (o, v) => Market(o, m => m with { PriceStepMs = Int(v) })),
        ["wild-share"] = ("share of the tickers that turn wild [0]", (o, v) => Market(o, m => m with { WildShare = Number(v) })),
        ["wild-factor"] = ("times their usual volatility [4]", (o, v) => Market(o, m => m with { WildFactor = Int(v) })),
        ["wild-from"] = ("second they turn wild at [0]", (o, v) => Market(o, m => m with { WildFromSeconds = Int(v) })),
        ["wild-for"] = ("seconds they stay so; 0: to the end [0]", (o, v) => Market(o, m => m with { WildForSeconds = Int(v) })),
        ["verdict-requests"] = ("a second of the volatility service, each ticker in its turn; 0: there is none [0]", (o, v) => o with { VerdictRequestsPerSecond = Int(v) }),
        ["split-share"] = ("chance that an execution comes in parts [0]", (o, v) => Market(o, m => m with { SplitShare = Number(v) })),
        ["dead-share"] = ("chance that an order is dead on arrival [0]", (o, v) => Market(o, m => m with { DeadOnArrivalShare = Number(v) })),
        ["break-share"] = ("chance that an execution is broken [0]", (o, v) => Market(o, m => m with { BreakShare = Number(v) })),
        ["seconds"] = ("length of the session [23400]", (o, v) => o with { Seconds = Int(v) }),
        ["latency"] = ("ours, as competitor-latency, from publication to matching [300:0.6]", (o, v) => o with { Latency = LatencyTable.Parse(v) }),
        ["feed-delay-us"] = ("the part of it until we hear [20]", (o, v) => o with { FeedDelayUs = Int(v) }),
        ["response-delay-us"] = ("from matching until we hear [100]", (o, v) => o with { ResponseDelayUs = Int(v) }),
        ["tick-ms"] = ("time between ticks [100]", (o, v) => o with { TickMs = Int(v) }),
        ["liquidation-bp"] = ("cost of selling what is left at the end [20]", (o, v) => o with { LiquidationPpm = (int)(Number(v) * 100) }),
        ["requests-per-second"] = ("to the price service at most [20]", (o, v) => Prices(o, p => p with { RequestsPerSecond = Int(v) })),
        ["poll-seconds"] = ("between polls of a ticker, each in its turn; 0: by the engine's schedule [0]", (o, v) => Prices(o, p => p with { PollSeconds = Number(v) })),
        ["priority"] = ("whether tickers are asked for out of turn: true, false [true]", (o, v) => Prices(o, p => p with { Priority = Flag(v) })),
        ["price-latency"] = ("of the price service, as latency [2000:0.5]", (o, v) => Prices(o, p => p with { Latency = LatencyTable.Parse(v) })),
        ["bad-price-share"] = ("chance that an answer is wrong [0]", (o, v) => Faults(o, f => f with { BadPriceShare = Number(v) })),
        ["stalls"] = ("of the price service in a session, up to a minute each [0]", (o, v) => Faults(o, f => f with { StallsPerDay = Int(v) })),
        ["verdicts"] = ("changes of a ticker's verdict in a session [0]", (o, v) => Faults(o, f => f with { VerdictsPerDay = Int(v) })),
        ["silences"] = ("of the verdicts in a session, up to a minute each [0]", (o, v) => Faults(o, f => f with { SilencesPerDay = Int(v) })),
    };

    /// <summary>A line for each key.</summary>
    public static string Help =>
        string.Join('\n', Keys.Select(k => $"  {k.Key,-20} {k.Value.Help}").Prepend("  capital              tight, middle, ample (1.4, 4.5, 14 % of what sellers offer at 1 % or more) or dollars [middle]"));

    /// <summary>Applies one setting.</summary>
    /// <exception cref="FormatException">The key is not known or the value is none.</exception>
    public static BacktestOptions Apply(BacktestOptions options, string key, string value)
    {
        if (!Keys.TryGetValue(key, out var known))
            throw new FormatException($"there is no setting '{key}': {Nearest(key)}mm-backtest settings lists them all; keys of the engine begin with decision.");
        try
        {
            return known.Apply(options, value);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{key} = {value}: {cause.Message} ({known.Help})", cause);
        }
    }

    /// <summary>Whether a setting of this name is a world's.</summary>
    public static bool Has(string key) => key == "capital" || Keys.ContainsKey(key);

    private static string Nearest(string key) =>
        Keys.Keys.FirstOrDefault(k => k.Contains(key, StringComparison.Ordinal) || key.Contains(k, StringComparison.Ordinal)) is { } near ? $"did you mean {near}? " : "";

    private static BacktestOptions WithCompetitors(BacktestOptions options, string value) =>
        value == "changing" ? Market(options, m => m with { Competitors = 10, CompetitorsByHour = [0, 2, 5, 10] })
        : Market(options, m => m with { Competitors = Int(value), CompetitorsByHour = [] });

    private static BacktestOptions WithCompetitorEdge(BacktestOptions options, string value)
    {
        string[] ends = value.Split(':');
        if (ends.Length != 2) throw new FormatException("write LOWEST:HIGHEST");
        return Market(options, m => m with { CompetitorEdgeLowest = Number(ends[0]) / 10_000, CompetitorEdgeHighest = Number(ends[1]) / 10_000 });
    }

    private static BacktestOptions Market(BacktestOptions options, Func<MarketOptions, MarketOptions> change) => options with { Market = change(options.Market) };

    private static BacktestOptions Prices(BacktestOptions options, Func<PriceServiceOptions, PriceServiceOptions> change) => options with { Prices = change(options.Prices) };

    private static BacktestOptions Faults(BacktestOptions options, Func<FaultOptions, FaultOptions> change) => options with { Faults = change(options.Faults) };

    private static int Int(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(string value) => double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static bool Flag(string value) => bool.TryParse(value, out bool flag) ? flag : throw new FormatException("write true or false");
}
