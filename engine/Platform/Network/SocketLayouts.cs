using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Network;

/// <summary>struct sockaddr_in: port and address lie in network order.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Ipv4SocketAddress
{
    public ushort Family;
    public ushort PortBigEndian;
    public uint AddressBigEndian;

    public static Ipv4SocketAddress From(IPEndPoint endpoint) => new()
    {
        Family = SocketConstants.AF_INET,
        PortBigEndian = BinaryPrimitives.ReverseEndianness((ushort)endpoint.Port),
        AddressBigEndian = Bits(endpoint.Address),
    };

    public readonly int Port => BinaryPrimitives.ReverseEndianness(PortBigEndian);

    /// <summary>The four bytes as they lie in memory.</summary>
    public static uint Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out int written) && written == 4
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : throw new SocketSetupException($"{address} is not an IPv4 address");
    }
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

/// <summary>struct mmsghdr: a struct msghdr of 56 bytes, then the length the kernel reports; 64 bytes with its padding.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct MessageHeader
{
    [FieldOffset(0)] public Ipv4SocketAddress* Name;
    [FieldOffset(8)] public uint NameLength;
    [FieldOffset(16)] public IoVector* Vectors;
    [FieldOffset(24)] public nuint VectorCount;
    [FieldOffset(32)] public byte* Control;
    [FieldOffset(40)] public nuint ControlLength;
    [FieldOffset(48)] public int Flags;
    [FieldOffset(56)] public uint Length;
}

/// <summary>struct cmsghdr, in front of each control message.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct ControlHeader
{
    [FieldOffset(0)] public nuint Length;
    [FieldOffset(8)] public int Level;
    [FieldOffset(12)] public int Type;
}

/// <summary>struct cmsghdr with struct scm_timestamping: the time of the kernel, an unused one, the time of the card.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct TimestampControlMessage
{
    [FieldOffset(0)] public ControlHeader Header;
    [FieldOffset(16)] public long KernelSeconds;
    [FieldOffset(24)] public long KernelNanoseconds;
    [FieldOffset(48)] public long CardSeconds;
    [FieldOffset(56)] public long CardNanoseconds;
}

/// <summary>struct ip_mreqn: a group and the interface to hear it on, by address or by number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MulticastRequest
{
    public uint GroupBigEndian;
    public uint InterfaceBigEndian;
    public int InterfaceIndex;
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
