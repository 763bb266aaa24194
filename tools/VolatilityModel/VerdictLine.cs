using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.VolatilityModel;

/// <summary>The verdict on one ticker as it stands.</summary>
public readonly record struct VerdictLine(VerdictLevel Level, VerdictReasons Reasons, int SigmaCentiBp, int BaselineCentiBp, int OpenPrice, int LastPrice);
