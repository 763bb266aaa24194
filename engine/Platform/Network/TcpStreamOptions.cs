namespace MarketMaker.Platform.Network;

/// <summary>One TCP connection to make.</summary>
public sealed record TcpStreamOptions
{
    /// <summary>A numeric IPv4 address, or a host name, looked up once at start.</summary>
    public required string Host { get; init; }

    /// <summary>The peer's port. Range 1 to 65,535.</summary>
    public required int Port { get; init; }

    /// <summary>Receive buffer to ask the kernel for, bytes. Default 0: the kernel sizes it by itself.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Send buffer to ask the kernel for, bytes. Default 0: the kernel sizes it by itself.</summary>
    public int SendBufferBytes { get; init; }

    /// <summary>Whether the kernel looks at the network card on a call. Default: off.</summary>
    public BusyPoll BusyPoll { get; init; }
}
