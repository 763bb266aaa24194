using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MarketMaker.Tests.Native;

/// <summary>A price service that gives the list it is told to give, and 100 dollars for every ticker.</summary>
internal sealed class FakePriceService : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakePriceService(WebApplication server) => _server = server;

    public string Address => new Uri(_server.Urls.Single()).Authority;

    public static async Task<FakePriceService> StartAsync(string allBody)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.MapGet("/all", () => Results.Text(allBody, "application/json"));
        server.MapGet("/{ticker}", (string ticker) =>
            Results.Text($$"""{"price":100.00,"time":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"ticker":"{{ticker}}"}""", "application/json"));
        await server.StartAsync();
        return new FakePriceService(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
