using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Execution;

/// <summary>What a message says that contradicts what we know, in the venue's own ranges.</summary>
internal struct Contradiction
{
    public QuarantineReason Reason;
    public uint UserRefNum;
    public uint QuantityShares;
    public ulong Price;
    public ulong MatchNumber;

    public static Contradiction Of(QuarantineReason reason, in Executed executed) => new()
    {
        Reason = reason,
        UserRefNum = executed.UserRefNum,
        QuantityShares = executed.QuantityShares,
        Price = executed.Price,
        MatchNumber = executed.MatchNumber,
    };

    public static Contradiction Of(QuarantineReason reason, in Accepted accepted) => new()
    {
        Reason = reason,
        UserRefNum = accepted.UserRefNum,
        QuantityShares = accepted.QuantityShares,
        Price = accepted.Price,
    };

    public static Contradiction Of(in BrokenTrade broken) => new()
    {
        Reason = QuarantineReason.BreakOfUnknownExecution,
        UserRefNum = broken.UserRefNum,
        MatchNumber = broken.MatchNumber,
    };
}
