namespace MarketMaker.Recorded;

/// <summary>What became of an order of ours, and why.</summary>
public enum OrderFate
{
    /// <summary>All of it executed.</summary>
    Filled,

    /// <summary>Part of it executed; the rest of the offer was gone.</summary>
    PartlyFilled,

    /// <summary>Nothing left: somebody else had taken the offer.</summary>
    TakenByOthers,

    /// <summary>Nothing left: the offer had been withdrawn.</summary>
    Withdrawn,

    /// <summary>The offer is gone and the recording does not say how. There must be none.</summary>
    Unexplained,
}
