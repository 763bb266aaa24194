using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>One point of a run's series. Amounts in 1/10,000 dollar.</summary>
/// <param name="AtNs">Since the market opened.</param>
/// <param name="Equity">Cash and stock at true prices.</param>
/// <param name="Stock">Stock at true prices.</param>
/// <param name="Reserved">Cash of buys under way.</param>
/// <param name="EdgeProfit">Edge earned so far.</param>
/// <param name="Sent">Orders sent so far.</param>
/// <param name="Won">Of these, executed at least in part.</param>
/// <param name="RequiredBuyEdgePpm">The edge that the last purchase judged had to have, ppm.</param>
internal readonly record struct SeriesPoint(long AtNs, long Equity, long Stock, long Reserved, long EdgeProfit, long Sent, long Won, int RequiredBuyEdgePpm);

/// <summary>What is counted on the way: verdicts, orders by edge, capital in use.</summary>
internal sealed class RunStatistics(BacktestOptions options)
{
    /// <summary>Width of an edge bucket, ppm.</summary>
    public const int BucketPpm = 2_000;

    /// <summary>Edge buckets; the last takes all beyond.</summary>
    public const int Buckets = 30;

    private const long NsPerSecond = 1_000_000_000;
    private const long SampleNs = 10 * NsPerSecond;

    private long _nextSampleNs;
    private long _nextPointNs = options.SeriesSeconds == 0 ? long.MaxValue : 0;
    private Int128 _usedSum;

    /// <summary>Verdicts by reason; index 0 are orders.</summary>
    public long[] Verdicts { get; } = new long[64];

    /// <summary>Orders sent, by the edge they were decided on.</summary>
    public long[] SentByEdge { get; } = new long[Buckets];

    /// <summary>Of these, executed at least in part.</summary>
    public long[] WonByEdge { get; } = new long[Buckets];

    /// <summary>Orders answered.</summary>
    public long Answers { get; private set; }

    /// <summary>Orders executed at least in part.</summary>
    public long Won { get; private set; }

    /// <summary>Samples of the capital in use.</summary>
    public long Samples { get; private set; }

    /// <summary>The most capital that was in use at a sample, 1/10,000 dollar.</summary>
    public long UsedMax { get; private set; }

    /// <summary>Mean capital in use (stock at true prices and cash of buys under way), 1/10,000 dollar.</summary>
    public long UsedMean => Samples == 0 ? 0 : (long)(_usedSum / Samples);

    /// <summary>The series, if one is wanted.</summary>
    public List<SeriesPoint> Series { get; } = [];

    public void Judged(RefusalReason verdict) => Verdicts[(int)verdict]++;

    public void Sent(in ExecuteEvent order) => SentByEdge[Bucket(order)]++;

    public void Answered(in ExecuteEvent order, int executed)
    {
        Answers++;
        if (executed == 0) return;
        Won++;
        WonByEdge[Bucket(order)]++;
    }

    public void Sample(long nowNs, Account account, DecisionCore core, FairPrices prices)
    {
        if (nowNs >= _nextPointNs) AddPoint(nowNs, account, core, prices);
        if (nowNs < _nextSampleNs) return;
        _nextSampleNs = nowNs + SampleNs;
        long used = account.StockValue(prices) + core.Book.CashReserved;
        _usedSum += used;
        UsedMax = Math.Max(UsedMax, used);
        Samples++;
    }

    private void AddPoint(long nowNs, Account account, DecisionCore core, FairPrices prices)
    {
        _nextPointNs = nowNs + options.SeriesSeconds * NsPerSecond;
        long stock = account.StockValue(prices);
        Series.Add(new SeriesPoint(nowNs, account.Cash + stock, stock, core.Book.CashReserved, account.EdgeProfit, Verdicts[0], Won, core.RequiredBuyEdgePpm));
    }

    private static int Bucket(in ExecuteEvent order)
    {
        long better = order.OrderSide == Side.Buy ? (long)order.FairPrice - order.LimitPrice : (long)order.LimitPrice - order.FairPrice;
        return (int)Math.Clamp(better * 1_000_000 / order.FairPrice / BucketPpm, 0, Buckets - 1);
    }
}
