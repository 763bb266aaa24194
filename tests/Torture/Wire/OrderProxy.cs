using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Tests.Torture.Wire;

/// <summary>Stands between the engine and the venue's order port: passes packets on, watches them, and cuts the connection where it is told to.</summary>
/// <remarks>One connection at a time, as the venue keeps it: a new one ends the one before.</remarks>
internal sealed class OrderProxy : IDisposable
{
    private readonly Socket _listener;
    private readonly Thread _acceptor;
    private readonly Lock _lock = new();
    private readonly HashSet<Cut> _done = [];
    private volatile Relay? _relay;
    private volatile OrderWatch? _watch;
    private IPEndPoint? _venue;
    private Cut? _armed;
    private int _life;
    private long _firstOrderNs;
    private volatile bool _isStopping;

    public OrderProxy()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        _acceptor = new Thread(Accept) { IsBackground = true, Name = "proxy" };
        _acceptor.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Cuts made so far, each counted once.</summary>
    public IReadOnlyCollection<Cut> Done
    {
        get
        {
            lock (_lock) return [.. _done];
        }
    }

    /// <summary>Connections cut so far.</summary>
    public int Cuts { get; private set; }

    /// <summary>Orders that passed, over all connections.</summary>
    public long Orders => Interlocked.Read(ref _orders);

    private long _orders;

    /// <summary>Monotonic ns of the first order of the engine's present life; 0: none yet.</summary>
    public long FirstOrderNs => Interlocked.Read(ref _firstOrderNs);

    /// <summary>Whether a cut is still to come.</summary>
    public bool IsArmed
    {
        get
        {
            lock (_lock) return _armed is not null;
        }
    }

    /// <summary>From now on it passes everything to this port, and this watch sees it.</summary>
    public void Connect(int venuePort, OrderWatch watch)
    {
        _relay?.Dispose();
        _watch = watch;
        _venue = new IPEndPoint(IPAddress.Loopback, venuePort);
    }

    /// <summary>The engine is started afresh: what its earlier life left in a socket does not count as its first order.</summary>
    public void BeginLife()
    {
        lock (_lock)
        {
            _life++;
            _armed = null;
            Interlocked.Exchange(ref _firstOrderNs, 0);
        }
    }

    /// <summary>Cuts the next packet of that kind.</summary>
    public void Arm(Cut cut)
    {
        lock (_lock) _armed = cut;
    }

    public void Dispose()
    {
        _isStopping = true;
        _listener.Dispose();
        _acceptor.Join();
        _relay?.Dispose();
    }

    private void Accept()
    {
        while (!_isStopping)
        {
            Socket engine;
            try
            {
                engine = _listener.Accept();
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            _relay?.Dispose();
            if (_venue is not { } venue || _watch is not { } watch)
            {
                engine.Dispose();
                continue;
            }

            int life;
            lock (_lock) life = _life;
            _relay = Relay.TryStart(engine, venue, watch, message => OnOrder(life), TakeCut);
        }
    }

    private void OnOrder(int life)
    {
        Interlocked.Increment(ref _orders);
        lock (_lock)
        {
            if (life == _life && _firstOrderNs == 0) Interlocked.Exchange(ref _firstOrderNs, Stopwatch.GetTimestamp());
        }
    }

    private Cut? TakeCut(char packet, int bytes)
    {
        lock (_lock)
        {
            if (_armed is not { } cut || cut.Packet != packet || cut.Bytes > bytes) return null;
            _armed = null;
            _done.Add(cut);
            Cuts++;
            return cut;
        }
    }
}
