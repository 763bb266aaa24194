using MarketMaker.Protocols.Verdicts;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Volatility;

/// <summary>One slot of the ring from the agent to the log: a verdict that has changed.</summary>
internal struct VerdictChange
{
    public long WallNs;
    public int Ticker;
    public int SigmaCentiBp;
    public int BaselineCentiBp;
    public int OpenPrice;
    public int LastPrice;
    public VerdictLevel Level;
    public VerdictReasons Reasons;

    public static VerdictChange Of(int ticker, in VerdictLine line, long wallNs) => new()
    {
        WallNs = wallNs,
        Ticker = ticker,
        SigmaCentiBp = line.SigmaCentiBp,
        BaselineCentiBp = line.BaselineCentiBp,
        OpenPrice = line.OpenPrice,
        LastPrice = line.LastPrice,
        Level = line.Level,
        Reasons = line.Reasons,
    };
}
