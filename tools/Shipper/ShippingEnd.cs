namespace MarketMaker.Shipper;

/// <summary>How a run of the shipper ended; the program's exit status.</summary>
internal enum ShippingEnd
{
    /// <summary>Everything that was there at the stop is in the ledger.</summary>
    Complete = 0,

    /// <summary>A setting, the journal or the ledger's tables are wrong.</summary>
    Refused = 2,

    /// <summary>The database stayed away longer than the stop could wait; the rest is shipped at the next start.</summary>
    Incomplete = 3,

    /// <summary>Another shipper had this journal until the end.</summary>
    AnotherShipper = 4,

    /// <summary>The ledger was set back behind what the journal has purged, or the journal behind what was shipped; nothing was shipped.</summary>
    SetBack = 5,
}
