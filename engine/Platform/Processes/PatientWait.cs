namespace MarketMaker.Platform.Processes;

/// <summary>Waits for what may never come, for so long and no longer.</summary>
public static class PatientWait
{
    /// <summary>How long it may take to connect to one of several hosts: at each of them to connect and to ask what it is, and a second.</summary>
    /// <param name="hosts">Names parted by commas, as a connection string has them.</param>
    /// <param name="timeoutSeconds">Of one step at one host; 0: as long as it takes.</param>
    public static TimeSpan Connecting(string? hosts, int timeoutSeconds) =>
        timeoutSeconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(1 + 2 * timeoutSeconds * (1 + (hosts ?? "").Count(letter => letter == ',')));

    /// <summary>The result of a task, within a time. What comes later is closed, and how it failed is of no interest.</summary>
    /// <param name="coming">What is waited for; it goes on when the wait is over.</param>
    /// <param name="longest">How long; <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes.</param>
    /// <param name="overdue">The complaint, without its end: "no host answered".</param>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public static T For<T>(Task<T> coming, TimeSpan longest, string overdue)
        where T : IDisposable
    {
        if (Task.WaitAny([coming], longest) == 0) return coming.GetAwaiter().GetResult();
        coming.ContinueWith(late => { if (late.Exception is null) late.Result.Dispose(); }, TaskScheduler.Default);
        throw new TimeoutException($"{overdue} within {longest.TotalSeconds} s");
    }
}
