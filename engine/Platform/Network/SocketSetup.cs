using System.Net;
using System.Runtime.InteropServices;
using static MarketMaker.Platform.Network.SocketConstants;

namespace MarketMaker.Platform.Network;

/// <summary>What constructors do with sockets: open, bind, set options; a failure is an exception that says what was tried.</summary>
internal static unsafe class SocketSetup
{
    public static int LastErrno => Marshal.GetLastPInvokeError();

    /// <summary>Opens a socket that never waits and is not inherited by child processes.</summary>
    public static int Open(int type)
    {
        int socket = SocketCalls.Socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        return socket >= 0 ? socket : throw new SocketSetupException("cannot open a socket", LastErrno);
    }

    public static void Bind(int socket, IPEndPoint endpoint, string protocol)
    {
        Ipv4SocketAddress address = Ipv4SocketAddress.From(endpoint);
        // SAFETY: the kernel reads the 16 bytes of a local.
        if (SocketCalls.Bind(socket, &address, (uint)sizeof(Ipv4SocketAddress)) == 0) return;
        const string Remedy = "Name an address of this host and a free port in the INI file.";
        throw new SocketSetupException($"cannot bind {protocol} {endpoint}", LastErrno, Remedy);
    }

    public static void Connect(int socket, IPEndPoint endpoint)
    {
        Ipv4SocketAddress address = Ipv4SocketAddress.From(endpoint);
        // SAFETY: the kernel reads the 16 bytes of a local. Only for UDP, where connect never waits.
        if (SocketCalls.Connect(socket, &address, (uint)sizeof(Ipv4SocketAddress)) == 0) return;
        throw new SocketSetupException($"cannot send UDP to {endpoint}", LastErrno, "There is no route to it.");
    }

    /// <summary>The port the socket is bound to: the system's choice when 0 was asked for.</summary>
    public static int LocalPort(int socket)
    {
        Ipv4SocketAddress address = default;
        uint bytes = (uint)sizeof(Ipv4SocketAddress);
        // SAFETY: the kernel writes at most 16 bytes to a local of that size.
        return SocketCalls.GetName(socket, &address, &bytes) == 0
            ? address.Port
            : throw new SocketSetupException("cannot read the port of a socket", LastErrno);
    }

    /// <summary>Sets an option that is one int. False when refused.</summary>
    // SAFETY: the kernel reads the four bytes of a local.
    public static bool TrySet(int socket, int level, int option, int value) =>
        SocketCalls.SetOption(socket, level, option, &value, sizeof(int)) == 0;

    /// <summary>Sets an option that must hold.</summary>
    public static void Set(int socket, int level, int option, int value, string name)
    {
        if (!TrySet(socket, level, option, value)) throw new SocketSetupException($"cannot set {name} to {value}", LastErrno);
    }

    /// <summary>Reads an option that is one int; 0 when refused.</summary>
    public static int Get(int socket, int level, int option)
    {
        int value = 0;
        uint bytes = sizeof(int);
        // SAFETY: the kernel writes at most four bytes to a local of that size.
        return SocketCalls.GetOption(socket, level, option, &value, &bytes) == 0 ? value : 0;
    }

    /// <summary>Asks for a socket buffer, past the system's limit where the process may (CAP_NET_ADMIN), and says what it got.</summary>
    /// <returns>Bytes in the terms of the request; the kernel keeps twice that, for its own overhead (socket(7)).</returns>
    public static int SetBuffer(int socket, int bytes, bool receive)
    {
        if (!TrySet(socket, SOL_SOCKET, receive ? SO_RCVBUFFORCE : SO_SNDBUFFORCE, bytes))
            _ = TrySet(socket, SOL_SOCKET, receive ? SO_RCVBUF : SO_SNDBUF, bytes);
        return Get(socket, SOL_SOCKET, receive ? SO_RCVBUF : SO_SNDBUF) / 2;
    }

