namespace MarketMaker.Contracts;

/// <summary>The state of the engine, as the counter file shows it.</summary>
public enum EngineState
{
    /// <summary>Setting up, or logging in again: universe, journal, snapshot, login, replay, fence.</summary>
    Starting = 0,

    /// <summary>Trading.</summary>
    Trading = 1,

    /// <summary>Halted: nothing is sent.</summary>
    Halted = 2,

    /// <summary>Stopping: sends have ended, answers are awaited and journaled.</summary>
    Draining = 3,

    /// <summary>Stopped in order.</summary>
    Stopped = 4,

    /// <summary>Stopped by a broken invariant.</summary>
    Failed = 5,

    /// <summary>Trading, but nothing is bought or sold short: ids, map or disk run out.</summary>
    SellingOnly = 6,
}
