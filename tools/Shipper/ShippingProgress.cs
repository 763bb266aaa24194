using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>What the shipper is doing.</summary>
internal enum ShippingState
{
    /// <summary>Looking for the database.</summary>
    Connecting,

    /// <summary>Another shipper has the journal; this one takes over when that one is gone.</summary>
    Waiting,

    /// <summary>A session of this shipper that was given up still has the journal at the server; this one goes on when it has ended.</summary>
    WaitingForFormer,

    /// <summary>Following the journal.</summary>
    Following,

    /// <summary>The database is away.</summary>
    DatabaseAway,

    /// <summary>The database refuses what no wait mends; waiting for a person.</summary>
    Refused,

    /// <summary>The ledger or the journal was set back; waiting for a person.</summary>
    SetBack,
}

/// <summary>How far the shipping is: written by the thread that ships, read by the one that reports.</summary>
internal sealed class ShippingProgress
{
    private readonly Lock _lock = new();
    private ProgressFigures _figures = new() { ProgressAtMs = Environment.TickCount64 };

    public ProgressFigures Read()
    {
        lock (_lock) return _figures;
    }

    /// <summary>Another attempt begins. What the last one came to stays the state until it is known what comes of this one.</summary>
    public void OnAttempt()
    {
        lock (_lock)
        {
            if (_figures.State is not (ShippingState.DatabaseAway or ShippingState.Refused or ShippingState.SetBack)) _figures.State = ShippingState.Connecting;
        }
    }

    /// <summary>Others have shipped so far, or an earlier run has.</summary>
    public void OnSeen(long lastId)
    {
        lock (_lock)
        {
            if (lastId != _figures.LastId) _figures.ProgressAtMs = Environment.TickCount64;
            _figures.LastId = lastId;
        }
    }

    /// <param name="holder">Who has the journal.</param>
    public void OnWaiting(Holder holder)
    {
        lock (_lock)
        {
            _figures.State = holder.IsFormer ? ShippingState.WaitingForFormer : ShippingState.Waiting;
            _figures.Cause = holder.Text;
            _figures.Refused = null;
        }
    }

    /// <param name="cause">What the database, or the way to it, said.</param>
    public void OnAway(string cause)
    {
        lock (_lock) (_figures.State, _figures.Cause, _figures.Refused) = (ShippingState.DatabaseAway, cause, null);
    }

    /// <param name="refusal">What the database said, and the remedy.</param>
    public void OnRefused(string refusal)
    {
        lock (_lock) (_figures.State, _figures.Cause, _figures.Refused) = (ShippingState.Refused, refusal, refusal);
    }

    public void OnEntered(LedgerPosition position)
    {
        lock (_lock)
        {
            _figures.SetBack = null;
            _figures.LastId = position.LastId;
            _figures.QuarantinedInLedger = position.Quarantined;
        }
    }

    /// <summary>All that was there is shipped, or a batch of it: only that ends what went before. To be let in is not enough, since a batch may be refused.</summary>
    public void OnFollowing()
    {
        lock (_lock) (_figures.State, _figures.Cause, _figures.Refused) = (ShippingState.Following, null, null);
    }

    /// <param name="alarm">What was set back, in few words.</param>
    public void OnSetBack(string alarm)
    {
        lock (_lock) (_figures.State, _figures.SetBack, _figures.Cause, _figures.Refused) = (ShippingState.SetBack, alarm, alarm, null);
    }

    public void OnShipped(long lastId, ShipmentOutcome outcome)
    {
        lock (_lock)
        {
            _figures.LastId = lastId;
            _figures.ProgressAtMs = Environment.TickCount64;
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

    /// <summary>What a person must do before the database takes anything; else null.</summary>
    public string? Refused;

    /// <summary>Why nothing is shipped, as was last seen; null when something was shipped since.</summary>
    public string? Cause;

    /// <summary>When something was last shipped, by whom ever: monotonic, in ms; at first when this shipper started.</summary>
    public long ProgressAtMs;

    /// <summary>Rows put since the start.</summary>
    public long ShippedRows;

    /// <summary>Rows that were there already, since the start.</summary>
    public long ResentRows;

    /// <summary>Rows put into quarantine since the start.</summary>
    public long Quarantined;

    /// <summary>Rows of this journal in the ledger's quarantine.</summary>
    public long QuarantinedInLedger;
}
