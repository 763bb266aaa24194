using System.ComponentModel;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Prices;

/// <summary>How far the list of tickers has come.</summary>
public enum UniverseLoaderState
{
    /// <summary>Not there yet.</summary>
    Loading,

    /// <summary><see cref="UniverseLoader{TStream, TClock}.Universe"/> is there.</summary>
    Loaded,

    /// <summary><see cref="UniverseLoader{TStream, TClock}.Error"/> says why the engine cannot start.</summary>
    Failed,
}

/// <summary>Asks the price service for <c>/all</c> once, at start. Cold: allocates, and tries again until the time is up.</summary>
public sealed class UniverseLoader<TStream, TClock>
    where TStream : class, IByteStream
    where TClock : struct, IClock
{
    private const int BodyBytesMax = 4 * 1024 * 1024;
    private const int ReceiveBytes = 64 * 1024;
    private const long NsPerMs = 1_000_000;
    private const long RetryPauseNs = 100 * NsPerMs;

    private readonly PriceClientOptions _options;
    private readonly TStream _stream;
    private readonly TClock _clock;
    private readonly HttpResponseReader _reader = new(BodyBytesMax);
    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly byte[] _request;
    private readonly long _giveUpNs;
    private int _requestBytesSent;
    private bool _isConnecting;
    private long _retryAtNs = long.MinValue;
    private string _lastFault = "no answer";

    /// <summary>Starts the clock; the first <see cref="Poll"/> connects.</summary>
    /// <param name="options">Address for the messages, and the time it may take.</param>
    /// <param name="stream">A closed stream to the service; closed again at the end.</param>
    /// <param name="clock">Measures the time it takes.</param>
    public UniverseLoader(PriceClientOptions options, TStream stream, TClock clock)
    {
        _options = options;
        _stream = stream;
        _clock = clock;
        _request = PriceRequests.ForAll(options.Address);
        _giveUpNs = clock.MonotonicNs + options.StartTimeoutMs * NsPerMs;
    }

    /// <summary>The tickers, once loaded.</summary>
    public Universe? Universe { get; private set; }

    /// <summary>Why it failed: one line that names the address.</summary>
    public string? Error { get; private set; }

    /// <summary>Polls until it is loaded or has failed, for the host's start.</summary>
    /// <returns>Whether <see cref="Universe"/> is there; else <see cref="Error"/> is.</returns>
    public bool TryLoad()
    {
        WaitStrategy wait = new(WaitStrategyOptions.AtStart);
        UniverseLoaderState state;
        while ((state = Poll()) == UniverseLoaderState.Loading) wait.Idle();
        return state == UniverseLoaderState.Loaded;
    }

    /// <summary>Goes on as far as it can without waiting.</summary>
    public UniverseLoaderState Poll()
    {
        if (Universe is not null) return UniverseLoaderState.Loaded;
        if (Error is not null) return UniverseLoaderState.Failed;
        long nowNs = _clock.MonotonicNs;
        if (nowNs >= _giveUpNs)
            return Fail($"gave no list of tickers within {_options.StartTimeoutMs} ms ({_lastFault}): start it, or correct its address");
        StreamState state = _stream.State;
        if (state == StreamState.Closed)
        {
            if (_isConnecting) Retry(nowNs, $"unreachable: {new Win32Exception(_stream.LastError).Message}");
            else if (nowNs >= _retryAtNs) Connect();
            return UniverseLoaderState.Loading;
        }

        return state == StreamState.Connected ? Exchange(nowNs) : UniverseLoaderState.Loading;
    }

    private UniverseLoaderState Exchange(long nowNs)
    {
        if (_requestBytesSent < _request.Length)
        {
            int sent = _stream.Send(_request.AsSpan(_requestBytesSent));
            if (sent < 0) return Retry(nowNs, "the connection broke");
            _requestBytesSent += sent;
        }

        int received = _stream.Receive(_received);
        if (received < 0) return Retry(nowNs, "the connection ended before the answer was complete");
        return _reader.Read(_received.AsSpan(0, received), out _) switch
        {
            HttpReadResult.Refused => Fail($"answered GET /all with what is no usable HTTP/1.1 response: {_reader.Error}"),
            HttpReadResult.NeedMore => UniverseLoaderState.Loading,
            _ when _reader.StatusCode != 200 => Retry(nowNs, $"GET /all was answered with status {_reader.StatusCode}"),
            _ => Finish(),
        };
    }

    private UniverseLoaderState Finish()
    {
        if (!TickerListBody.TryParse(_reader.Body, out Universe? universe, out string? error))
            return Fail($"gave no usable list of tickers: {error}");
        _stream.Close();
        Universe = universe;
        return UniverseLoaderState.Loaded;
    }

    private void Connect()
    {
        _reader.Reset();
        _requestBytesSent = 0;
        _isConnecting = true;
        _stream.BeginConnect();
    }

    private UniverseLoaderState Retry(long nowNs, string fault)
    {
        _lastFault = fault;
        _isConnecting = false;
        _retryAtNs = nowNs + RetryPauseNs;
        _stream.Close();
        return UniverseLoaderState.Loading;
    }

    private UniverseLoaderState Fail(string what)
    {
        _stream.Close();
        Error = $"price service {_options.Address} {what}";
        return UniverseLoaderState.Failed;
    }
}
