using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>struct xdp_umem_reg in its first version, which every kernel takes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct UmemRegistration
{
    [FieldOffset(0)] public ulong Address;
    [FieldOffset(8)] public ulong Bytes;
    [FieldOffset(16)] public uint ChunkBytes;
    [FieldOffset(20)] public uint HeadroomBytes;
}

/// <summary>struct xdp_ring_offset: where in a ring's mapping its parts lie.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct RingOffsets
{
    [FieldOffset(0)] public ulong Producer;
    [FieldOffset(8)] public ulong Consumer;
    [FieldOffset(16)] public ulong Slots;
    [FieldOffset(24)] public ulong Flags;
}

/// <summary>struct xdp_mmap_offsets.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct MappingOffsets
{
    [FieldOffset(0)] public RingOffsets Rx;
    [FieldOffset(32)] public RingOffsets Tx;
    [FieldOffset(64)] public RingOffsets Fill;
    [FieldOffset(96)] public RingOffsets Completion;
}

/// <summary>struct xdp_desc: one frame in the UMEM.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct FrameDescriptor
{
    [FieldOffset(0)] public ulong Address;
    [FieldOffset(8)] public uint Length;
    [FieldOffset(12)] public uint Options;
}

/// <summary>struct sockaddr_xdp.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct XdpSocketAddress
{
    [FieldOffset(0)] public ushort Family;
    [FieldOffset(2)] public ushort Flags;
    [FieldOffset(4)] public uint InterfaceIndex;
    [FieldOffset(8)] public uint Queue;
    [FieldOffset(12)] public uint SharedUmem;
}

/// <summary>struct xdp_statistics.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct KernelXdpStatistics
{
    [FieldOffset(0)] public ulong Dropped;
    [FieldOffset(8)] public ulong InvalidReceiveDescriptors;
    [FieldOffset(16)] public ulong InvalidSendDescriptors;
    [FieldOffset(24)] public ulong RxRingFull;
    [FieldOffset(32)] public ulong FillRingEmpty;
    [FieldOffset(40)] public ulong TxRingEmpty;
}

/// <summary>struct bpf_insn.</summary>
/// <param name="Code">Class, operation, source or size.</param>
/// <param name="Registers">Destination in the lower four bits, source in the upper four.</param>
/// <param name="Offset">Of a load from memory, or of a jump in instructions behind the next one.</param>
/// <param name="Immediate">A constant.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct BpfInstruction(byte Code, byte Registers, short Offset, int Immediate);

/// <summary>union bpf_attr, as much of it as our four commands use; what is zero means the same to every kernel.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct BpfAttributes
{
    [FieldOffset(0)] public uint MapType;
    [FieldOffset(4)] public uint KeyBytes;
    [FieldOffset(8)] public uint ValueBytes;
    [FieldOffset(12)] public uint EntriesMax;

    [FieldOffset(0)] public uint MapDescriptor;
    [FieldOffset(8)] public ulong Key;
    [FieldOffset(16)] public ulong Value;

    [FieldOffset(0)] public uint ProgramType;
    [FieldOffset(4)] public uint InstructionCount;
    [FieldOffset(8)] public ulong Instructions;
    [FieldOffset(16)] public ulong License;
    [FieldOffset(24)] public uint LogLevel;
    [FieldOffset(28)] public uint LogBytes;
    [FieldOffset(32)] public ulong Log;
    [FieldOffset(48)] public ulong ProgramName;
    [FieldOffset(68)] public uint ExpectedAttachType;

    [FieldOffset(0)] public uint ProgramDescriptor;
    [FieldOffset(4)] public uint InterfaceIndex;
    [FieldOffset(8)] public uint AttachType;
    [FieldOffset(12)] public uint AttachFlags;
}

/// <summary>struct ifreq, with either the number or the pointer that an ioctl reads or writes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal unsafe struct InterfaceRequest
{
    public const int NameBytesMax = 15;

    [FieldOffset(0)] public fixed byte Name[16];
    [FieldOffset(16)] public int Number;
    [FieldOffset(16)] public void* Data;
}

/// <summary>struct ethtool_channels.</summary>
[StructLayout(LayoutKind.Explicit, Size = 36)]
internal struct DeviceChannels
{
    [FieldOffset(0)] public uint Command;
    [FieldOffset(20)] public uint RxCount;
    [FieldOffset(24)] public uint TxCount;
    [FieldOffset(32)] public uint CombinedCount;
}
