namespace MarketMaker.Decision.Capture;

/// <summary>Options of a capture. Unit, default, range and reason stand with each.</summary>
public sealed record CaptureOptions
{
    /// <summary>The file. Default empty: nothing is captured. One that is there is kept, and a number put behind the name of the new one.</summary>
    public string Path { get; init; } = "";

    /// <summary>MiB after which the capture ends, whole up to there. Default 65,536; 1 to 16,777,216: an hour of 500,000 offers/s is about 25,000.</summary>
    public long LimitMiB { get; init; } = 65_536;

    /// <summary>Slots of the ring <c>captures</c>, a power of two. Default 262,144, half a second of 500,000 offers/s; 1,024 to 16,777,216.</summary>
    public int RingSlots { get; init; } = 262_144;

    /// <summary>What is recorded reaches the file after so many ms at the latest. Default 1,000; 1 to 60,000: a kill loses as much.</summary>
    public int FlushMs { get; init; } = 1_000;
}
