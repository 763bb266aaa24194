using System.Net;
using System.Text;
using System.Text.Json;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Tests.Specs.Venue;

public class PriceServiceSpecs
{
    [Theory]
    [InlineData(1_000_000, "100.00")]
    [InlineData(1_000_001, "100.0001")]
    [InlineData(1_000_010, "100.001")]
    [InlineData(1_000_100, "100.01")]
    [InlineData(1_001_000, "100.10")]
    [InlineData(1, "0.0001")]
    [InlineData(2_000_000_000, "200000.00")]
    public void should_write_dollars_with_two_to_four_decimals(int price, string dollars)
    {
        byte[] body = new byte[PriceBody.BytesMax];
        int length = PriceBody.Write(body, price, 1_646_358_424, "AAPL");
        Assert.Equal($$"""{"price":{{dollars}},"time":1646358424,"ticker":"AAPL"}""", Encoding.UTF8.GetString(body, 0, length));
    }

    [Fact]
    public async Task should_serve_the_list_a_price_and_refusals_over_http()
    {
        Board board = new();
        await using PriceServer server = new(new IPEndPoint(IPAddress.Loopback, 0), board, default);
        await server.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        Assert.Equal(board.Names, JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("/all"))!);

        using HttpResponseMessage response = await client.GetAsync("/AAPL");
        using JsonDocument price = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(["price", "time", "ticker"], price.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(123.4567m, price.RootElement.GetProperty("price").GetDecimal());
        Assert.Equal("AAPL", price.RootElement.GetProperty("ticker").GetString());
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(price.RootElement.GetProperty("time").GetInt64(), now - 2, now);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/MSFT")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/NEW")).StatusCode);
        Assert.Equal(1, server.Answered);
    }

    [Fact]
    public async Task should_serve_a_list_longer_than_one_segment()
    {
        Board board = new() { Names = [.. Enumerable.Range(0, 20_000).Select(i => "T" + i)] };
        await using PriceServer server = new(new IPEndPoint(IPAddress.Loopback, 0), board, default);
        await server.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        Assert.Equal(board.Names, JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("/all"))!);
    }

    [Fact]
    public async Task should_fail_on_purpose_when_told_so()
    {
        await using PriceServer server = new(new IPEndPoint(IPAddress.Loopback, 0), new Board(), new PriceFaults(0, FailShare: 1));
        await server.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync("/AAPL")).StatusCode);
    }

    private sealed class Board : IPriceBoard
    {
        public IReadOnlyList<string> Names { get; init; } = ["AAPL", "NEW"];

        public int Price(int ticker) => ticker == 0 ? 1_234_567 : 0;
    }
}
