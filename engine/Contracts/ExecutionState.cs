namespace MarketMaker.Contracts;

/// <summary>The state of the order session.</summary>
public enum ExecutionState
{
    /// <summary>Waiting to connect.</summary>
    Disconnected = 0,

    /// <summary>Connecting or awaiting the login's answer.</summary>
    LoggingIn = 1,

    /// <summary>Reading what the venue replays.</summary>
    Replaying = 2,

    /// <summary>The fence is out; its answer is awaited.</summary>
    Fencing = 3,

    /// <summary>Orders may be sent.</summary>
    Live = 4,

    /// <summary>Logged out in order.</summary>
    LoggedOut = 5,

    /// <summary>Cannot go on without a person: wrong login, or a session gone with orders open.</summary>
    Refused = 6,
}
