namespace MarketMaker.Platform.Network;

/// <summary>Whether the kernel looks at the network card within our calls, in place of waiting for its interrupt.</summary>
/// <param name="Microseconds">SO_BUSY_POLL: how long one call may look. Range 0 to 1,000; 0: off, and then the others mean nothing.</param>
/// <param name="IsPreferred">SO_PREFER_BUSY_POLL: the card's interrupts stay off while we call (needs the device's <c>napi_defer_hard_irqs</c> and <c>gro_flush_timeout</c>).</param>
/// <param name="Budget">SO_BUSY_POLL_BUDGET: packets of one look. Range 0 to 512; 0: the kernel's own, 8.</param>
public readonly record struct BusyPoll(int Microseconds, bool IsPreferred = false, int Budget = 0)
{
    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { Microseconds: < 0 or > 1_000 } => $"busy poll is {Microseconds} us; it must be 0 to 1,000",
        { Budget: < 0 or > 512 } => $"busy poll budget is {Budget} packets; it must be 0 to 512",
        _ => null,
    };
}
