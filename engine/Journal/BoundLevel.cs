namespace MarketMaker.Journal;

/// <summary>How near something bounded is to its end, and what is done about it. The counters show the number.</summary>
internal enum BoundLevel
{
    /// <summary>Far.</summary>
    Far = 0,

    /// <summary>A person should act.</summary>
    Alarm = 1,

    /// <summary>Nothing is bought or sold short any more.</summary>
    NoBuys = 2,

    /// <summary>Nothing is sent any more: what is left is for the answers in flight.</summary>
    NoSends = 3,
}
