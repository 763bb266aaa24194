using MarketMaker.Decision;

namespace MarketMaker.Host.Configuration;

/// <summary>The keys of the signals: collar, flow of offers, markout, day move, sell-off.</summary>
internal static class SignalsConfig
{
    private const long NsPerSecond = 1_000_000_000;

    public static DecisionOptions AddTo(DecisionOptions options, IniValues ini)
    {
        int movedPpm = ini.Int("decision", "offer-flow-moved-ppm");
        int denySeconds = ini.Int("decision", "markout-deny-s");
        int sellOffSeconds = ini.Int("decision", "sell-off-s");
        return options with
        {
            Collar = new()
            {
                FreshPpm = ini.Int("decision", "collar-fresh-ppm"),
                RecentPpm = ini.Int("decision", "collar-recent-ppm"),
                AgeingPpm = ini.Int("decision", "collar-ageing-ppm"),
                OldPpm = ini.Int("decision", "collar-old-ppm"),
                VolatileFreshPpm = ini.Int("decision", "collar-volatile-fresh-ppm"),
                VolatileRecentPpm = ini.Int("decision", "collar-volatile-recent-ppm"),
                VolatileAgeingPpm = ini.Int("decision", "collar-volatile-ageing-ppm"),
                VolatileOldPpm = ini.Int("decision", "collar-volatile-old-ppm"),
                PriceAgeMaxUs = options.PriceAgeMaxUs,
                VolatilePriceAgeMaxUs = options.VolatilePriceAgeMaxUs,
            },
            OfferFlow = movedPpm == 0 ? null : new() { MovedPpm = movedPpm },
            Markout = denySeconds == 0 ? null : new() { DenyNs = denySeconds * NsPerSecond },
            DayMove = new() { SellOnlyPpm = ini.Int("decision", "day-move-sell-only-ppm"), DeniedPpm = ini.Int("decision", "day-move-deny-ppm") },
            SellOff = sellOffSeconds == 0 ? null : new()
            {
                DurationNs = sellOffSeconds * NsPerSecond,
                StartPpm = ini.Int("decision", "sell-off-start-ppm"),
                GiveAwayMaxPpm = ini.Int("decision", "sell-off-give-away-max-ppm"),
            },
        };
    }
}
