using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>Every stage with its counters.</summary>
internal static class StageList
{
    /// <summary>Counters of one thread.</summary>
    public const int CountersPerThread = Counter.ThreadsPricesCpuNs - Counter.ThreadsFeedCpuNs;

    /// <summary>The stages in the order of the flow; those that wait for nobody have no counter of stalls.</summary>
    public static readonly StageCounters[] All =
    [
        new("Feed", Counter.FeedDutyCycles, Counter.FeedWorkCycles, [Counter.FeedMessages], [Counter.FeedRefused + (int)RefusalReason.RingFull], Counter.ThreadsFeedCpuNs),
        new("Prices", Counter.PricesDutyCycles, Counter.PricesWorkCycles, [Counter.PricesOffersStamped, Counter.PricesUpdated], [], Counter.ThreadsPricesCpuNs),
        new("Decision", Counter.DecisionDutyCycles, Counter.DecisionWorkCycles, [Counter.DecisionOffersJudged], [Counter.DecisionRefused + (int)RefusalReason.ExecutionBusy], Counter.ThreadsDecisionCpuNs),
        new("Execution", Counter.ExecutionDutyCycles, Counter.ExecutionWorkCycles, [Counter.ExecutionSent, Counter.ExecutionWins, Counter.ExecutionLosses],
            [Counter.ExecutionStalls, Counter.ExecutionRefused + (int)RefusalReason.NotSentFewFreeSlots, Counter.ExecutionRefused + (int)RefusalReason.NotSentSocketFull], Counter.ThreadsExecutionCpuNs),
        new("Journal", Counter.JournalDutyCycles, Counter.JournalWorkCycles, [Counter.JournalBooked], [], Counter.ThreadsJournalCpuNs),
        new("PriceClient", Counter.PriceClientDutyCycles, Counter.PriceClientWorkCycles, [Counter.PriceClientPrices], [Counter.PriceClientStalls], Counter.ThreadsPriceClientCpuNs),
        new("Alerts", Counter.AlertsDutyCycles, Counter.AlertsWorkCycles, [Counter.AlertsMessages], [], Counter.ThreadsAlertsCpuNs),
    ];

    /// <summary>The stages of an image.</summary>
    public static List<StageFigures> Of(CounterImage now, Rates rates) =>
        [.. All.Where(stage => now.Read(stage.DutyCycles) > 0).Select(stage => new StageFigures(
            stage.Name,
            (int)now.Read(stage.Thread + 2),
            stage.Work.Sum(rates.PerSecond),
            Percent(rates.Growth(stage.WorkCycles), rates.Growth(stage.DutyCycles)),
            now.Read(stage.Thread) < 0 ? -1 : Percent(rates.Growth(stage.Thread), rates.Seconds * 1e9),
            now.Read(stage.Thread + 1) < 0 ? -1 : Percent(rates.Growth(stage.Thread + 1), rates.Seconds * 1e9),
            stage.Stalls.Sum(now.Read)))];

    private static double Percent(double part, double whole) => whole <= 0 ? 0 : Math.Round(100 * part / whole, 1);
}

/// <summary>Where a stage's figures are. <see cref="Thread"/> is followed by the waiting of its thread and by its core.</summary>
internal sealed record StageCounters(string Name, Counter DutyCycles, Counter WorkCycles, Counter[] Work, Counter[] Stalls, Counter Thread);
