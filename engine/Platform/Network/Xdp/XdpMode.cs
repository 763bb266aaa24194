namespace MarketMaker.Platform.Network.Xdp;

/// <summary>How frames reach an AF_XDP socket, the fastest first.</summary>
public enum XdpMode
{
    /// <summary>Take the first of the others that the driver can do.</summary>
    Auto,

    /// <summary>The card writes into the UMEM.</summary>
    ZeroCopy,

    /// <summary>The driver runs the program before there is a socket buffer, and the frame is copied into the UMEM.</summary>
    Native,

    /// <summary>The stack runs the program on a socket buffer and copies: any driver can.</summary>
    Generic,
}
