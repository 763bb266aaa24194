using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>Makes the figures of images: totals of the last, rates and latencies between it and earlier ones.</summary>
internal static class FiguresBuilder
{
    private const long NsPerSecond = 1_000_000_000;
    private const long RateWindowNs = 2 * NsPerSecond;
    private const long LatencyWindowNs = 10 * NsPerSecond;

    /// <summary>The rings, in the order of their counters.</summary>
    public static readonly string[] Rings = ["offers", "prices", "executes", "responses", "refreshes", "priorities", "captures", "log"];

    /// <summary>Counters of one ring.</summary>
    public const int CountersPerRing = Counter.RingsPricesSlots - Counter.RingsOffersSlots;

    /// <summary>Refusals of the stages that refuse.</summary>
    public static readonly (string Stage, Counter Block)[] RefusingStages =
        [("Feed", Counter.FeedRefused), ("Decision", Counter.DecisionRefused), ("Execution", Counter.ExecutionRefused)];

    private static readonly (HopHistogram Hop, string Name)[] Hops =
    [
        (HopHistogram.ArrivedToPolled, "arrival to packet"),
        (HopHistogram.ReceivedToDecoded, "packet to decoded"),
        (HopHistogram.ReceivedToPriced, "packet to priced"),
        (HopHistogram.ReceivedToDecided, "packet to decided"),
        (HopHistogram.ReceivedToSent, "packet to order sent"),
        (HopHistogram.SentToAnswered, "order to answer"),
        (HopHistogram.AnsweredToDurable, "answer to durable"),
        (HopHistogram.VerdictToFlag, "verdict to flag"),
    ];

    /// <summary>The figures of the last image of a history that has one.</summary>
    public static EngineFigures Of(ImageHistory history, ShipperNote? shipper)
    {
        CounterImage now = history.Latest!;
        CounterImage? before = history.Before(RateWindowNs), beforeLatency = history.Before(LatencyWindowNs);
        EngineLife life = EngineLifeJudge.Of(now, history.IsRecorded);
        Rates rates = new(before, now);
        FlowFigures flow = FlowOf(now, rates);
        PriceFigures prices = PricesOf(now, rates);
        LagFigures lags = LagsOf(now, rates, shipper);
        List<RingFigures> rings = RingsOf(now);
        List<StageFigures> stages = StageList.Of(now, rates);
        List<RaisedAlarm> alarms = AlarmList.Of(now, life, rings, stages, shipper);
        double beatAge = EngineLifeJudge.HeartbeatAgeNs(now) / 1e9;
        return new EngineFigures(
            DateTimeOffset.UnixEpoch.AddTicks(now.TakenWallNs / 100),
            now.Header.Node,
            Words.State(life, now),
            life == EngineLife.Failed || alarms.Exists(alarm => alarm.Severity == AlarmList.Critical) ? AlarmList.Critical : alarms.Count > 0 ? AlarmList.Warning : "ok",
            now.Header.Writer.Id,
            Math.Max(0, (now.Read(Counter.HostHeartbeatWallNs) - now.Header.StartedWallNs) / 1e9),
            beatAge,
            $"{now.Header.ConfigurationHash:x16}",
            Math.Round(rates.Seconds, 2),
            beforeLatency is null ? 0 : Math.Round((now.TakenNs - beforeLatency.TakenNs) / 1e9, 2))
        {
            Alarms = alarms,
            Flow = flow,
            Money = MoneyOf(now),
            Prices = prices,
            Lags = lags,
            Session = Words.Session((ExecutionState)now.Read(Counter.ExecutionState)),
            Stages = stages,
            Rings = rings,
            Hops = [.. Hops.Select(hop => HopOf(hop.Hop, hop.Name, beforeLatency, now))],
            Refusals = RefusalsOf(now, rates),
            Wins = [.. WinsOf(now, "buy", Counter.WinRecordBuyTries, Counter.WinRecordBuyWins, Counter.WinRecordBuyWinSharePpm),
                .. WinsOf(now, "sell", Counter.WinRecordSellTries, Counter.WinRecordSellWins, Counter.WinRecordSellWinSharePpm)],
            Tickers = TickersOf(now),
        };
    }

    private static FlowFigures FlowOf(CounterImage now, Rates rates)
    {
        long wins = now.Read(Counter.ExecutionWins), losses = now.Read(Counter.ExecutionLosses);
        double recentWins = rates.PerSecond(Counter.ExecutionWins), recentLosses = rates.PerSecond(Counter.ExecutionLosses);
        return new FlowFigures(
            now.Read(Counter.FeedOffersSeen), rates.PerSecond(Counter.FeedOffersSeen),
            now.Read(Counter.ExecutionSent), rates.PerSecond(Counter.ExecutionSent),
            wins, losses, now.Read(Counter.ExecutionRejects), now.Read(Counter.ExecutionUnknown),
            Share(wins, wins + losses), Share(recentWins, recentWins + recentLosses),
            now.Read(Counter.ExecutionExecutions), rates.PerSecond(Counter.ExecutionExecutions),
            now.Read(Counter.DecisionOrdersInFlight), now.Read(Counter.FeedGaps), now.Read(Counter.FeedMessagesLost), now.Read(Counter.HostKernelDrops));
    }

