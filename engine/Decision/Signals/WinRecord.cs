using MarketMaker.Contracts;

namespace MarketMaker.Decision.Signals;

/// <summary>
/// Which orders win: per side and bucket of edge, from the answers of the venue. An order is won with its first execution and lost when it ends
/// without one; one that was rejected or never sent was no try. A measurement, not a control: the threshold does not follow it.
/// </summary>
/// <remarks>
/// Source: strategy document, section 2. One thread; allocates nothing after construction. Orders of an earlier run are passed over, since their
/// edge is not known, and so are orders beyond the fair price: a sell-off gives away what others need not fight for.
/// </remarks>
public sealed class WinRecord
{
    private const long PpmOne = 1_000_000;

    private readonly WinRecordOptions _options;
    private readonly WinBucket[] _buckets;
    private readonly SendDelays _delays = new();
    private readonly uint[] _executed;
    private int _lossesInARow;
    private long _slowUntilNs = long.MinValue;

    /// <summary>Takes the memory; every share of wins begins at a half.</summary>
    public WinRecord(WinRecordOptions options)
    {
        _options = options;
        _buckets = new WinBucket[2 * options.Buckets];
        _buckets.AsSpan().Fill(WinBucket.Unknown);
        // Numbers are given in sequence: two that are open at a time never share a slot while there are more slots than may be open.
        _executed = new uint[Math.Max(16_384, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)options.OrdersInFlightMax * 4))];
    }

    /// <summary>Buckets of each side.</summary>
    public int Buckets => _options.Buckets;

    /// <summary>Tries in all.</summary>
    public long Tries { get; private set; }

    /// <summary>Wins in all.</summary>
    public long Wins { get; private set; }

    /// <summary>How often so many orders were lost in a row that the sends were slowed down.</summary>
    public long SlowDowns { get; private set; }

    /// <summary>Losses since the last win.</summary>
    public int LossesInARow => _lossesInARow;

    /// <summary>One bucket of one side of our orders.</summary>
    public ref readonly WinBucket this[Side orderSide, int bucket] => ref _buckets[Start(orderSide) + bucket];

    /// <summary>Whether only half as many orders may be sent.</summary>
    public bool IsSlowedDown(long nowNs) => nowNs < _slowUntilNs;

    /// <summary>The share of orders of this side and edge that win, 0 to <see cref="WinBucket.WinShareOne"/>.</summary>
    public int WinShare(Side orderSide, long edgePpm) => _buckets[Start(orderSide) + BucketOf(edgePpm)].WinShare;

    /// <summary>Takes an answer of the venue.</summary>
    /// <returns>Whether so many orders were now lost in a row that it has to be logged.</returns>
    public bool OnResponse(in ResponseEvent response)
    {
        bool isExecution = response.Kind == ResponseKind.Executed;
        if (!isExecution && response.Kind is not (ResponseKind.Canceled or ResponseKind.NeverArrived)) return false;
        ref uint executed = ref _executed[response.UserRefNum & (uint)(_executed.Length - 1)];
        bool wasExecuted = executed == response.UserRefNum;
        if (response.LeavesShares == 0)
        {
            if (wasExecuted) executed = 0;
        }
        else if (isExecution)
        {
            executed = response.UserRefNum;
        }
        else
        {
            return false;
        }

        // Counted once: at the first execution, or at the end without one.
        return !wasExecuted && Count(response, isExecution);
    }

    /// <summary>What the tries of late tell: a few hundred nanoseconds to microseconds of work, for once a minute.</summary>
    public WinDiagnosis Diagnose() => WinDiagnosis.Of(_options, _buckets, _delays);

    private bool Count(in ResponseEvent response, bool isWin)
    {
        if (response.FairPrice <= 0) return false;
        long gain = response.OrderSide == Side.Buy ? (long)response.FairPrice - response.LimitPrice : (long)response.LimitPrice - response.FairPrice;
        if (gain < 0) return false;
        ref WinBucket bucket = ref _buckets[Start(response.OrderSide) + BucketOf(gain * PpmOne / response.FairPrice)];
        bucket.Add(isWin);
        Tries++;
        if (response.SentDeltaNs >= response.DecidedDeltaNs && response.SentDeltaNs != 0) _delays.Add(response.SentDeltaNs - response.DecidedDeltaNs, isWin);
        if (isWin)
        {
            Wins++;
            _lossesInARow = 0;
            return false;
        }

        if (++_lossesInARow < _options.LossesInARow) return false;
        _lossesInARow = 0;
        SlowDowns++;
        // An order that never arrived carries the time of the fence, which is now as well.
        _slowUntilNs = response.AnsweredNs + _options.SlowDownNs;
        return true;
    }

    private int Start(Side orderSide) => orderSide == Side.Buy ? 0 : _options.Buckets;

    private int BucketOf(long edgePpm) => (int)Math.Clamp(edgePpm / _options.BucketPpm, 0, _options.Buckets - 1);
}
