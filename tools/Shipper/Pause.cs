namespace MarketMaker.Shipper;

/// <summary>The pause between attempts to reach the database: doubles up to a bound, and begins anew after a success.</summary>
internal sealed class Pause(ShipperOptions options)
{
    private int _ms = options.BackoffMs;

    /// <summary>Whether there was no failure since the last success.</summary>
    public bool IsFirst => _ms == options.BackoffMs;

    public void Reset() => _ms = options.BackoffMs;

    /// <summary>Waits; a stop that is asked for during the wait ends it.</summary>
    public void Wait(CancellationToken stop)
    {
        if (stop.IsCancellationRequested) Thread.Sleep(_ms);
        else stop.WaitHandle.WaitOne(_ms);
        _ms = Math.Min(_ms * 2, options.BackoffMaxMs);
    }
}
