namespace MarketMaker.Platform.Threads;

/// <summary>Why buys or sends are stopped for the time being. Each reason has one owner, which sets and lifts it.</summary>
[Flags]
public enum StopReasons
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Transaction ids run out.</summary>
    Ids = 1,

    /// <summary>The journal's map is nearly used up.</summary>
    Map = 2,

    /// <summary>The journal's disk is nearly full.</summary>
    Disk = 4,
}
