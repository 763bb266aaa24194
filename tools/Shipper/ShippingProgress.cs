using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>What the shipper is doing.</summary>
internal enum ShippingState
{
    /// <summary>Looking for the database.</summary>
    Connecting,

    /// <summary>Another shipper has the journal; this one takes over when that one is gone.</summary>
    Waiting,

    /// <summary>Following the journal.</summary>
    Following,

    /// <summary>The database is away.</summary>
    DatabaseAway,

    /// <summary>The ledger or the journal was set back; waiting for a person.</summary>
    SetBack,
}

/// <summary>How far the shipping is: written by the thread that ships, read by the one that reports.</summary>
internal sealed class ShippingProgress
{
    private readonly Lock _lock = new();
    private ProgressFigures _figures;

    public ProgressFigures Read()
    {
        lock (_lock) return _figures;
    }

    public void OnState(ShippingState state)
    {
        lock (_lock) _figures.State = state;
    }

    public void OnEntered(LedgerPosition position)
    {
        lock (_lock)
        {
            _figures.State = ShippingState.Following;
            _figures.SetBack = null;
            _figures.LastId = position.LastId;
            _figures.QuarantinedInLedger = position.Quarantined;
        }
    }

    /// <param name="alarm">What was set back, in few words.</param>
    public void OnSetBack(string alarm)
    {
        lock (_lock) (_figures.State, _figures.SetBack) = (ShippingState.SetBack, alarm);
    }

    public void OnShipped(long lastId, ShipmentOutcome outcome)
    {
        lock (_lock)
        {
            _figures.LastId = lastId;
            _figures.ShippedRows += outcome.Inserted;
            _figures.ResentRows += outcome.AlreadyThere;
            _figures.Quarantined += outcome.Quarantined.Count;
            _figures.QuarantinedInLedger += outcome.Quarantined.Count;
        }
    }
}

/// <summary>The figures of one moment.</summary>
internal struct ProgressFigures
{
    public ShippingState State;

    /// <summary>The last transaction in the ledger, as far as is known.</summary>
    public long LastId;

    /// <summary>How ledger and journal differ, when one of them was set back; else null.</summary>
    public string? SetBack;

    /// <summary>Rows put since the start.</summary>
    public long ShippedRows;

    /// <summary>Rows that were there already, since the start.</summary>
    public long ResentRows;

    /// <summary>Rows put into quarantine since the start.</summary>
    public long Quarantined;

    /// <summary>Rows of this journal in the ledger's quarantine.</summary>
    public long QuarantinedInLedger;
}
