using System.Text;
using static MarketMaker.Platform.Network.SocketConstants;
using static MarketMaker.Platform.Network.Xdp.XdpConstants;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>What the system says about a network interface. For set-up and checks only.</summary>
public static unsafe class NetworkDevice
{
    private const string Devices = "/proc/self/net/dev";
    private const int HeaderLines = 2;

    /// <summary>The interfaces of this network namespace.</summary>
    public static IReadOnlyList<string> Names =>
        [.. File.ReadLines(Devices).Skip(HeaderLines).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)].Trim())];

    /// <summary>Its number.</summary>
    /// <exception cref="SocketSetupException">There is none of this name.</exception>
    public static int IndexOf(string name)
    {
        uint index = SocketCalls.InterfaceIndex(name);
        return index != 0 ? (int)index : throw new SocketSetupException($"there is no network interface '{name}'", SocketSetup.LastErrno, "See `ip link`.");
    }

    /// <summary>Largest packet it takes, bytes without the Ethernet header.</summary>
    public static int MtuOf(string name)
    {
        InterfaceRequest request = RequestFor(name);
        // SAFETY: a local, as large as the kernel's ifreq.
        return Ask(SIOCGIFMTU, &request) ? request.Number : throw new SocketSetupException($"cannot read the MTU of '{name}'", SocketSetup.LastErrno);
    }

    /// <summary>RX queues that are switched on; 1 where the driver does not say.</summary>
    public static int QueuesOf(string name)
    {
        DeviceChannels channels = new() { Command = ETHTOOL_GCHANNELS };
        InterfaceRequest request = RequestFor(name);
        // SAFETY: both are locals, and the driver writes no more than the struct of this command.
        request.Data = &channels;
        return Ask(SIOCETHTOOL, &request) ? Math.Max(1, (int)(channels.RxCount + channels.CombinedCount)) : 1;
    }

    private static InterfaceRequest RequestFor(string name)
    {
        InterfaceRequest request = default;
        if (Encoding.UTF8.GetByteCount(name) > InterfaceRequest.NameBytesMax) throw new SocketSetupException($"'{name}' is no name of a network interface");
        // SAFETY: the name fits, with a zero behind it.
        Encoding.UTF8.GetBytes(name, new Span<byte>(request.Name, InterfaceRequest.NameBytesMax));
        return request;
    }

    private static bool Ask(nuint what, InterfaceRequest* request)
    {
        int socket = SocketSetup.Open(SOCK_DGRAM);
        // SAFETY: the kernel reads and writes one ifreq, and what its pointer names.
        bool answered = XdpCalls.Control(socket, what, request) == 0;
        int errno = SocketSetup.LastErrno;
        _ = SocketCalls.Close(socket);
        System.Runtime.InteropServices.Marshal.SetLastPInvokeError(errno);
        return answered;
    }
}
