using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Threads;

public sealed class CoreMaskSpecs
{
    [Fact]
    public void should_be_without_the_cores_named_and_keep_the_others()
    {
        CoreMask mask = default;
        Assert.Equal("", mask.Without([1]).ToString());
        Assert.Equal("", CoreMask.Of(70).Without([70]).ToString());
        Assert.Equal("70", CoreMask.Of(70).Without([6, -1, CoreMask.CoresMax]).ToString());
        Assert.Equal(0, CoreMask.Of(3).Without([3]).Count);
    }
}
