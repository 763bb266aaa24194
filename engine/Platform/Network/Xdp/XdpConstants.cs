namespace MarketMaker.Platform.Network.Xdp;

/// <summary>Numbers of AF_XDP, of bpf(2) and of the device ioctls on x86-64, under their own names.</summary>
/// <remarks>Source: linux/if_xdp.h, linux/bpf.h, linux/if_link.h, linux/sockios.h, linux/ethtool.h, asm-generic/errno.h.</remarks>
internal static class XdpConstants
{
    public const int AF_XDP = 44;
    public const int SOL_XDP = 283;
    public const int XDP_MMAP_OFFSETS = 1;
    public const int XDP_RX_RING = 2;
    public const int XDP_TX_RING = 3;
    public const int XDP_UMEM_REG = 4;
    public const int XDP_UMEM_FILL_RING = 5;
    public const int XDP_UMEM_COMPLETION_RING = 6;
    public const int XDP_STATISTICS = 7;
    public const int XDP_OPTIONS = 8;
    public const uint XDP_OPTIONS_ZEROCOPY = 1;

    public const ushort XDP_COPY = 1 << 1;
    public const ushort XDP_ZEROCOPY = 1 << 2;
    public const ushort XDP_USE_NEED_WAKEUP = 1 << 3;
    public const uint XDP_RING_NEED_WAKEUP = 1;

    public const long XDP_PGOFF_RX_RING = 0;
    public const long XDP_PGOFF_TX_RING = 0x80000000;
    public const long XDP_UMEM_PGOFF_FILL_RING = 0x100000000;
    public const long XDP_UMEM_PGOFF_COMPLETION_RING = 0x180000000;

    /// <summary>Bytes in front of each frame that the kernel keeps for a program that grows headers.</summary>
    public const int XDP_PACKET_HEADROOM = 256;

    public const int SYS_bpf = 321;
    public const int BPF_MAP_CREATE = 0;
    public const int BPF_MAP_UPDATE_ELEM = 2;
    public const int BPF_PROG_LOAD = 5;
    public const int BPF_LINK_CREATE = 28;
    public const uint BPF_MAP_TYPE_XSKMAP = 17;
    public const uint BPF_PROG_TYPE_XDP = 6;
    public const uint BPF_XDP = 37;
    public const uint XDP_FLAGS_SKB_MODE = 1 << 1;
    public const uint XDP_FLAGS_DRV_MODE = 1 << 2;

    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_SHARED = 1;
    public const int MAP_POPULATE = 0x8000;

    public const nuint SIOCGIFMTU = 0x8921;
    public const nuint SIOCETHTOOL = 0x8946;
    public const uint ETHTOOL_GCHANNELS = 0x3C;

    public const int EPERM = 1;
    public const int EBUSY = 16;
    public const int EINVAL = 22;
    public const int ENOBUFS = 105;
    public const int EOPNOTSUPP = 95;
}
