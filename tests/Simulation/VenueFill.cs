using MarketMaker.Contracts;

namespace MarketMaker.Tests.Simulation;

/// <summary>One execution, or the break of one, as venue and journal each tell it.</summary>
internal readonly record struct VenueFill(ulong Match, bool IsBreak, uint UserRefNum, string Symbol, Side Side, long Price, long Shares)
{
    /// <summary>What it does to the account's stock.</summary>
    public long SharesChange => (Side == Side.Buy) == !IsBreak ? Shares : -Shares;

    public long CashChange => -Price * SharesChange;
}
