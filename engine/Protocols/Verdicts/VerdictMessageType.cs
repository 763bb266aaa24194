namespace MarketMaker.Protocols.Verdicts;

/// <summary>The messages of the channel, by the letter that opens them.</summary>
public enum VerdictMessageType : byte
{
    /// <summary>See <see cref="VerdictSnapshotBegin"/>.</summary>
    SnapshotBegin = (byte)'B',

    /// <summary>See <see cref="TickerVerdict"/>.</summary>
    Verdict = (byte)'V',

    /// <summary>See <see cref="VerdictSnapshotEnd"/>.</summary>
    SnapshotEnd = (byte)'E',
}
