using MarketMaker.Contracts;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;

namespace MarketMaker.Prices;

/// <summary>When a lost connection is tried again, and the two log lines: the service is gone, the service is back.</summary>
/// <remarks>One thread. The chance in the backoff is seeded, so that a simulation repeats.</remarks>
internal sealed class PriceClientHealth(PriceClientOptions options, LogWriter log)
{
    private const long NsPerMs = 1_000_000;
    private const int DoublingsMax = 20;

    private readonly long _backoffMinNs = options.BackoffMinMs * NsPerMs;
    private readonly long _backoffMaxNs = options.BackoffMaxMs * NsPerMs;
    private ulong _random = options.Seed == 0 ? 1 : options.Seed;
    private int _healthyConnections;
    private bool _isDown;
    private bool _isUp;

    public void OnAnswer<TStream>(PriceConnection<TStream> connection)
        where TStream : class, IByteStream
    {
        if (connection.IsHealthy) return;
        connection.IsHealthy = true;
        _healthyConnections++;
        if (_isUp) return;
        _isUp = true;
        _isDown = false;
        log.Write(LogMessage.PriceServiceUp);
    }

    public void OnLost<TStream>(PriceConnection<TStream> connection, long nowNs)
        where TStream : class, IByteStream
    {
        MarkUnhealthy(connection);
        connection.FailuresInRow++;
        connection.RetryAtNs = nowNs + BackoffNs(connection.FailuresInRow);
        // Said once, when the last connection that worked is lost; a single one that comes and goes is only counted.
        if (_healthyConnections > 0 || _isDown) return;
        _isDown = true;
        _isUp = false;
        log.Write(LogMessage.PriceServiceDown, connection.LastError, connection.FailuresInRow);
    }

    public void OnClosedInOrder<TStream>(PriceConnection<TStream> connection, long nowNs)
        where TStream : class, IByteStream
    {
        MarkUnhealthy(connection);
        connection.RetryAtNs = nowNs;
    }

    private void MarkUnhealthy<TStream>(PriceConnection<TStream> connection)
        where TStream : class, IByteStream
    {
        if (!connection.IsHealthy) return;
        connection.IsHealthy = false;
        _healthyConnections--;
    }

    /// <summary>Doubles with every failure; up to half is taken off by chance, so that connections do not come back in step.</summary>
    private long BackoffNs(int failuresInRow)
    {
        long fullNs = Math.Min(_backoffMaxNs, _backoffMinNs << Math.Min(failuresInRow - 1, DoublingsMax));
        // xorshift64 (Marsaglia 2003): plenty for jitter.
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return fullNs - (long)(_random % (ulong)(fullNs / 2 + 1));
    }
}
