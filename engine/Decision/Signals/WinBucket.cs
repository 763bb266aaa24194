namespace MarketMaker.Decision.Signals;

/// <summary>The tries of one side at one width of edge.</summary>
public struct WinBucket
{
    /// <summary>The share of wins when every order wins.</summary>
    public const int WinShareOne = 1 << 16;

    /// <summary>The share is kept finer than it is shown, so that a step of a 64th does not stop short.</summary>
    private const int ScaleBits = 8;

    /// <summary>From here on what is remembered of late is halved, so that a diagnosis tells of the last hours and not of the morning.</summary>
    private const int RecentMax = 512;

    /// <summary>Orders that were won or lost.</summary>
    public long Tries;

    /// <summary>Orders with at least one execution.</summary>
    public long Wins;

    private int _shareScaled;

    /// <summary>Tries of late.</summary>
    internal int RecentTries;

    /// <summary>Wins of late.</summary>
    internal int RecentWins;

    /// <summary>A bucket nothing is known of: a half wins.</summary>
    internal static WinBucket Unknown => new() { _shareScaled = WinShareOne << ScaleBits >> 1 };

    /// <summary>Moving share of wins, 0 to <see cref="WinShareOne"/>.</summary>
    public readonly int WinShare => _shareScaled >> ScaleBits;

    /// <summary>Counts one try. The first weigh an eighth, later ones less, and from the 57th on a 64th.</summary>
    internal void Add(bool isWin)
    {
        int shift = Tries < 8 ? 3 : Tries < 24 ? 4 : Tries < 56 ? 5 : 6;
        int outcome = isWin ? WinShareOne << ScaleBits : 0;
        _shareScaled += (outcome - _shareScaled) >> shift;
        Tries++;
        RecentTries++;
        if (isWin)
        {
            Wins++;
            RecentWins++;
        }

        if (RecentTries < RecentMax) return;
        RecentTries /= 2;
        RecentWins /= 2;
    }
}
