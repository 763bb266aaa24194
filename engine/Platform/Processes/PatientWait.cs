namespace MarketMaker.Platform.Processes;

/// <summary>Waits for what may never come, for so long and no longer.</summary>
public static class PatientWait
{
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
