namespace MarketMaker.Platform.Network;

/// <summary>Whose clock says when a packet arrived.</summary>
public enum PacketTimestamps
{
    /// <summary>Nobody's: a control message less per packet.</summary>
    None,

    /// <summary>The kernel's wall clock, when its driver handed the packet over.</summary>
    Kernel,

    /// <summary>The card's own clock, which the host must hold to the wall clock (phc2sys) and switch on (hwstamp_ctl).</summary>
    Card,
}
