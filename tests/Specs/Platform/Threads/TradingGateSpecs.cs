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
}
