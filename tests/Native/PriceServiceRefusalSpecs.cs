using System.Text;

namespace MarketMaker.Tests.Native;

public sealed class PriceServiceRefusalSpecs : IDisposable
{
    private readonly TestNode _node = new TestNode().Prepare();

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public void should_refuse_to_start_without_a_price_service() => AssertRefused("gave no list of tickers within 500 ms", "Connection refused", "start it, or correct its address");

    [SkippableTheory]
    [InlineData("[]", "the list of tickers is empty")]
    [InlineData("""["AAPL","MSFT","AAPL"]""", "names AAPL twice")]
    [InlineData("""{"tickers":["AAPL"]}""", "no usable list of tickers")]
    [InlineData("""["AAPL",""", "no usable list of tickers")]
    public async Task should_refuse_a_list_of_tickers_it_cannot_use(string body, string why)
    {
        await using FakePriceService service = await FakePriceService.StartAsync(body);
        _node.Set("prices", "address", service.Address);
        _node.Set("prices", "start-timeout-ms", "10000");
        AssertRefused($"price service {service.Address} gave no usable list of tickers", why);
    }

    [SkippableFact]
    public async Task should_refuse_more_than_65_000_tickers()
    {
        StringBuilder names = new("[");
        for (int i = 0; i < 65_001; i++) names.Append(i == 0 ? "" : ",").Append('"').Append('T').Append(i).Append('"');
        await using FakePriceService service = await FakePriceService.StartAsync(names.Append(']').ToString());
        _node.Set("prices", "address", service.Address);
        _node.Set("prices", "start-timeout-ms", "10000");
        AssertRefused("no usable list of tickers", "the list names more than 65000 tickers");
    }

    private void AssertRefused(params string[] said)
    {
        (int status, string output) = _node.RunEngine();
        Assert.Equal(1, status);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("price service", StringComparison.Ordinal));
        Assert.All(said, words => Assert.Contains(words, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
