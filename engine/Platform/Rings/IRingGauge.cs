namespace MarketMaker.Platform.Rings;

/// <summary>A ring as whoever shows counters sees it, whatever its events are. Any one thread may ask; every answer is stale at once.</summary>
public interface IRingGauge
{
    /// <summary>The ring's name: INI key and counter prefix.</summary>
    string Name { get; }

    /// <summary>Slots, a power of two.</summary>
    int Capacity { get; }

    /// <summary>Events published and not yet consumed by the slowest consumer.</summary>
    long Backlog { get; }

    /// <summary>The most events that a consumer found waiting at one look since the last call of this, which forgets it.</summary>
    long TakeMostWaiting();
}
