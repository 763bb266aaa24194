using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Logging;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>The log of one run: ZLogger's formatting on its own thread, into an output that cannot hold anybody up.</summary>
internal sealed class LogSetup : IDisposable
{
    // Beyond so many lines under way, new ones are dropped: the thread that formats is far behind.
    private const int LinesUnderWay = 8192;

    private readonly LineStream _output;
    private readonly ILoggerFactory _factory;

    /// <exception cref="IOException">The file of [log] path cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public LogSetup(EngineConfig config)
    {
        _output = new LineStream(config.LogPath.Length == 0 ? new StandardOutput() : new RotatedFile(config.LogPath, config.LogBytesMax, config.LogFiles));
        _factory = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(config.LogLevel switch { "debug" => LogLevel.Debug, "warning" => LogLevel.Warning, "error" => LogLevel.Error, _ => LogLevel.Information })
            .AddZLoggerStream(_output, options =>
            {
                options.BackgroundBufferCapacity = LinesUnderWay;
                options.FullMode = BackgroundBufferFullMode.Drop;
                if (config.IsLogJson) options.UseFormatter(() => new JsonLines());
                else
                {
                    options.UsePlainTextFormatter(plain => plain.SetPrefixFormatter(
                        $"{0:utc-longdate} {1:short} ", (in MessageTemplate template, in LogInfo info) => template.Format(info.Timestamp, info.LogLevel)));
                }
            }));
        Logger = _factory.CreateLogger("engine");
    }

    /// <summary>For the engine.</summary>
    public ILogger Logger { get; }

    /// <summary>Lines that did not reach the output. Any thread may ask.</summary>
    public long LinesLost => _output.LinesLost;

    /// <summary>Writes what is under way and ends.</summary>
    public void Dispose()
    {
        _factory.Dispose();
        _output.Dispose();
    }
}
