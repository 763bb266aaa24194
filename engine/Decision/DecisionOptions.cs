using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Decision;

/// <summary>The limits and thresholds of Decision. Amounts are in 1/10,000 dollar; the defaults are the strict rule.</summary>
public sealed record DecisionOptions
{
    /// <summary>Least edge to buy from a seller, ppm of the fair price. Default 10,000 (1 %), range 0 to 1,000,000. Below it nothing is bought.</summary>
    public int BuyEdgePpm { get; init; } = 10_000;

    /// <summary>Least edge to sell to a buyer, ppm of the fair price. Default 10,000 (1 %), range 0 to 1,000,000.</summary>
    public int SellEdgePpm { get; init; } = 10_000;

    /// <summary>Rent of locked capital, its factor a, ppm per 1,000 s. Default 100 (1 bp), range 0 to 10,000; 0: capital costs nothing, the fixed rule.</summary>
    public int RentAPpm { get; init; } = 100;

    /// <summary>How steeply the rent grows with the capital in use, its exponent b in hundredths. Default 600 (6.0), range 0 to 2,000.</summary>
    public int RentBPercent { get; init; } = 600;

    /// <summary>Up to so much capital in use there is no rent, percent. Default 50, range 0 to 100: idle capital costs nothing.</summary>
    public int RentZ0Percent { get; init; } = 50;

    /// <summary>What is taken off the floor of a sale, percent of the rent that its shares would cost until they are sold. Default 400, range 0 to 10,000.</summary>
    public int RentReliefPercent { get; init; } = 400;

    /// <summary>The most that is taken off it, ppm. Default 0, range 0 to the floor: nothing, the strict rule.</summary>
    public int SellReliefMaxPpm { get; init; }

    /// <summary>Longest time to unload that is reckoned with, seconds. Default 2,000, range 1 to 86,400: a ticker hardly ever sold is not refused for ever.</summary>
    public long CoverCapSeconds { get; init; } = 2_000;

    /// <summary>How long buyers' offers are remembered, seconds to 1/e. Default 3,600, range 10 to 86,400.</summary>
    public long SellRateTauSeconds { get; init; } = 3_600;

    /// <summary>What can be sold per second of a ticker nothing is known of. Default 10 dollars: five times too much or too little changes little.</summary>
    public long SellRatePrior { get; init; } = 10L * Money.UnitsPerDollar;

    /// <summary>Oldest fair price that is traded on, microseconds. Default 10,000,000 (10 s), range 1 ms to 60 s: an older one is a trap.</summary>
    public uint PriceAgeMaxUs { get; init; } = 10_000_000;

    /// <summary>The same of a volatile ticker. Default 1,000,000 (1 s): its price moves as far in one second as others' in many.</summary>
    public uint VolatilePriceAgeMaxUs { get; init; } = 1_000_000;

    /// <summary>A refresh asked for out of turn is asked for again after so many ms without a price. Default 1,000, range 1 to 60,000.</summary>
    public int RefreshRetryMs { get; init; } = 1_000;

    /// <summary>Most one order may be worth. Default 50,000 dollars: bounds what one wrong price can cost.</summary>
    public long OrderNotionalMax { get; init; } = 50_000L * Money.UnitsPerDollar;

    /// <summary>Most of the capital that stock and open buys may take, ppm. Default 950,000 (95 %), range 1 to 1,000,000.</summary>
    public int CapitalUsedMaxPpm { get; init; } = 950_000;

    /// <summary>Most of the capital that stock and open buys of one ticker may take, ppm. Default 50,000 (5 %), range 1 to 1,000,000: no ticker takes it all.</summary>
    public int TickerUsedMaxPpm { get; init; } = 50_000;

    /// <summary>Most orders in flight. Default 1,024, range 1 to 65,536: bounds what a silent venue can leave unknown.</summary>
    public int OrdersInFlightMax { get; init; } = 1_024;

    /// <summary>Most orders in any second. Default 10,000, range 1 to 1,000,000: what a rule gone wild may do.</summary>
    public int SendsPerSecondMax { get; init; } = 10_000;

    /// <summary>Most orders of one ticker in any second. Default 1,000, range 1 to 1,000,000.</summary>
    public int TickerSendsPerSecondMax { get; init; } = 1_000;

    /// <summary>Most orders of one ticker that win in any minute. Default 5,000, range 1 to 1,000,000: more looks like one trade done again and again.</summary>
    public int TickerWinsPerMinuteMax { get; init; } = 5_000;

    /// <summary>Loss of the day, stock at fair prices, that ends the buys while it lasts, ppm of the capital at its start. Default 10,000 (1 %).</summary>
    public int DayLossStopBuyingPpm { get; init; } = 10_000;

    /// <summary>Loss of the day that ends all trading for good, ppm. Default 20,000 (2 %).</summary>
    public int DayLossHaltPpm { get; init; } = 20_000;

    /// <summary>How far from the fair price an offer is believed; null: however far.</summary>
    public CollarOptions? Collar { get; init; } = new();

    /// <summary>When a ticker's offers say that its price moved; null: they are not watched.</summary>
    public OfferFlowOptions? OfferFlow { get; init; } = new();

    /// <summary>When a ticker is denied for what became of its fills; null: never.</summary>
    public MarkoutOptions? Markout { get; init; } = new();

    /// <summary>How far a ticker may move in a day; null: as far as it likes.</summary>
    public DayMoveOptions? DayMove { get; init; } = new();

    /// <summary>How the floor falls under the stock of a volatile ticker; null: it is held until it is calm or somebody pays the usual edge.</summary>
    public SellOffOptions? SellOff { get; init; } = new();

    /// <summary>How wins and losses are kept.</summary>
    public WinRecordOptions WinRecord { get; init; } = new();

    /// <summary>Whether shares we do not have may be sold. Default false.</summary>
    public bool ShortSelling { get; init; }
}
