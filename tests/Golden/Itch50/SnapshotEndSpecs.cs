using System.Text;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Tests.Golden.Itch50;

public class SnapshotEndSpecs
{
    [Theory]
    [InlineData("G                   1", 1UL)]
    [InlineData("G           123456789", 123_456_789UL)]
    [InlineData("G18446744073709551615", ulong.MaxValue)]
    public void should_read_and_write_the_number_right_justified(string text, ulong sequence)
    {
        Assert.True(SnapshotEnd.TryRead(Encoding.ASCII.GetBytes(text), out ulong read));
        Assert.Equal(sequence, read);
        byte[] written = new byte[SnapshotEnd.Length];
        SnapshotEnd.Write(sequence, written);
        Assert.Equal(text, Encoding.ASCII.GetString(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("G                    ")]
    [InlineData("G                   0")]
    [InlineData("G                  1 ")]
    [InlineData("G                  -1")]
    [InlineData("G                  1x")]
    [InlineData("G18446744073709551616")]
    [InlineData("A                   1")]
    [InlineData("G                    1")]
    public void should_refuse_what_is_no_number_of_twenty_places(string text) =>
        Assert.False(SnapshotEnd.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
