using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Threads;

public sealed class TradingGateSpecs
{
    [Fact]
    public void should_begin_halted()
    {
        Assert.False(new TradingGate().IsOpen);
    }

    [Fact]
    public void should_open_halt_and_open_again()
    {
        TradingGate gate = new();
        Assert.True(gate.Open());
        Assert.True(gate.IsOpen);
        gate.Halt();
        Assert.False(gate.IsOpen);
        Assert.True(gate.Open());
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void should_stay_shut_once_halted_for_good()
    {
        TradingGate gate = new();
        Assert.True(gate.Open());
        gate.HaltForGood();
        Assert.False(gate.Open());
        gate.Halt();
        Assert.False(gate.Open());
        Assert.False(gate.IsOpen);
        Assert.True(gate.IsHaltedForGood);
    }

    [Fact]
    public void should_stop_buys_until_every_reason_is_lifted_and_leave_the_sends_alone()
    {
        TradingGate gate = new();
        gate.Open();
        gate.StopBuying(StopReasons.Ids, stop: true);
        gate.StopBuying(StopReasons.Disk, stop: true);
        gate.StopBuying(StopReasons.Ids, stop: false);
        Assert.True(gate.IsOpen);
        Assert.False(gate.MayBuy);
        Assert.Equal(StopReasons.Disk, gate.BuyStops);
        gate.StopBuying(StopReasons.Disk, stop: false);
        Assert.True(gate.MayBuy);
    }

    [Fact]
    public void should_not_let_a_lifted_reason_undo_a_halt_nor_an_opening_undo_a_reason()
    {
        TradingGate gate = new();
        gate.StopSending(StopReasons.Map, stop: true);
        Assert.True(gate.Open());
        Assert.False(gate.IsOpen);
        gate.Halt();
        gate.StopSending(StopReasons.Map, stop: false);
        Assert.False(gate.IsOpen);
        gate.Open();
        Assert.True(gate.IsOpen);
        gate.HaltForGood();
        gate.StopSending(StopReasons.Map, stop: false);
        Assert.False(gate.IsOpen);
    }
}