    /// <summary>Lets the kernel poll the network card on our calls. Needs CAP_NET_ADMIN beyond the system's default.</summary>
    public static void SetBusyPoll(int socket, BusyPoll wanted)
    {
        const string Remedy = "Set it to 0, or give the process CAP_NET_ADMIN.";
        if (wanted.Validate() is { } wrong) throw new SocketSetupException(wrong);
        if (wanted.Microseconds == 0) return;
        if (!TrySet(socket, SOL_SOCKET, SO_BUSY_POLL, wanted.Microseconds))
            throw new SocketSetupException($"cannot set SO_BUSY_POLL to {wanted.Microseconds} us", LastErrno, Remedy);
        if (wanted.IsPreferred && !TrySet(socket, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1))
            throw new SocketSetupException("cannot set SO_PREFER_BUSY_POLL", LastErrno, "Leave busy-poll-prefer out: it needs Linux 5.11 and CAP_NET_ADMIN.");
        if (wanted.Budget > 0 && !TrySet(socket, SOL_SOCKET, SO_BUSY_POLL_BUDGET, wanted.Budget))
            throw new SocketSetupException($"cannot set SO_BUSY_POLL_BUDGET to {wanted.Budget} packets", LastErrno, Remedy);
    }

    /// <summary>The same for a socket like one that took these settings at start.</summary>
    public static void TrySetBusyPoll(int socket, BusyPoll wanted)
    {
        if (wanted.Microseconds == 0) return;
        _ = TrySet(socket, SOL_SOCKET, SO_BUSY_POLL, wanted.Microseconds);
        if (wanted.IsPreferred) _ = TrySet(socket, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1);
        if (wanted.Budget > 0) _ = TrySet(socket, SOL_SOCKET, SO_BUSY_POLL_BUDGET, wanted.Budget);
    }

    /// <summary>Asks for the time at which the kernel, or the card, received each packet.</summary>
    public static void SetTimestamps(int socket, PacketTimestamps wanted)
    {
        if (wanted == PacketTimestamps.None) return;
        int flags = wanted == PacketTimestamps.Kernel
            ? SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE
            : SOF_TIMESTAMPING_RX_HARDWARE | SOF_TIMESTAMPING_RAW_HARDWARE;
        Set(socket, SOL_SOCKET, SO_TIMESTAMPING, flags, "SO_TIMESTAMPING");
    }

    /// <summary>The interface named, by its name or by its address.</summary>
    public static MulticastRequest MulticastOn(string networkInterface, uint groupBigEndian)
    {
        MulticastRequest request = new() { GroupBigEndian = groupBigEndian };
        if (networkInterface.Length == 0) return request;
        if (IPAddress.TryParse(networkInterface, out IPAddress? address))
        {
            request.InterfaceBigEndian = Ipv4SocketAddress.Bits(address);
            return request;
        }

        uint index = SocketCalls.InterfaceIndex(networkInterface);
        if (index == 0) throw new SocketSetupException($"there is no network interface '{networkInterface}'", LastErrno, "See `ip link`.");
        request.InterfaceIndex = (int)index;
        return request;
    }

    /// <summary>Sets a multicast option.</summary>
    public static void SetMulticast(int socket, int option, MulticastRequest request, string what)
    {
        // SAFETY: the kernel reads the twelve bytes of a local.
        if (SocketCalls.SetOption(socket, IPPROTO_IP, option, &request, (uint)sizeof(MulticastRequest)) == 0) return;
        throw new SocketSetupException(what, LastErrno, "Name the interface that faces the venue, by name or by address.");
    }

    /// <summary>A numeric IPv4 address, or a host name that is looked up once, here.</summary>
    public static IPEndPoint Resolve(string host, int port)
    {
        if (port is < 1 or > ushort.MaxValue) throw new SocketSetupException($"port {port} of '{host}' is not 1 to 65535");
        if (IPAddress.TryParse(host, out IPAddress? numeric))
        {
            _ = Ipv4SocketAddress.Bits(numeric);
            return new IPEndPoint(numeric, port);
        }

        try
        {
            IPAddress[] found = Dns.GetHostAddresses(host, System.Net.Sockets.AddressFamily.InterNetwork);
            if (found.Length > 0) return new IPEndPoint(found[0], port);
        }
        catch (Exception failure) when (failure is System.Net.Sockets.SocketException or ArgumentException)
        {
            throw new SocketSetupException($"host '{host}' has no known address ({failure.Message})");
        }

        throw new SocketSetupException($"host '{host}' has no IPv4 address");
    }
}
