using MarketMaker.Contracts;

namespace MarketMaker.Execution;

/// <summary>An order from the moment it is written until its last share is over.</summary>
internal struct OpenOrder
{
    /// <summary>Everything Decision said of it; for an order of an earlier run only ticker, side, limit and quantity.</summary>
    public ExecuteEvent Execute;

    /// <summary>Sequence number of its Accepted; 0 before.</summary>
    public long AcceptedSequence;

    /// <summary>When the socket took its first byte, monotonic ns; 0 for an order of an earlier run.</summary>
    public long SentNs;

    public uint UserRefNum;
    public int LeavesShares;

    // Neighbours in the list of accepted orders, oldest first; -1 at the ends.
    public int PreviousAccepted;
    public int NextAccepted;

    public bool IsOpen;
    public bool IsAnswered;
    public bool HasExecution;

    /// <summary>Rebuilt from what is booked already; Decision does not know of it yet.</summary>
    public bool AwaitsRestore;

    public readonly bool IsAccepted => AcceptedSequence != 0;
}
