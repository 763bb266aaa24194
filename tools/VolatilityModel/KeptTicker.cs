namespace MarketMaker.VolatilityModel;

/// <summary>What is kept of a ticker from one start to the next.</summary>
/// <param name="OpenPrice">The day's first price in 1/10,000 dollar, 0: none. Of the kept date only.</param>
/// <param name="IsDenied">Whether it is denied until the next day. Of the kept date only.</param>
/// <param name="Baseline">Its usual volatility in 1/256 of 0.01 bp per square root of a second.</param>
/// <param name="BaselineMoves">How often the baseline has moved; it moves less and less.</param>
public readonly record struct KeptTicker(int OpenPrice, bool IsDenied, long Baseline, int BaselineMoves);
