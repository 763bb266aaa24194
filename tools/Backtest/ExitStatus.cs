namespace MarketMaker.Backtest;

/// <summary>How the program ends.</summary>
internal static class ExitStatus
{
    /// <summary>Done, and no order broke a rule.</summary>
    public const int Success = 0;

    /// <summary>Done, and an order broke a rule; or it could not be done, and the error stream says why.</summary>
    public const int Failed = 1;

    /// <summary>A mistake in the command line; nothing was done.</summary>
    public const int Mistake = 2;

    /// <summary>Ended by SIGINT or SIGTERM; what was done until then is kept.</summary>
    public const int Interrupted = 130;
}
