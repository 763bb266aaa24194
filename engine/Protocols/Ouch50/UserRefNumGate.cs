namespace MarketMaker.Protocols.Ouch50;

/// <summary>
/// The venue's rule for numbers that a request consumes: they only go up, and a request whose number does not is a
/// retransmission, which is ignored in silence.
/// </summary>
/// <remarks>Source: OUCH 5.0, UserRefNum. Gaps are legal. Numbers start at 1.</remarks>
public struct UserRefNumGate
{
    /// <summary>The highest number processed.</summary>
    public uint Last { get; private set; }

    /// <summary>What an Account Query answers: the lowest number that may be used next.</summary>
    public readonly uint Next => Last + 1;

    /// <summary>Consumes a number.</summary>
    /// <returns>False when it is not above every number before it: ignore the request.</returns>
    public bool TryConsume(uint userRefNum)
    {
        if (userRefNum <= Last) return false;
        Last = userRefNum;
        return true;
    }
}
