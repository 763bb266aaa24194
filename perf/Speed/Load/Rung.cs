namespace MarketMaker.Speed.Load;

/// <summary>One step of the ladder: offers at one rate for a while. Filled by the market thread, read by others once it is done.</summary>
internal sealed class Rung(long rate, double warmUpSeconds, double seconds)
{
    private readonly ManualResetEventSlim _done = new();
    private readonly ManualResetEventSlim _warm = new();

    /// <summary>Offers a second.</summary>
    public long Rate => rate;

    /// <summary>Ns that are sent and not measured.</summary>
    public long WarmUpNs { get; } = (long)(warmUpSeconds * 1e9);

    /// <summary>Ns that are measured.</summary>
    public long MeasuredNs { get; } = (long)(seconds * 1e9);

    /// <summary>The measured offers that an order came for, in the order of their arrival.</summary>
    public List<LoadSample> Samples { get; } = new((int)(rate * seconds / LoadMarket.PayingEvery * 1.1) + 1_000);

    /// <summary>When the measured part began, monotonic ns.</summary>
    public long MeasuredFromNs { get; set; }

    /// <summary>Offers sent, warm-up included.</summary>
    public long Offers { get; set; }

    /// <summary>Measured offers that paid and should bring an order each.</summary>
    public long Paying { get; set; }

    /// <summary>The longest that any packet of the measured part was late, ns.</summary>
    public long LatenessMaxNs { get; set; }

    /// <summary>Orders that no offer under way belongs to.</summary>
    public long Strangers { get; set; }

    /// <summary>Ns from the last intended send to the last order's arrival.</summary>
    public long DrainNs { get; set; }

    /// <summary>Collections of the generator's own heap: none may disturb its schedule.</summary>
    public int Collections { get; set; }

    /// <summary>The measured part begins. Market thread.</summary>
    public void BeginMeasured() => _warm.Set();

    /// <summary>All is sent and answered, or waited for long enough. Market thread.</summary>
    public void Complete() => _done.Set();

    /// <summary>Waits for the measured part. Any other thread.</summary>
    public bool WaitWarm(TimeSpan limit, CancellationToken interrupted) => _warm.Wait(limit, interrupted);

    /// <summary>Waits for the end. Any other thread.</summary>
    public bool WaitDone(TimeSpan limit, CancellationToken interrupted) => _done.Wait(limit, interrupted);
}
