using MarketMaker.Contracts;

namespace MarketMaker.Host;

/// <summary>So many lines of one cause in ten seconds; the others are counted, and summed up in one line.</summary>
/// <remarks>Belongs to the log thread. Allocates nothing after its construction.</remarks>
internal sealed class LogBudget(int linesPerCause)
{
    /// <summary>How long a cause's lines are counted together.</summary>
    public const long WindowNs = 10_000_000_000;

    private const int CausesMax = 1024;

    private readonly (long BeganNs, int Lines, long More)[] _causes = new (long, int, long)[CausesMax];
    private int _causesSummed;

    /// <summary>Lines not written so far.</summary>
    public long Summed { get; private set; }

    /// <summary>Whether a line of this cause may be written.</summary>
    public bool Allows(LogMessage cause, long nowNs)
    {
        ref (long BeganNs, int Lines, long More) counted = ref _causes[(int)cause % CausesMax];
        // While lines wait to be summed up, the window ends by that.
        if (counted.More == 0 && nowNs - counted.BeganNs >= WindowNs) counted = (nowNs, 0, 0);
        if (counted.Lines++ < linesPerCause) return true;
        if (counted.More++ == 0) _causesSummed++;
        Summed++;
        return false;
    }

    /// <summary>Finds a cause whose window is over and whose lines are to be summed up.</summary>
    /// <param name="nowNs">Now, or the end of time at a stop.</param>
    /// <param name="cause">Which.</param>
    /// <param name="more">How many more of it there were.</param>
    public bool TrySumUp(long nowNs, out LogMessage cause, out long more)
    {
        for (int i = 0; _causesSummed > 0 && i < CausesMax; i++)
        {
            if (_causes[i].More == 0 || nowNs - _causes[i].BeganNs < WindowNs) continue;
            (cause, more) = ((LogMessage)i, _causes[i].More);
            _causes[i] = (nowNs, 0, 0);
            _causesSummed--;
            return true;
        }

        (cause, more) = (default, 0);
        return false;
    }
}
