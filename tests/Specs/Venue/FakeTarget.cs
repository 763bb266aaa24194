using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Venue;
using MarketMaker.Venue.Orders;

namespace MarketMaker.Tests.Specs.Venue;

/// <summary>A market of one ticker, AAPL, that executes what the test says.</summary>
internal sealed class FakeTarget : IOrderTarget
{
    public List<MarketOrder> Entered { get; } = [];

    /// <summary>Parts that the next order executes in; empty = nothing.</summary>
    public int[] Parts { get; set; } = [];

    public bool IsDead { get; set; }

    public bool Trades { get; set; } = true;

    public OrderAccount? Account { get; set; }

    public bool TryFindTicker(Symbol symbol, out int ticker)
    {
        ticker = 4;
        return symbol == Symbol.Parse("AAPL");
    }

    public bool IsTrading(int ticker) => Trades;

    public bool DrawDeadOnArrival() => IsDead;

    public int Enter(in MarketOrder order)
    {
        Entered.Add(order);
        ulong match = 900;
        foreach (int part in Parts) Account!.OnFill(new MarketFill(match++, order, order.LimitPrice, part, 0));
        return Parts.Sum();
    }

    public static (FakeTarget Target, OrderAccount Account) Create(long storeBytesMax = 1L << 26)
    {
        FakeTarget target = new();
        VenueClock clock = new() { IsRecorded = true, TimeOfDayNs = 0x0102_0304_0506 };
        target.Account = new OrderAccount(participant: 3, target, new SequencedStore(storeBytesMax), clock);
        return (target, target.Account);
    }
}