    private static MoneyFigures MoneyOf(CounterImage now)
    {
        long equity = now.Read(Counter.DecisionEquity), opening = now.Read(Counter.DecisionOpeningEquity), used = now.Read(Counter.DecisionCapitalUsed);
        return new MoneyFigures(
            Dollars(equity), opening == 0 ? 0 : Dollars(equity - opening), now.Read(Counter.DecisionDayLossPpm) / 1e4,
            Dollars(now.Read(Counter.DecisionCashFree)), Dollars(now.Read(Counter.DecisionCashReserved)), Dollars(now.Read(Counter.DecisionInventoryValue)),
            Dollars(used), Share(used, equity), Dollars(now.Read(Counter.JournalCash)),
            now.Read(Counter.DecisionRequiredBuyEdgePpm) / 1e4, now.Read(Counter.WinRecordMarkoutTenSecondsPpm) / 1e4);
    }

    private static PriceFigures PricesOf(CounterImage now, Rates rates)
    {
        long sellOnly = 0, denied = 0;
        foreach (ref readonly TickerRow row in now.Tickers)
        {
            if ((row.Flags & TickerFlags.Denied) != 0) denied++;
            else if ((row.Flags & TickerFlags.SellOnly) != 0) sellOnly++;
        }

        return new PriceFigures(
            now.Read(Counter.PriceAgesTickers), now.Read(Counter.PricesTickersPriced), now.Read(Counter.PriceAgesTickersHeld), now.Read(Counter.PriceAgesStaleTickers),
            sellOnly, denied,
            now.Read(Counter.PriceAgesOldestMs) / 1e3, now.Read(Counter.PriceAgesMedianMs) / 1e3, now.Read(Counter.PriceAgesP99Ms) / 1e3,
            rates.PerSecond(Counter.PriceClientRequests), now.Read(Counter.PriceClientTimeouts),
            now.Read(Counter.AlertsAllSellOnly) == 0, now.Read(Counter.AlertsDutyCycles) > 0);
    }

    private static LagFigures LagsOf(CounterImage now, Rates rates, ShipperNote? shipper) => new(
        now.Read(Counter.RingsJournalBacklog), now.Read(Counter.JournalBooked), rates.PerSecond(Counter.JournalBooked),
        shipper?.LagRows ?? now.Read(Counter.ShippingBehind), (shipper?.OldestAgeMs ?? now.Read(Counter.ShippingWaitedMs)) / 1e3,
        shipper?.State ?? (now.Read(Counter.ShippingLastId) == 0 ? "nothing shipped yet" : "by its mark"),
        now.Read(Counter.JournalIdsLeft), now.Read(Counter.JournalUsedBytes), now.Read(Counter.JournalDiskFreeBytes), now.Read(Counter.JournalQuarantined));

    private static List<RingFigures> RingsOf(CounterImage now)
    {
        List<RingFigures> rings = [];
        for (int i = 0; i < Rings.Length; i++)
        {
            Counter first = Counter.RingsOffersSlots + i * CountersPerRing;
            if (now.Read(first) > 0) rings.Add(new RingFigures(Rings[i], now.Read(first), now.Read(first + 1), now.Read(first + 3), now.Read(first + 2)));
        }

        return rings;
    }

    private static HopFigures HopOf(HopHistogram hop, string name, CounterImage? before, CounterImage now)
    {
        HistogramImage values = before is null ? now[hop] : now.Since(before, hop);
        return new HopFigures(hop.ToString(), name, values.Count,
            Us(values.ValueAtPercentile(50)), Us(values.ValueAtPercentile(99)), Us(values.ValueAtPercentile(99.9)), Us(now[hop].MaxNs));

        static double Us(long ns) => Math.Round(ns / 1e3, 1);
    }

    private static List<RefusalFigures> RefusalsOf(CounterImage now, Rates rates)
    {
        List<RefusalFigures> refusals = [];
        foreach ((string stage, Counter block) in RefusingStages)
        {
            foreach (RefusalReason reason in Enum.GetValues<RefusalReason>())
            {
                long count = now.ReadRefused(block, reason);
                if (count > 0) refusals.Add(new RefusalFigures(stage, reason.ToString(), count, rates.PerSecond(block + (int)reason)));
            }
        }

        refusals.Sort((a, b) => b.Count.CompareTo(a.Count));
        return refusals;
    }

    private static IEnumerable<WinFigures> WinsOf(CounterImage now, string side, Counter tries, Counter wins, Counter sharePpm) =>
        Enumerable.Range(0, Counter.WinRecordBuyWins - Counter.WinRecordBuyTries).Where(i => now.Read(tries + i) > 0)
            .Select(i => new WinFigures(side, i, now.Read(tries + i), now.Read(wins + i), Math.Round(now.Read(sharePpm + i) / 1e4, 1)));

    private static List<TickerFigures> TickersOf(CounterImage now)
    {
        List<TickerFigures> tickers = [];
        foreach (ref readonly TickerRow row in now.Tickers)
        {
            TickerFlags told = row.Flags & ~TickerFlags.NoPrice;
            if (row is { PositionShares: 0, OrdersInFlight: 0, Used: 0 } && told == TickerFlags.None) continue;
            tickers.Add(new TickerFigures(row.Symbol.ToString(), row.PositionShares, Dollars(row.Used), Dollars(row.FairPrice),
                row.PriceAsOfNs == 0 ? -1 : Math.Round(Math.Max(0, now.TakenNs - row.PriceAsOfNs) / 1e9, 1), Words.Ticker(row.Flags), row.OrdersInFlight));
        }

        tickers.Sort((a, b) => b.Used != a.Used ? b.Used.CompareTo(a.Used) : string.CompareOrdinal(a.Ticker, b.Ticker));
        return tickers;
    }

    private static decimal Dollars(long units) => (decimal)units / Money.UnitsPerDollar;

    private static double Share(double part, double whole) => whole <= 0 ? 0 : Math.Round(100 * part / whole, 2);
}
