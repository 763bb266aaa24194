namespace MarketMaker.Ledger;

/// <summary>How the program ends.</summary>
internal static class ExitStatus
{
    /// <summary>Done, and everything agrees.</summary>
    public const int Success = 0;

    /// <summary>Done, and something does not agree; or it could not be done, and the line on the error stream says why.</summary>
    public const int Differences = 1;

    /// <summary>A mistake in the command line or the INI file; nothing was done.</summary>
    public const int Mistake = 2;

    /// <summary>Ended by SIGINT or SIGTERM before it was done.</summary>
    public const int Interrupted = 130;
}
