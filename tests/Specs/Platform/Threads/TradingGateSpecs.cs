using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Threads;

public sealed class TradingGateSpecs
{
    [Fact]
    public void should_begin_not_open()
    {
        TradingGate gate = new();
        Assert.False(gate.IsOpen);
        Assert.Equal(StopReasons.NotOpen, gate.Look().Sends);
    }

    [Fact]
    public void should_open_halt_and_open_again()
    {
        TradingGate gate = new();
        gate.Open();
        Assert.True(gate.IsOpen);
        gate.Halt();
        Assert.False(gate.IsOpen);
        gate.Open();
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void should_stop_buys_until_every_reason_is_lifted_and_leave_the_sends_alone()
    {
        TradingGate gate = new();
        gate.Open();
        gate.StopBuying(StopReasons.Ids, stop: true);
        gate.StopBuying(StopReasons.Person, stop: true);
        gate.StopBuying(StopReasons.Ids, stop: false);
        Assert.True(gate.IsOpen);
        Assert.False(gate.MayBuy);
        Assert.Equal(StopReasons.Person, gate.Look().Buys);
        gate.StopBuying(StopReasons.Person, stop: false);
        Assert.True(gate.MayBuy);
    }

    [Fact]
    public void should_let_no_reason_undo_another()
    {
        StopReasons[] reasons = Enum.GetValues<StopReasons>();
        TradingGate gate = new();
        foreach (StopReasons reason in reasons) gate.StopSending(reason, stop: true);
        foreach (StopReasons reason in reasons.Where(reason => reason != StopReasons.DayLoss)) gate.StopSending(reason, stop: false);
        Assert.Equal(StopReasons.DayLoss, gate.Look().Sends);
        Assert.False(gate.IsOpen);
        gate.Open();
        Assert.False(gate.IsOpen);
        gate.StopSending(StopReasons.DayLoss, stop: false);
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void should_name_each_reason_and_read_its_name_again()
    {
        foreach (StopReasons reason in Enum.GetValues<StopReasons>().Where(reason => reason != StopReasons.None))
        {
            Assert.True(StopReasonsExtensions.TryParse(reason.ToText(), out StopReasons read), reason.ToString());
            Assert.Equal(reason, read);
        }

        Assert.False(StopReasonsExtensions.TryParse("", out _));
        Assert.False(StopReasonsExtensions.TryParse("halt", out _));
    }
}
