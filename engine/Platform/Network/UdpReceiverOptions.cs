using System.Net;

namespace MarketMaker.Platform.Network;

/// <summary>One UDP line in, and the address answers and requests go to.</summary>
public sealed record UdpReceiverOptions
{
    /// <summary>Where to listen: a local address, or the multicast group. Port 0 takes a free one. Default 127.0.0.1:0.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Interface to hear a multicast group on, by name or address. Default empty: the system's choice by route.</summary>
    public string Interface { get; init; } = "";

    /// <summary>
    /// The venue: packets from elsewhere are not <see cref="IPacketSource.IsFromVenue"/>. Port 0 accepts any port of the address.
    /// With a port it is also where <see cref="IPacketSink.TrySend"/> sends to. Default null: everybody is the venue.
    /// </summary>
    public IPEndPoint? Venue { get; init; }

    /// <summary>
    /// Receive buffer to ask the kernel for, bytes. Range 4,096 to 1 GiB; default 64 MiB: some seconds of 500,000 offers/s in
    /// full packets, so that no pause of ours loses one.
    /// </summary>
    public int ReceiveBufferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Datagrams of one batch. Range 1 to 1,024 (the kernel's limit); default 64.</summary>
    public int BatchMax { get; init; } = 64;

    /// <summary>Room for one datagram, bytes; a longer one comes out empty. Range 64 to 65,536; default 2,048 (an Ethernet frame).</summary>
    public int DatagramBytesMax { get; init; } = 2_048;

    /// <summary>Whether the kernel looks at the network card on a call. Default: off.</summary>
    public BusyPoll BusyPoll { get; init; }

    /// <summary>Whose time of arrival is asked for with each packet (SO_TIMESTAMPING). Default: nobody's.</summary>
    public PacketTimestamps Timestamps { get; init; }

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { ReceiveBufferBytes: < 4_096 or > 1 << 30 } => $"receive buffer is {ReceiveBufferBytes} bytes; it must be 4,096 to {1 << 30}",
        { BatchMax: < 1 or > 1_024 } => $"batch is {BatchMax} datagrams; it must be 1 to 1,024",
        { DatagramBytesMax: < 64 or > 65_536 } => $"datagram is {DatagramBytesMax} bytes; it must be 64 to 65,536",
        _ => BusyPoll.Validate(),
    };
}
