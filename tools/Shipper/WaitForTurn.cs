namespace MarketMaker.Shipper;

/// <summary>Waits until nobody else has the journal, and says who has it.</summary>
internal sealed class WaitForTurn(ShipperOptions options, TextWriter log)
{
    private const int TryEveryMs = 200;

    // A look at who has it costs more than a try.
    private const int LookEveryMs = 1_000;

    /// <param name="tryTake">Tries to take it.</param>
    /// <param name="look">Tells who has it; null: nobody, by now.</param>
    /// <param name="stop">Asks to end.</param>
    public Turn Wait(Func<bool> tryTake, Func<Holder?> look, CancellationToken stop)
    {
        Holder? known = null;
        long lookAtMs = 0, giveUpAtMs = long.MaxValue;
        while (!tryTake())
        {
            if (Environment.TickCount64 >= lookAtMs && look() is { } holder)
            {
                lookAtMs = Environment.TickCount64 + LookEveryMs;
                if (holder != known) log.WriteLine($"mm-shipper: {holder.Text}; waiting for it to end.");
                known = holder;
            }

            // A session of our own ends by itself, as a database that is away comes back; another shipper may go on for ever.
            bool isFormer = known is { IsFormer: true };
            if (giveUpAtMs == long.MaxValue && (options.Once || (isFormer && stop.IsCancellationRequested))) giveUpAtMs = Environment.TickCount64 + options.StopGraceMs;
            if (Environment.TickCount64 >= giveUpAtMs || (stop.IsCancellationRequested && !isFormer))
            {
                log.WriteLine($"mm-shipper: {(isFormer ? "the former session" : "another shipper")} still has the journal; ending without it.");
                return isFormer ? Turn.FormerHasIt : Turn.AnotherHasIt;
            }

            if (stop.IsCancellationRequested) Thread.Sleep(TryEveryMs);
            else stop.WaitHandle.WaitOne(TryEveryMs);
        }

        if (known is { } gone) log.WriteLine($"mm-shipper: {(gone.IsFormer ? "the former session has ended; going on" : "the other shipper is gone; taking over")}.");
        return Turn.Ours;
    }
}

/// <summary>How a wait for the journal ended.</summary>
internal enum Turn
{
    /// <summary>It is taken.</summary>
    Ours,

    /// <summary>Another shipper has it, until a stop or as long as a stop would wait.</summary>
    AnotherHasIt,

    /// <summary>A former session of this shipper has it, as long as a stop would wait.</summary>
    FormerHasIt,
}

/// <summary>Who has the journal instead.</summary>
/// <param name="Text">In few words, the same ones for as long as nothing changes.</param>
/// <param name="IsFormer">Whether it is but a session left over from this shipper, and nobody ships.</param>
internal readonly record struct Holder(string Text, bool IsFormer);
