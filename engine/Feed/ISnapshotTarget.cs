namespace MarketMaker.Feed;

/// <summary>What a snapshot is applied to before the first packet: the <see cref="FeedParser{TPackets, TSink, TClock}"/>.</summary>
public interface ISnapshotTarget
{
    /// <summary>Applies one message of the snapshot: directory, halts and system events in the order they come.</summary>
    void ApplySnapshotMessage(ReadOnlySpan<byte> message);

    /// <summary>The snapshot is complete: go on from this sequence number, and ignore everything before it.</summary>
    void StartAt(ulong sequence);
}
