namespace MarketMaker.Shipper;

/// <summary>Waits until no other shipper has the journal, and says so once.</summary>
internal sealed class WaitForTurn(ShipperOptions options, TextWriter log)
{
    private const int LookEveryMs = 200;

    /// <returns>False when a stop was asked for meanwhile, or when a run of --once waited as long as a stop would.</returns>
    public bool Wait(Func<bool> tryTake, string where, CancellationToken stop)
    {
        if (tryTake()) return true;
        log.WriteLine($"mm-shipper: another shipper has the journal {options.JournalPath} {where}, or its connection is not given up yet; waiting for it to end.");
        long giveUpAtMs = options.Once ? Environment.TickCount64 + options.StopGraceMs : long.MaxValue;
        while (Environment.TickCount64 < giveUpAtMs && !stop.WaitHandle.WaitOne(LookEveryMs))
        {
            if (!tryTake()) continue;
            log.WriteLine("mm-shipper: the other shipper is gone; taking over.");
            return true;
        }

        log.WriteLine("mm-shipper: another shipper still has the journal; ending without it.");
        return false;
    }
}
