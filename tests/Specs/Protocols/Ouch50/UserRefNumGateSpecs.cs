using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Specs.Protocols.Ouch50;

public sealed class UserRefNumGateSpecs
{
    [Fact]
    public void should_consume_only_numbers_above_every_one_before()
    {
        UserRefNumGate gate = default;
        Assert.Equal(1u, gate.Next);
        Assert.False(gate.TryConsume(0));
        Assert.True(gate.TryConsume(1));
        Assert.False(gate.TryConsume(1));
        Assert.True(gate.TryConsume(7));
        Assert.False(gate.TryConsume(6));
        Assert.False(gate.TryConsume(7));
        Assert.Equal(8u, gate.Next);
        Assert.True(gate.TryConsume(8));
    }

    [Theory]
    [InlineData("MM01", true)]
    [InlineData("ABCDEFGHIJKLMN", true)]
    [InlineData("ABCDEFGHIJKLMNO", false)]
    [InlineData("a b 1", true)]
    [InlineData("MM-01", false)]
    [InlineData("", true)]
    public void should_take_only_letters_digits_and_spaces_as_client_order_id(string text, bool legal) =>
        Assert.Equal(legal, ClOrdId.TryCreate(System.Text.Encoding.ASCII.GetBytes(text), out _));
}
