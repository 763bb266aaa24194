using MarketMaker.Platform.Threads;

namespace MarketMaker.Feed;

/// <summary>The stage Feed as the host sees it, whatever driver its packets come from. Not on the path of a packet.</summary>
public interface IFeed : IAgent, ISnapshotTarget
{
    /// <summary>Whether no packet is read any more, after <see cref="End"/>. Any thread may ask.</summary>
    bool HasEnded { get; }

    /// <summary>Ends the reading of packets with the next duty cycle. Any thread may call it.</summary>
    void End();
}
