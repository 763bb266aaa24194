using System.Net;
using static MarketMaker.Platform.Network.SocketConstants;

namespace MarketMaker.Platform.Network;

/// <summary>Listens for TCP connections without waiting. Belongs to one thread.</summary>
public sealed unsafe class TcpAcceptor : IDisposable
{
    private const int BacklogMax = 128;

    private int _socket;

    /// <summary>Listens.</summary>
    /// <param name="endpoint">A local address; port 0 takes a free one.</param>
    /// <exception cref="SocketSetupException">The address or port cannot be had.</exception>
    public TcpAcceptor(IPEndPoint endpoint)
    {
        _socket = SocketSetup.Open(SOCK_STREAM);
        try
        {
            // A restart must not wait for the last run's connections to time out.
            SocketSetup.Set(_socket, SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
            SocketSetup.Bind(_socket, endpoint, "TCP");
            if (SocketCalls.Listen(_socket, BacklogMax) != 0)
                throw new SocketSetupException($"cannot listen on TCP {endpoint}", SocketSetup.LastErrno, "Name a free port.");
            Port = SocketSetup.LocalPort(_socket);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The port listened on.</summary>
    public int Port { get; }

    /// <summary>The next connection, or null when nobody waits. Allocates one stream for each.</summary>
    public TcpStream? TryAccept()
    {
        Ipv4SocketAddress peer = default;
        uint bytes = (uint)sizeof(Ipv4SocketAddress);
        // SAFETY: the kernel writes at most 16 bytes to a local of that size.
        int accepted = SocketCalls.Accept(_socket, &peer, &bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
        return accepted < 0 ? null : new TcpStream(accepted, new IPEndPoint(peer.AddressBigEndian, peer.Port));
    }

    /// <summary>Stops listening; accepted connections live on.</summary>
    public void Dispose()
    {
        if (_socket >= 0) _ = SocketCalls.Close(_socket);
        _socket = -1;
    }
}
