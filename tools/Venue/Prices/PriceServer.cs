using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MarketMaker.Venue.Prices;

/// <summary>The price service: Kestrel with one terminal handler, no routing, no logging.</summary>
public sealed class PriceServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PriceFaults _faults;
    private readonly IPriceBoard _board;
    private readonly byte[] _all;
    private readonly Dictionary<string, int> _tickers;
    private long _answered;

    /// <summary>Prepares the service.</summary>
    public PriceServer(IPEndPoint endpoint, IPriceBoard board, PriceFaults faults)
    {
        _board = board;
        _faults = faults;
        _all = PriceBody.All(board.Names);
        _tickers = Enumerable.Range(0, board.Names.Count).ToDictionary(i => "/" + board.Names[i], StringComparer.Ordinal);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        // The process ends by the venue's own signal handling: the host must not take signals away from it.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Prices answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>The port it listens on.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public Task StartAsync() => _app.StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (_faults.DelayMs > 0) await Task.Delay(_faults.DelayMs);
        if (_faults.FailShare > 0 && Random.Shared.NextDouble() < _faults.FailShare) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        else if (path == "/all") Answer(context.Response, _all);
        else if (!_tickers.TryGetValue(path, out int ticker)) context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (_board.Price(ticker) is > 0 and int price) AnswerPrice(context.Response, price, _board.Names[ticker]);
        else context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (context.Response.StatusCode != StatusCodes.Status200OK) context.Response.ContentLength = 0;
    }

    private void AnswerPrice(HttpResponse response, int price, string name)
    {
        Span<byte> body = stackalloc byte[PriceBody.BytesMax];
        int length = PriceBody.Write(body, price, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), name);
        Answer(response, body[..length]);
        Interlocked.Increment(ref _answered);
    }

    private static void Answer(HttpResponse response, ReadOnlySpan<byte> body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        // The pipe may hand out less than asked for at once; a body larger than one segment goes in pieces.
        while (!body.IsEmpty)
        {
            Span<byte> place = response.BodyWriter.GetSpan(Math.Min(body.Length, 4_096));
            int piece = Math.Min(body.Length, place.Length);
            body[..piece].CopyTo(place);
            response.BodyWriter.Advance(piece);
            body = body[piece..];
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Faults of the price service, for rehearsals.</summary>
/// <param name="DelayMs">Added to each answer, ms.</param>
/// <param name="FailShare">Chance of a status 500, 0 to 1.</param>
public readonly record struct PriceFaults(int DelayMs, double FailShare);
