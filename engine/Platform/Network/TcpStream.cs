using System.Net;
using static MarketMaker.Platform.Network.SocketConstants;

namespace MarketMaker.Platform.Network;

/// <summary>A TCP connection over a kernel socket that never waits, without Nagle's delay.</summary>
/// <remarks>Belongs to one thread. After the constructor nothing allocates or throws for what the peer does.</remarks>
public sealed unsafe class TcpStream : IByteStream, IDisposable
{
    private readonly TcpStreamOptions? _options;
    private readonly Ipv4SocketAddress _peer;
    private int _socket = -1;
    private StreamState _state;

    /// <summary>Looks the peer up; <see cref="BeginConnect"/> connects.</summary>
    /// <exception cref="SocketSetupException">The host has no known IPv4 address, or an option is not allowed.</exception>
    public TcpStream(TcpStreamOptions options)
    {
        Peer = SocketSetup.Resolve(options.Host, options.Port);
        _peer = Ipv4SocketAddress.From(Peer);
        _options = options;
        // Tried once here, so that a setting the system refuses is told at start and not at the first connection.
        int trial = SocketSetup.Open(SOCK_STREAM);
        try
        {
            SocketSetup.SetBusyPoll(trial, options.BusyPoll);
        }
        finally
        {
            _ = SocketCalls.Close(trial);
        }
    }

    /// <summary>Takes over a connection somebody made to us; it cannot be made again.</summary>
    internal TcpStream(int acceptedSocket, IPEndPoint peer)
    {
        Peer = peer;
        _socket = acceptedSocket;
        _state = StreamState.Connected;
        _ = SocketSetup.TrySet(_socket, IPPROTO_TCP, TCP_NODELAY, 1);
    }

    /// <summary>The other side.</summary>
    public IPEndPoint Peer { get; }

    /// <inheritdoc/>
    public int LastError { get; private set; }

    /// <inheritdoc/>
    public StreamState State
    {
        get
        {
            if (_state == StreamState.Connecting) PollConnect();
            return _state;
        }
    }

    /// <inheritdoc/>
    public void BeginConnect()
    {
        Invariant.Check(_options is not null, "an accepted connection is not connected again");
        Close();
        LastError = 0;
        _socket = SocketCalls.Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (_socket < 0)
        {
            Fail(SocketSetup.LastErrno);
            return;
        }

        _ = SocketSetup.TrySet(_socket, IPPROTO_TCP, TCP_NODELAY, 1);
        if (_options.ReceiveBufferBytes > 0) _ = SocketSetup.SetBuffer(_socket, _options.ReceiveBufferBytes, receive: true);
        if (_options.SendBufferBytes > 0) _ = SocketSetup.SetBuffer(_socket, _options.SendBufferBytes, receive: false);
        // Tried at start already; nothing may throw here.
        SocketSetup.TrySetBusyPoll(_socket, _options.BusyPoll);
        Ipv4SocketAddress peer = _peer;
        // SAFETY: the kernel reads the 16 bytes of a local.
        if (SocketCalls.Connect(_socket, &peer, (uint)sizeof(Ipv4SocketAddress)) == 0) _state = StreamState.Connected;
        else if (SocketSetup.LastErrno is EINPROGRESS or EINTR) _state = StreamState.Connecting;
        else Fail(SocketSetup.LastErrno);
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer)
    {
        if (_state != StreamState.Connected) return _state == StreamState.Connecting ? 0 : -1;
        // No room: asking the kernel would look like the end of the connection.
        if (buffer.IsEmpty) return 0;
        nint received;
        // SAFETY: the buffer is pinned for the call, and the kernel writes no more than its length.
        fixed (byte* bytes = buffer) received = SocketCalls.Receive(_socket, bytes, (nuint)buffer.Length, MSG_DONTWAIT);
        if (received > 0) return (int)received;
        return received == 0 ? OnEnd(0) : OnNothing(SocketSetup.LastErrno);
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (_state != StreamState.Connected) return _state == StreamState.Connecting ? 0 : -1;
        if (bytes.IsEmpty) return 0;
        nint sent;
        // SAFETY: the bytes are pinned for the call, and the kernel reads no more than their length.
        fixed (byte* first = bytes) sent = SocketCalls.Send(_socket, first, (nuint)bytes.Length, MSG_DONTWAIT | MSG_NOSIGNAL);
        return sent >= 0 ? (int)sent : OnNothing(SocketSetup.LastErrno);
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_socket >= 0) _ = SocketCalls.Close(_socket);
        _socket = -1;
        _state = StreamState.Closed;
    }

    /// <summary>Closes.</summary>
    public void Dispose() => Close();

    private void PollConnect()
    {
        PollRequest request = new() { Descriptor = _socket, Events = POLLOUT };
        // SAFETY: one request, a local; the timeout of 0 does not wait.
        if (SocketCalls.Poll(&request, 1, 0) <= 0 || request.Returned == 0) return;
        int error = SocketSetup.Get(_socket, SOL_SOCKET, SO_ERROR);
        if (error == 0) _state = StreamState.Connected;
        else Fail(error);
    }

    private int OnNothing(int errno) => errno is EAGAIN or EINTR ? 0 : OnEnd(errno);

    private int OnEnd(int errno)
    {
        Fail(errno);
        return -1;
    }

    private void Fail(int errno)
    {
        LastError = errno;
        Close();
    }
}
