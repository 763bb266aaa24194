using System.Data.Common;
using System.Net.Sockets;

namespace MarketMaker.Shipper.Database;

/// <summary>Gives a connection up whose database does not answer in time, so that the call that waits on it fails.</summary>
/// <remarks>
/// It shuts the client's end and sends no cancel request: a server that merely waits for its standby goes on waiting, and keeps the
/// journal's lock meanwhile, so that nobody ships past it. What the call did is unknown, as after any broken connection.
/// </remarks>
internal sealed class AnswerWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _limitMs;
    private readonly Timer _timer;
    private Socket? _socket;
    private long _dueMs = long.MaxValue;

    /// <param name="limitMs">How long a call may take; 0: as long as it likes.</param>
    public AnswerWatch(int limitMs)
    {
        _limitMs = limitMs;
        _timer = new Timer(_ => OnDue());
    }

    /// <summary>The connection the next calls go over; null: one that needs no watching.</summary>
    public void Follow(Socket? socket)
    {
        lock (_lock) _socket = socket;
    }

    /// <summary>Makes a call under the limit.</summary>
    /// <exception cref="NoAnswerException">It took too long; the connection is gone.</exception>
    public T Await<T>(Func<T> call)
    {
        if (_limitMs == 0) return call();
        lock (_lock) _dueMs = Environment.TickCount64 + _limitMs;
        _timer.Change(_limitMs, Timeout.Infinite);
        try
        {
            return call();
        }
        catch (Exception cause) when (HasGivenUp && cause is not AnotherShipperException)
        {
            throw new NoAnswerException(_limitMs, cause);
        }
        finally
        {
            lock (_lock) _dueMs = long.MaxValue;
        }
    }

    public void Dispose() => _timer.Dispose();

    // Set by the timer alone, and only while the call lasts.
    private bool HasGivenUp
    {
        get { lock (_lock) return _dueMs == 0; }
    }

    private void OnDue()
    {
        lock (_lock)
        {
            if (_dueMs == long.MaxValue || _socket is null) return;
            long leftMs = _dueMs - Environment.TickCount64;
            if (leftMs > 0)
            {
                // The timer of the call before came late.
                _timer.Change(leftMs, Timeout.Infinite);
                return;
            }

            _dueMs = 0;
            try
            {
                // Wakes the thread that waits on it; it stays the connection's to close.
                _socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // Broken already: the call is about to fail by itself.
            }
        }
    }
}

/// <summary>The database did not answer in time, and what it did is unknown.</summary>
internal sealed class NoAnswerException(int limitMs, Exception cause)
    : DbException($"no answer for {limitMs} ms, so the connection was given up, and what was under way is asked for again; if the database is only slow, raise [shipper] answer-timeout-ms or lower batch-rows", cause);
