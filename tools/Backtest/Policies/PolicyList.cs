using MarketMaker.Backtest.Foreseeing;

namespace MarketMaker.Backtest.Policies;

/// <summary>The policies by name: the engine's modes, and what they are held against.</summary>
internal static class PolicyList
{
    /// <summary>Names, for help and errors.</summary>
    public const string Names = "strict, adaptive, unrelieved (adaptive whose sales always ask the floor), fixed (1 %), plain (the same without shares of the capital), naive (fixed without collar, guard, markout and day limits), fixed-25bp, static:BUY_PPM:SELL_PPM, "
        + "best:FLOOR_PPM (the clairvoyant's bound at this floor), sees:SECONDS:FLOOR_PPM (a trader who sees so far ahead)";

    /// <summary>The fixed 1 % rule: capital costs nothing.</summary>
    public static Policy Fixed => Static("fixed", 10_000, 10_000);

    /// <summary>The fixed 1 % rule that may put all its capital into one ticker, as the small model's did.</summary>
    public static Policy Plain => Fixed.With([("ticker-used-max-ppm", "1000000"), ("capital-used-max-ppm", "1000000")]) with { Name = "plain" };

    /// <summary>The fixed 1 % rule without collar, guard and the like: believes every price.</summary>
    public static Policy Naive => Fixed.With(
    [
        ("offer-flow-moved-ppm", "0"), ("markout-deny-s", "0"), ("sell-off-s", "0"), .. DayLimitsOff,
        ("collar-fresh-ppm", "100000"), ("collar-recent-ppm", "100000"), ("collar-ageing-ppm", "100000"), ("collar-old-ppm", "100000"),
    ]) with
    { Name = "naive" };

    /// <summary>The engine with floors of 1 %.</summary>
    public static Policy Strict => new("strict", []);

    /// <summary>The engine with floors of 25 bp.</summary>
    public static Policy Adaptive => new("adaptive", [("mode", "adaptive")]);

    /// <summary>The same whose sales always ask the floor.</summary>
    public static Policy Unrelieved => Adaptive.With([("sell-relief-max-ppm", "0")]) with { Name = "unrelieved" };

    /// <summary>The same without the day's limits, which have nothing to do with how old a price is.</summary>
    public static Policy WithoutDayLimits(Policy policy) => policy.With(DayLimitsOff);

    /// <summary>Two thresholds that never move.</summary>
    public static Policy Static(int buyPpm, int sellPpm) => Static($"static:{buyPpm}:{sellPpm}", buyPpm, sellPpm);

    /// <summary>Finds a policy by its name.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static Policy Parse(string name)
    {
        string[] parts = name.Split(':');
        return name switch
        {
            "strict" => Strict,
            "adaptive" => Adaptive,
            "unrelieved" => Unrelieved,
            "fixed" => Fixed,
            "plain" => Plain,
            "naive" => Naive,
            "fixed-25bp" => Static(name, 2_500, 2_500),
            _ when Foresight.TryParse(name, out _) => new Policy(name, []),
            _ when parts is ["static", var buy, var sell] && int.TryParse(buy, out int buyPpm) && int.TryParse(sell, out int sellPpm) => Static(buyPpm, sellPpm),
            _ => throw new FormatException($"there is no policy '{name}': write {Names}"),
        };
    }

    private static (string Key, string Value)[] DayLimitsOff =>
    [
        ("day-move-sell-only-ppm", "1000000"), ("day-move-deny-ppm", "1000000"), ("day-loss-stop-buying-ppm", "1000000"), ("day-loss-halt-ppm", "1000000"),
    ];

    private static Policy Static(string name, int buyPpm, int sellPpm) =>
        new(name, [("mode", "adaptive"), ("rent-a-ppm", "0"), ("buy-edge-ppm", $"{buyPpm}"), ("sell-edge-ppm", $"{sellPpm}")]);
}
