namespace MarketMaker.Platform.Network;

/// <summary>Numbers of the Linux socket interface on x86-64, under their own names.</summary>
/// <remarks>Source: asm-generic/socket.h, linux/in.h, linux/tcp.h, asm-generic/errno.h.</remarks>
internal static class SocketConstants
{
    public const int AF_INET = 2;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_SOCKET = 1;
    public const int SO_REUSEADDR = 2;
    public const int SO_ERROR = 4;
    public const int SO_SNDBUF = 7;
    public const int SO_RCVBUF = 8;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_TIMESTAMPING = 37;
    public const int SO_BUSY_POLL = 46;
    public const int SO_MEMINFO = 55;
    public const int SO_PREFER_BUSY_POLL = 69;
    public const int SO_BUSY_POLL_BUDGET = 70;

    public const int SOF_TIMESTAMPING_RX_HARDWARE = 1 << 2;
    public const int SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;
    public const int SOF_TIMESTAMPING_SOFTWARE = 1 << 4;
    public const int SOF_TIMESTAMPING_RAW_HARDWARE = 1 << 6;

    public const int IPPROTO_IP = 0;
    public const int IP_MULTICAST_IF = 32;
    public const int IP_MULTICAST_TTL = 33;
    public const int IP_MULTICAST_LOOP = 34;
    public const int IP_ADD_MEMBERSHIP = 35;
    public const int IP_MULTICAST_ALL = 49;

    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;

    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;

    public const short POLLOUT = 4;

    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ECONNREFUSED = 111;
    public const int EINPROGRESS = 115;
}
