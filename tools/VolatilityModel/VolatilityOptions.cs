namespace MarketMaker.VolatilityModel;

/// <summary>When a ticker counts as volatile. Sigma is in 0.01 bp per square root of a second everywhere: 131 is 2 % in a day of 6.5 hours.</summary>
/// <remarks>Source: strategy document, section 5, where no other reason is given.</remarks>
public sealed record VolatilityOptions
{
    /// <summary>Time constant of the slow variance, ms: the rolling five minutes. Default 300,000; 10,000 to 600,000.</summary>
    public int TauMs { get; init; } = 300_000;

    /// <summary>
    /// Time constant of the fast variance, ms. Default 60,000; 1,000 to 600,000. It tells jumps from rises, and that a rise is over.
    /// </summary>
    public int FastTauMs { get; init; } = 60_000;

    /// <summary>Sigma above its own baseline that is a rise, percent. Default 200.</summary>
    public int EnterPercent { get; init; } = 200;

    /// <summary>Sigma above its own baseline below which the rise is over, percent. Default 140.</summary>
    public int LeavePercent { get; init; } = 140;

    /// <summary>Sigma that is a rise for any ticker. Default 400: 6 % a day.</summary>
    public int EnterSigma { get; init; } = 400;

    /// <summary>Sigma below which no ticker stays volatile for the limit above. Default 280.</summary>
    public int LeaveSigma { get; init; } = 280;

    /// <summary>A ticker stays volatile for so long at least, ms. Default 300,000: without it, twice the flips.</summary>
    public int StayMs { get; init; } = 300_000;

    /// <summary>Realised over bipower variance beyond which there was a jump. Default 3.</summary>
    public int JumpRatio { get; init; } = 3;

    /// <summary>One return that is a jump by itself, millionths. Default 15,000: 150 bp.</summary>
    public int JumpReturnPpm { get; init; } = 15_000;

    /// <summary>Distance from the open beyond which a ticker is only sold, millionths. Default 70,000: 7 %.</summary>
    public int DayMoveSellOnlyPpm { get; init; } = 70_000;

    /// <summary>How far below that distance it must come back before it is bought again, millionths. Default 10,000: it would flap without.</summary>
    public int DayMoveReturnPpm { get; init; } = 10_000;

    /// <summary>Distance from the open beyond which a ticker is denied until tomorrow, millionths. Default 100,000: 10 %.</summary>
    public int DayMoveDenyPpm { get; init; } = 100_000;

    /// <summary>Baseline of a ticker that nothing is known of. Default 131: 2 % a day.</summary>
    public int BaselineDefault { get; init; } = 131;

    /// <summary>No baseline is below this: a price that hardly moves is not volatile when it does for once. Default 25: 0.4 % a day.</summary>
    public int BaselineFloor { get; init; } = 25;

    /// <summary>How often sigma is put to the baseline, ms. Default 60,000.</summary>
    public int BaselinePeriodMs { get; init; } = 60_000;

    /// <summary>The baseline moves by one part in so many each time, up or down: it follows the median of about a day. Default 256.</summary>
    public int BaselineParts { get; init; } = 256;

    /// <summary>A price older than this is no price, ms. Default 30,000: the age cap of the refresh schedule.</summary>
    public int StaleMs { get; init; } = 30_000;

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { TauMs: < 10_000 or > 600_000 } => "tau-ms must be 10,000 to 600,000",
        { FastTauMs: < 1_000 or > 600_000 } => "fast-tau-ms must be 1,000 to 600,000",
        { EnterPercent: < 110 or > 1_000 } => "enter-percent must be 110 to 1,000",
        _ when LeavePercent < 100 || LeavePercent >= EnterPercent => "leave-percent must be 100 or more, and less than enter-percent",
        _ when LeaveSigma < 1 || LeaveSigma >= EnterSigma => "leave-sigma must be above 0 and less than enter-sigma",
        { EnterSigma: > 100_000 } => "enter-sigma must be at most 100,000",
        { StayMs: < 0 or > 86_400_000 } => "stay-ms must be 0 to 86,400,000",
        { JumpRatio: < 2 or > 100 } => "jump-ratio must be 2 to 100",
        { JumpReturnPpm: < 100 or > 1_000_000 } => "jump-return-ppm must be 100 to 1,000,000",
        { DayMoveSellOnlyPpm: < 1_000 or > 1_000_000 } => "day-move-sell-only-ppm must be 1,000 to 1,000,000",
        _ when DayMoveDenyPpm > 1_000_000 || DayMoveDenyPpm < DayMoveSellOnlyPpm => "day-move-deny-ppm must be day-move-sell-only-ppm to 1,000,000",
        { BaselineDefault: < 1 or > 10_000 } => "baseline-default must be 1 to 10,000",
        { BaselineFloor: < 1 or > 10_000 } => "baseline-floor must be 1 to 10,000",
        { DayMoveReturnPpm: < 0 } => "day-move-return-ppm must not be negative",
        _ when DayMoveReturnPpm >= DayMoveSellOnlyPpm => "day-move-return-ppm must be less than day-move-sell-only-ppm",
        { BaselinePeriodMs: < 100 or > 3_600_000 } => "baseline-period-ms must be 100 to 3,600,000",
        { BaselineParts: < 4 or > 65_536 } => "baseline-parts must be 4 to 65,536",
        { StaleMs: < 100 or > 3_600_000 } => "stale-ms must be 100 to 3,600,000",
        _ => null,
    };
}
