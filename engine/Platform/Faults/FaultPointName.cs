namespace MarketMaker.Platform.Faults;

/// <summary>The places at which a process can be told to die, for tests of recovery. In the order in which an order passes them.</summary>
public enum FaultPointName
{
    /// <summary>Execution: orders are written, no byte of them has left.</summary>
    BeforeSend,

    /// <summary>Execution: the socket took the orders, no answer is read.</summary>
    AfterSend,

    /// <summary>Execution: an answer is read, and Journal has not seen it.</summary>
    AfterAnswer,

    /// <summary>Journal: records and session are put, nothing is committed.</summary>
    InsideCommit,

    /// <summary>Journal: the commit is durable, and its events still lie in the ring.</summary>
    AfterCommit,

    /// <summary>Shipper: a snapshot of the journal is held.</summary>
    ShipperInRead,

    /// <summary>Shipper: rows and cursor are put, nothing is committed.</summary>
    ShipperMidBatch,

    /// <summary>Shipper: the batch is committed, and the journal's folder does not tell of it.</summary>
    ShipperAfterCommit,
}
