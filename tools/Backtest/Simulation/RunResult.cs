using MarketMaker.Backtest.Checking;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>What one run came to. Amounts in 1/10,000 dollar, exact.</summary>
internal sealed record RunResult
{
    /// <summary>Offers judged by reason; index 0 are orders sent.</summary>
    public required IReadOnlyList<long> Verdicts { get; init; }

    /// <summary>Orders sent by edge bucket.</summary>
    public required IReadOnlyList<long> SentByEdge { get; init; }

    /// <summary>Orders won by edge bucket.</summary>
    public required IReadOnlyList<long> WonByEdge { get; init; }

    /// <summary>Points over the session, if wanted.</summary>
    public required IReadOnlyList<SeriesPoint> Series { get; init; }

    /// <summary>What the checker found, the first ones in words.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>Named figures, always the same ones in the same order.</summary>
    public required IReadOnlyList<(string Name, long Value)> Figures { get; init; }

    /// <summary>Names of all figures, in their order.</summary>
    public static readonly string[] Names =
    [
        "profit", "edge_profit", "bad_trade_loss", "bad_trades", "liquidation_cost", "leftover_stock",
        "start_cash", "capital_used_mean", "capital_used_max", "offers", "offers_judged", "paying_offers",
        "paying_sellers_value", "orders", "orders_won", "fills", "bought", "sold",
        "price_requests", "price_requests_urgent", "price_answers_refused", "contradictions", "violations",
        .. OfVerdicts,
    ];

    private static string[] OfVerdicts =>
    [
        "wild_tickers", "wild_found", "wild_found_ms", "wild_found_ms_max", "false_verdicts",
        "held_positions", "held_value", "held_profit", "held_loss", "idle_profit", "idle_loss",
    ];

    /// <summary>Equity after the leftover stock was sold, less the cash of the start.</summary>
    public long Profit => this["profit"];

    /// <summary>A figure by its name; 0 where this kind of run has none of it.</summary>
    public long this[string name] => Figures.FirstOrDefault(f => f.Name == name).Value;

    /// <summary>What a measurement that is no session came to.</summary>
    public static RunResult OfFigures(params (string Name, long Value)[] figures) =>
        new() { Verdicts = [], SentByEdge = [], WonByEdge = [], Series = [], Violations = [], Figures = figures };

    public static RunResult Of(
        BacktestOptions options, long offers, long payingOffers, long payingSellers, Account account, FairPrices prices,
        RunStatistics statistics, VerdictStatistics verdicts, OrderChecker checker, DecisionCore core, long requests, long urgentRequests, long refusedAnswers)
    {
        long leftover = account.StockValue(prices);
        long liquidation = account.Liquidate(prices, options.LiquidationPpm);
        return new RunResult
        {
            Verdicts = statistics.Verdicts,
            SentByEdge = statistics.SentByEdge,
            WonByEdge = statistics.WonByEdge,
            Series = statistics.Series,
            Violations = checker.Violations,
            Figures =
            [
                ("profit", account.Cash - options.Cash),
                ("edge_profit", account.EdgeProfit),
                ("bad_trade_loss", account.BadTradeLoss),
                ("bad_trades", account.BadTrades),
                ("liquidation_cost", liquidation),
                ("leftover_stock", leftover),
                ("start_cash", options.Cash),
                ("capital_used_mean", statistics.UsedMean),
                ("capital_used_max", statistics.UsedMax),
                ("offers", offers),
                ("offers_judged", statistics.Verdicts.Sum()),
                ("paying_offers", payingOffers),
                ("paying_sellers_value", payingSellers),
                ("orders", statistics.Verdicts[(int)RefusalReason.None]),
                ("orders_won", statistics.Won),
                ("fills", account.Fills),
                ("bought", account.Bought),
                ("sold", account.Sold),
                ("price_requests", requests),
                ("price_requests_urgent", urgentRequests),
                ("price_answers_refused", refusedAnswers),
                ("contradictions", core.Book.Contradictions),
                ("violations", checker.Count),
                ("wild_tickers", verdicts.WildTickers),
                ("wild_found", verdicts.WildFound),
                ("wild_found_ms", verdicts.WildFoundMs),
                ("wild_found_ms_max", verdicts.WildFoundMsMax),
                ("false_verdicts", verdicts.FalseVerdicts),
                ("held_positions", verdicts.HeldPositions),
                ("held_value", verdicts.HeldValue),
                ("held_profit", verdicts.HeldProfit),
                ("held_loss", verdicts.HeldLoss),
                ("idle_profit", verdicts.IdleProfit),
                ("idle_loss", verdicts.IdleLoss),
            ],
        };
    }
}
