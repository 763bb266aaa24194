namespace MarketMaker.Venue.Replay;

/// <summary>How a recorded day is replayed.</summary>
public sealed record ReplayOptions
{
    /// <summary>The file: raw ITCH frames, or the same packed with gzip (.gz).</summary>
    public required string Path { get; init; }

    /// <summary>Recorded time passes this many times faster, 0.001 to 1,000,000. Default 1. Not used with <see cref="MessagesPerSecond"/>.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Messages a second at an even pace, instead of the recorded one; 0 = recorded pace. Default 0.</summary>
    public int MessagesPerSecond { get; init; }

    /// <summary>Adds the system events that a slice of a day lacks: open before the first message, close after the last. Default false.</summary>
    public bool Open { get; init; }

    /// <summary>Orders that can rest at a time. Default 2,097,152: more than a full Nasdaq day holds.</summary>
    public int OrdersMax { get; init; } = 1 << 21;
}
