namespace MarketMaker.Feed;

/// <summary>Where the late start stands.</summary>
public enum SnapshotState
{
    /// <summary>Under way: connecting, logging in or receiving.</summary>
    Running,

    /// <summary>Applied as a whole; the feed may be read.</summary>
    Complete,

    /// <summary>Failed: not complete within the time given.</summary>
    TimedOut,

    /// <summary>Failed: the server refused the login.</summary>
    LoginRefused,

    /// <summary>Failed: what came was not the protocol's.</summary>
    Malformed,
}
