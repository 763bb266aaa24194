namespace MarketMaker.Platform.Threads;

/// <summary>One look at the kill switch: what stopped the sends and what stopped the buys at that moment, in one 64-bit word.</summary>
/// <remarks>Lower half: reasons to send nothing. Upper half: reasons to buy nothing and sell nothing short. 0: trading.</remarks>
public readonly record struct GateWord(ulong Word)
{
    private const int BuysShift = 32;

    /// <summary>A word of both sets.</summary>
    public GateWord(StopReasons sends, StopReasons buys) : this((ulong)buys << BuysShift | (uint)sends) { }

    /// <summary>What stops the sends.</summary>
    public StopReasons Sends => (StopReasons)(uint)Word;

    /// <summary>What stops the buys.</summary>
    public StopReasons Buys => (StopReasons)(uint)(Word >> BuysShift);

    /// <summary>Whether an order may be sent.</summary>
    public bool MaySend => (uint)Word == 0;

    /// <summary>Whether an order may add to our stock, if any may be sent: a buy, or a short sale that must be bought back.</summary>
    public bool MayBuy => Word >> BuysShift == 0;

    /// <summary>The part that a restart keeps.</summary>
    public GateWord Latched => new(Sends & StopReasonsExtensions.Latched, Buys & StopReasonsExtensions.Latched);
}
