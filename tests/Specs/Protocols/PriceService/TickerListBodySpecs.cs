using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Specs.Protocols.PriceService;

public sealed class TickerListBodySpecs
{
    [Fact]
    public void should_put_the_tickers_in_alphabetical_order()
    {
        Assert.True(TickerListBody.TryParse("""["MSFT", "AAPL","AMZN" ]"""u8, out Universe? universe, out string? error), error);

        Assert.Equal(["AAPL", "AMZN", "MSFT"], Enumerable.Range(0, universe!.Count).Select(i => universe[i].ToString()));
    }

    [Theory]
    [InlineData("[]", "empty")]
    [InlineData("""["AAPL","AMZN","AAPL"]""", "AAPL twice")]
    [InlineData("""["AAPL","A\u0041PL"]""", "AAPL twice")]
    [InlineData("", "not valid JSON")]
    [InlineData("{}", "not a JSON array")]
    [InlineData("\"AAPL\"", "not a JSON array")]
    [InlineData("""["AAPL",""", "not valid JSON")]
    [InlineData("""["AAPL"]]""", "not valid JSON")]
    [InlineData("""["AAPL"] ["AMZN"]""", "not valid JSON")]
    [InlineData("""["AAPL",1]""", "entry 2 of the list is not a string")]
    [InlineData("""["AAPL",null]""", "entry 2 of the list is not a string")]
    [InlineData("""[["AAPL"]]""", "entry 1 of the list is not a string")]
    [InlineData("""["AAPL",""]""", "entry 2 of the list is not a ticker")]
    [InlineData("""["LONGTICKER"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["A PL"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["\u00c4PFEL"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["\ud800"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["A/B"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["A\\B"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["A\"B"]""", "entry 1 of the list is not a ticker")]
    [InlineData("""[".."]""", "entry 1 of the list is not a ticker")]
    [InlineData("""["all"]""", "entry 1 of the list is not a ticker")]
    public void should_refuse_a_bad_list_and_say_why(string body, string reason)
    {
        Assert.False(TickerListBody.TryParse(Encoding.UTF8.GetBytes(body), out Universe? universe, out string? error));

        Assert.Null(universe);
        Assert.Contains(reason, error);
    }

    [Theory]
    [InlineData(65_000, true)]
    [InlineData(65_001, false)]
    [InlineData(100_000, false)]
    public void should_take_65_000_tickers_and_not_one_more(int count, bool taken)
    {
        byte[] body = Encoding.ASCII.GetBytes("[" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"T{i}\"")) + "]");

        Assert.Equal(taken, TickerListBody.TryParse(body, out Universe? universe, out string? error));

        if (taken) Assert.Equal(count, universe!.Count);
        else Assert.Contains("65000", error);
    }
}
