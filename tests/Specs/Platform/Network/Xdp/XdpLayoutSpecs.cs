using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Tests.Specs.Platform.Network.Xdp;

/// <summary>Sizes and offsets are those of the kernel's headers: linux/if_xdp.h, linux/bpf.h, net/if.h, linux/ethtool.h, bits/socket.h.</summary>
public sealed class XdpLayoutSpecs
{
    [Theory]
    [InlineData(typeof(UmemRegistration), 24)]
    [InlineData(typeof(RingOffsets), 32)]
    [InlineData(typeof(MappingOffsets), 128)]
    [InlineData(typeof(FrameDescriptor), 16)]
    [InlineData(typeof(XdpSocketAddress), 16)]
    [InlineData(typeof(KernelXdpStatistics), 48)]
    [InlineData(typeof(BpfInstruction), 8)]
    [InlineData(typeof(BpfAttributes), 72)]
    [InlineData(typeof(InterfaceRequest), 40)]
    [InlineData(typeof(DeviceChannels), 36)]
    [InlineData(typeof(ControlHeader), 16)]
    [InlineData(typeof(TimestampControlMessage), 64)]
    [InlineData(typeof(Ipv4SocketAddress), 16)]
    [InlineData(typeof(MessageHeader), 64)]
    public void should_be_as_large_as_the_kernel_takes_it(Type type, int bytes) => Assert.Equal(bytes, RuntimeHelpers.SizeOf(type.TypeHandle));

    [Theory]
    [InlineData(typeof(UmemRegistration), nameof(UmemRegistration.ChunkBytes), 16)]
    [InlineData(typeof(RingOffsets), nameof(RingOffsets.Slots), 16)]
    [InlineData(typeof(MappingOffsets), nameof(MappingOffsets.Fill), 64)]
    [InlineData(typeof(MappingOffsets), nameof(MappingOffsets.Completion), 96)]
    [InlineData(typeof(FrameDescriptor), nameof(FrameDescriptor.Length), 8)]
    [InlineData(typeof(XdpSocketAddress), nameof(XdpSocketAddress.InterfaceIndex), 4)]
    [InlineData(typeof(XdpSocketAddress), nameof(XdpSocketAddress.Queue), 8)]
    [InlineData(typeof(KernelXdpStatistics), nameof(KernelXdpStatistics.RxRingFull), 24)]
    [InlineData(typeof(KernelXdpStatistics), nameof(KernelXdpStatistics.FillRingEmpty), 32)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.EntriesMax), 12)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.Value), 16)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.License), 16)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.Log), 32)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.ProgramName), 48)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.ExpectedAttachType), 68)]
    [InlineData(typeof(BpfAttributes), nameof(BpfAttributes.AttachFlags), 12)]
    [InlineData(typeof(InterfaceRequest), "Data", 16)]
    [InlineData(typeof(DeviceChannels), nameof(DeviceChannels.RxCount), 20)]
    [InlineData(typeof(DeviceChannels), nameof(DeviceChannels.CombinedCount), 32)]
    [InlineData(typeof(TimestampControlMessage), nameof(TimestampControlMessage.KernelSeconds), 16)]
    [InlineData(typeof(TimestampControlMessage), nameof(TimestampControlMessage.CardSeconds), 48)]
    public void should_have_its_fields_where_the_kernel_looks_for_them(Type type, string field, int offset) =>
        Assert.Equal(offset, type.GetField(field)!.GetCustomAttributes(typeof(FieldOffsetAttribute), false).Cast<FieldOffsetAttribute>().Single().Value);
}
