namespace MarketMaker.Platform.Threads;

/// <summary>
/// A stage or service as a thread sees it: one method that does the work at hand, never waits, and says how much it did.
/// Agents on the same core are run in turn by one thread.
/// </summary>
public interface IAgent
{
    /// <summary>The stage's name: thread name, INI key and counter prefix.</summary>
    string Name { get; }

    /// <summary>One duty cycle. Bounded work, no waiting.</summary>
    /// <returns>How many events were handled; 0 lets the thread idle.</returns>
    int DoWork();
}
