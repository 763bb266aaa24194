namespace MarketMaker.Prices;

/// <summary>Options of the price client. Unit, default, range and reason stand with each.</summary>
public sealed record PriceClientOptions
{
    /// <summary>Host and port of the price service as they go into the Host header and into messages. Default 127.0.0.1:8080.</summary>
    public string Address { get; init; } = "127.0.0.1:8080";

    /// <summary>
    /// Requests in any one second at most. Default 2,000; 1 to 1,000,000. The service's own limit; tickers / this is the
    /// mean time between two turns, 2.5 s for 5,000 tickers.
    /// </summary>
    public int RequestsPerSecond { get; init; } = 2_000;

    /// <summary>
    /// Seconds a price may grow old before its ticker is asked for, however little it is worth. Default 30; 1 to 3,600. No ticker is ever
    /// abandoned. Where the budget is too small for it a longer one holds, and the client says so at start.
    /// </summary>
    public int PriceAgeCapSeconds { get; init; } = 30;

    /// <summary>
    /// Requests that wait for an answer on one connection at most. Default 16; 1 to 256. One lost connection repeats so
    /// many.
    /// </summary>
    public int PipelineDepth { get; init; } = 16;

    /// <summary>
    /// Milliseconds until a request without an answer costs its connection. Default 2,000; 10 to 60,000. Below the age that
    /// stops a ticker.
    /// </summary>
    public int RequestTimeoutMs { get; init; } = 2_000;

    /// <summary>
    /// Milliseconds before the first new attempt of a lost connection; doubles each time, less up to half by chance. Default
    /// 50; 1 to 10,000.
    /// </summary>
    public int BackoffMinMs { get; init; } = 50;

    /// <summary>Milliseconds between attempts at most. Default 2,000; 1 to 60,000. A service that comes back is found within it.</summary>
    public int BackoffMaxMs { get; init; } = 2_000;

    /// <summary>
    /// Milliseconds the list of tickers may take at start, attempts included. Default 10,000; 100 to 600,000. Then the
    /// engine does not start.
    /// </summary>
    public int StartTimeoutMs { get; init; } = 10_000;

    /// <summary>Seed of the chance in the backoff. Default 1; any but 0. Fixed, so that a simulation repeats.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Connections the host opens. Default 4; 1 to 64. The client itself uses as many streams as it is given.</summary>
    public int Connections { get; init; } = 4;
}
