using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Specs.Protocols.PriceService;

public sealed class PriceRequestsSpecs
{
    [Theory]
    [InlineData("AAPL", "AAPL")]
    [InlineData("BRK.A", "BRK.A")]
    [InlineData("ABC-", "ABC-")]
    [InlineData("ABC+", "ABC%2B")]
    [InlineData("ABC#", "ABC%23")]
    [InlineData("ABC%", "ABC%25")]
    [InlineData("ABC?", "ABC%3F")]
    [InlineData("ABCDEFGH", "ABCDEFGH")]
    public void should_ask_for_a_ticker_by_its_escaped_path(string ticker, string path)
    {
        Assert.True(Universe.TryCreate([Symbol.Parse("AA"), Symbol.Parse(ticker), Symbol.Parse("ZZ")], out Universe? universe, out _));
        PriceRequests requests = new(universe!, "prices.test:8080");

        int index = universe!.IndexOf(Symbol.Parse(ticker));

        Assert.Equal($"GET /{path} HTTP/1.1\r\nHost: prices.test:8080\r\n\r\n", Encoding.ASCII.GetString(requests[index]));
        Assert.Equal(ticker, requests.TickerOf(index).ToString());
        Assert.True(requests.LengthMax >= requests[index].Length);
    }

    [Fact]
    public void should_ask_for_the_list() =>
        Assert.Equal("GET /all HTTP/1.1\r\nHost: h:1\r\n\r\n", Encoding.ASCII.GetString(PriceRequests.ForAll("h:1")));
}
