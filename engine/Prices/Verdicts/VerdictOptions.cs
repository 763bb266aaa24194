using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Prices.Verdicts;

/// <summary>How the engine hears the volatility service. Unit, default, range and reason stand with each.</summary>
public sealed record VerdictOptions
{
    private const long NsPerMs = 1_000_000;

    /// <summary>
    /// Ms without a packet after which every ticker is only sold. Default 3,000; 100 to 60,000. Three of the service's snapshots:
    /// silence is unsafe, not calm.
    /// </summary>
    public int SilenceMs { get; init; } = 3_000;

    /// <summary>
    /// Ms a gap may be open before every ticker is only sold until the next whole snapshot. Default 500; 1 to 60,000: some
    /// re-requests, and less than the next snapshot takes.
    /// </summary>
    public int GapHealMs { get; init; } = 500;

    /// <summary>
    /// Ms a verdict counts at most, whatever it says itself. Default 10,000; 1,000 to 600,000. The service's clock may be ahead of ours.
    /// </summary>
    public int ValidityMaxMs { get; init; } = 10_000;

    internal MoldReceiverOptions ToReceiverOptions() => new()
    {
        // Each second brings a whole snapshot, so that nothing before the first packet is worth asking for.
        JoinAtFirstPacket = true,
        GiveUpAfterNs = GapHealMs * NsPerMs,
        FirstRequestDelayNs = NsPerMs,
        RetryMaxNs = Math.Max(1, GapHealMs / 4) * NsPerMs,
        RetryNs = Math.Min(20, Math.Max(1, GapHealMs / 4)) * NsPerMs,
    };
}
