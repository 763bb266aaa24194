namespace MarketMaker.Shipper;

/// <summary>How many rows the next commit may have: half as many after one that was given up, more again after quick ones.</summary>
/// <remarks>Else a batch that takes longer than the limit would be sent again for ever.</remarks>
internal sealed class BatchSize(ShipperOptions options, TextWriter log)
{
    /// <summary>So few rows take no time: where they are given up, the database does not answer at all.</summary>
    public const int FloorRows = 100;

    // Quick: within a quarter of the limit, so that twice as many would still be within half of it.
    private const int QuickOneIn = 4;
    private const int QuickInARow = 4;

    private int _quick;

    /// <summary>At most so many rows.</summary>
    public int Rows { get; private set; } = options.BatchRows;

    /// <summary>A commit was answered.</summary>
    public void OnAnswered(int rows, long tookMs)
    {
        if (rows < Rows || Rows == options.BatchRows) return;
        _quick = tookMs <= options.AnswerTimeoutMs / QuickOneIn ? _quick + 1 : 0;
        if (_quick < QuickInARow) return;
        _quick = 0;
        Rows = Math.Min(2 * Rows, options.BatchRows);
        if (Rows == options.BatchRows) log.WriteLine($"mm-shipper: the batches have {Rows} rows again");
    }

    /// <summary>A commit was given up without an answer.</summary>
    public void OnGivenUp(int rows)
    {
        _quick = 0;
        if (rows <= FloorRows) return;
        Rows = Math.Max(FloorRows, rows / 2);
        log.WriteLine($"mm-shipper: a batch of {rows} rows was not answered for {options.AnswerTimeoutMs} ms; the next have {Rows} rows at most, until some were answered quickly");
    }
}
