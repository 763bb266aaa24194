using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Stands before a server and can fall silent: connections stay open and take what is sent, and nothing passes.</summary>
internal sealed class SilentProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly List<TcpClient> _open = [];
    private volatile bool _isSilent;

    public SilentProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing passes, in no direction, the end of a connection neither.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>Ends the connections of the silence, as a server does that comes to know of it; new ones pass.</summary>
    public void Heal()
    {
        lock (_open)
        {
            foreach (TcpClient client in _open) client.Dispose();
            _open.Clear();
            _isSilent = false;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Heal();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                TcpClient near = await _listener.AcceptTcpClientAsync();
                TcpClient far = new();
                lock (_open) _open.AddRange([near, far]);
                if (_isSilent) continue;
                await far.ConnectAsync(IPAddress.Loopback, _target);
                _ = Pass(near, far);
                _ = Pass(far, near);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task Pass(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[65_536];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0 && !_isSilent) await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            if (!_isSilent) to.Dispose();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or InvalidOperationException)
        {
            if (!_isSilent) to.Dispose();
        }
    }
}
