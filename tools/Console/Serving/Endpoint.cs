using System.Globalization;
using System.Net;
using System.Text;
using MarketMaker.OperatorConsole.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MarketMaker.OperatorConsole.Serving;

/// <summary>The HTTP endpoint: the page, its data, the metrics. Only looks; there is nothing to command.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private const long RequestsMax = 64;
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    // The page brings its own script and style and nothing else: what is not from here is not loaded.
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, (string File, string Type)> Files = new(StringComparer.Ordinal)
    {
        ["/"] = ("page.html", "text/html; charset=utf-8"),
        ["/page.js"] = ("page.js", "text/javascript; charset=utf-8"),
        ["/page.css"] = ("page.css", "text/css; charset=utf-8"),
    };

    private readonly WebApplication _application;
    private readonly Sampler _sampler;
    private readonly bool _isLoopback;

    /// <summary>Prepares it; it listens from <see cref="StartAsync"/> on.</summary>
    public Endpoint(Sampler sampler, IPEndPoint address)
    {
        (_sampler, _isLoopback) = (sampler, IPAddress.IsLoopback(address.Address));
        // Empty: neither a settings file in the current folder nor a variable of the environment may open another port.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = RequestsMax;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        });
        _application = builder.Build();
        _application.Run(Answer);
    }

    /// <summary>Where it listens, once it does.</summary>
    public string Url => _application.Urls.First();

    /// <summary>Listens.</summary>
    /// <exception cref="IOException">The address is in use or not of this host.</exception>
    public Task StartAsync() => _application.StartAsync();

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private Task Answer(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Say(context, StatusCodes.Status405MethodNotAllowed, "only GET and HEAD: this endpoint shows, and commands nothing\n");
        }

        // A page elsewhere that points its own name at this address would read what is not for it.
        if (_isLoopback && !LoopbackNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Say(context, StatusCodes.Status421MisdirectedRequest, "this is not that host\n");
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        string path = request.Path.Value ?? "";
        if (path == "/metrics") return Send(context, Encoding.UTF8.GetBytes(_sampler.Metrics()), PrometheusText.ContentType);
        if (path == "/data.json") return Send(context, _sampler.Data(From(request)), "application/json");
        if (Files.TryGetValue(path, out (string File, string Type) file)) return Send(context, Embedded(file.File), file.Type);
        return Say(context, StatusCodes.Status404NotFound, "there are: / /metrics /data.json\n");
    }

    private static long From(HttpRequest request) =>
        long.TryParse(request.Query["from"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long from) ? from : 0;

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return Send(context, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");
    }

    private static Task Send(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Embedded(string name)
    {
        using Stream stream = typeof(Endpoint).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
