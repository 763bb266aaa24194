using System.Text;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Specs.Protocols.Ouch50;

public sealed class IntentTagSpecs
{
    [Theory]
    [InlineData("MM01", 1, "MM0100000001  ")]
    [InlineData("MM01", 35, "MM010000000Z  ")]
    [InlineData("SIX666", 36, "SIX66600000010")]
    [InlineData("SIX666", IntentTag.NumberMax, "SIX666ZZZZZZZZ")]
    public void should_write_the_number_behind_the_node_and_read_it_back(string node, long number, string clOrdId)
    {
        IntentTag tag = new(node);
        byte[] bytes = Encoding.ASCII.GetBytes(node.PadRight(ClOrdId.Length));
        tag.Write(bytes, number);
        Assert.Equal(clOrdId, Encoding.ASCII.GetString(bytes));
        Assert.Equal(number, tag.Read(bytes));
    }

    [Theory]
    [InlineData("MM01          ")]
    [InlineData("MM0200000001  ")]
    [InlineData("MM01000000O1 X")]
    [InlineData("MM010000_001  ")]
    [InlineData("              ")]
    public void should_read_no_number_where_there_is_none_or_another_nodes(string clOrdId)
    {
        Assert.Equal(0, new IntentTag("MM01").Read(Encoding.ASCII.GetBytes(clOrdId)));
    }

    [Fact]
    public void should_know_that_a_long_name_leaves_no_room()
    {
        Assert.Equal(0, new IntentTag("THIRTEENCHARS").Read("THIRTEENCHARS "u8));
    }
}
