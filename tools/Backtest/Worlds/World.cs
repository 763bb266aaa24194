using System.Globalization;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Worlds;

/// <summary>A world by its settings: what a run needs but the policy. Settings are text, so that a command line, a sweep and a table say the same.</summary>
internal sealed record World
{
    /// <summary>Settings that differ from the strategy market's defaults, in the order given.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    /// <summary>The same with one more setting; it counts instead of an earlier one of its key.</summary>
    public World With(string key, string value) => this with { Settings = [.. Settings.Where(s => s.Key != key), (key, value)] };

    /// <summary>The options of a run of this world.</summary>
    /// <exception cref="FormatException">A setting is not known or its value is none; the message says which.</exception>
    public BacktestOptions Options(ulong seed)
    {
        BacktestOptions options = new() { Market = MarketOptions.Strategy(seed, competitors: 8), Cash = 1 };
        string capital = "middle";
        foreach ((string key, string value) in Settings)
        {
            if (key == "capital") capital = value;
            else options = WorldKeys.Apply(options, key, value);
        }

        options = options with { Cash = CashOf(capital, options) };
        return options.Check() is { } problem ? throw new FormatException(problem) : options;
    }

    /// <summary>A share of the session's value of sellers' offers that pay at least 1 %, or dollars.</summary>
    private static long CashOf(string capital, BacktestOptions options)
    {
        long perTenThousand = capital switch { "tight" => 140, "middle" => 450, "ample" => 1_400, _ => 0 };
        if (perTenThousand > 0) return Math.Max(1, (long)((Int128)SessionValue.OfPayingSellers(options) * perTenThousand / 10_000));
        return long.TryParse(capital, NumberStyles.None, CultureInfo.InvariantCulture, out long dollars) && dollars is > 0 and <= 1_000_000_000_000
            ? dollars * Money.UnitsPerDollar
            : throw new FormatException($"capital = {capital}: write tight, middle, ample (1.4, 4.5, 14 % of what sellers offer at 1 % or more) or dollars");
    }
}
