using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class NativeArraySpecs
{
    [Theory]
    [InlineData(3)]
    [InlineData(1 << 20)]
    public void should_hold_what_is_written_and_begin_with_zeros(int length)
    {
        using NativeArray<long> array = new(length, "a test");
        Assert.Equal(length, array.Length);
        Assert.Equal(0, array[length - 1]);
        array[length - 1] = 7;
        array.Span[0] = 5;
        Assert.Equal((5, 7), (array[0], array[length - 1]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void should_refuse_an_index_outside(int index)
    {
        using NativeArray<long> array = new(3, "a test");
        Assert.Throws<ArgumentOutOfRangeException>(() => array[index]);
    }
}
