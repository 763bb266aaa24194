using System.Net;

namespace MarketMaker.Platform.Network;

/// <summary>Where datagrams go, and how many may wait in a batch.</summary>
public sealed record UdpSenderOptions
{
    /// <summary>The receiver, or a multicast group.</summary>
    public required IPEndPoint Destination { get; init; }

    /// <summary>Interface a multicast group is sent on, by name or address. Default empty: the system's choice by route.</summary>
    public string Interface { get; init; } = "";

    /// <summary>Routers a multicast packet may pass. Range 0 to 255; default 1: none.</summary>
    public int MulticastHops { get; init; } = 1;

    /// <summary>Send buffer to ask the kernel for, bytes. Range 4,096 to 1 GiB; default 4 MiB.</summary>
    public int SendBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Packets that can wait for one <see cref="UdpSender.Flush"/>. Range 1 to 1,024 (the kernel's limit); default 64.</summary>
    public int BatchMax { get; init; } = 64;

    /// <summary>Room for one packet, bytes. Range 64 to 65,507; default 2,048.</summary>
    public int PacketBytesMax { get; init; } = 2_048;

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { Destination.Port: 0 } => "the destination has no port",
        { MulticastHops: < 0 or > 255 } => $"multicast hops are {MulticastHops}; they must be 0 to 255",
        { SendBufferBytes: < 4_096 or > 1 << 30 } => $"send buffer is {SendBufferBytes} bytes; it must be 4,096 to {1 << 30}",
        { BatchMax: < 1 or > 1_024 } => $"batch is {BatchMax} packets; it must be 1 to 1,024",
        { PacketBytesMax: < 64 or > 65_507 } => $"packet is {PacketBytesMax} bytes; it must be 64 to 65,507",
        _ => null,
    };
}
