using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// What the verdicts were worth: how soon wild tickers were found, how often calm ones were called volatile, and what the stock that was held at
/// a verdict came to until its end, beside what the same stock would have come to if nothing had been done. Amounts in 1/10,000 dollar.
/// </summary>
internal sealed class VerdictStatistics
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;
    private const VerdictReasons Unrest = VerdictReasons.Rise | VerdictReasons.Jump;

    private readonly Ticker[] _tickers;
    private readonly long _wildFromNs;
    private readonly long _wildEndNs;

    public VerdictStatistics(MarketOptions market)
    {
        _tickers = new Ticker[market.Tickers];
        (_wildFromNs, _wildEndNs) = (market.WildFromSeconds * NsPerSecond, market.WildForSeconds == 0 ? long.MaxValue : (market.WildFromSeconds + market.WildForSeconds) * NsPerSecond);
        if (market.WildShare == 0) return;
        WildTickers wild = new(market);
        for (int i = 0; i < _tickers.Length; i++) _tickers[i].IsWild = wild.Contains(i);
    }

    /// <summary>Tickers that turn wild.</summary>
    public int WildTickers => _tickers.Count(t => t.IsWild);

    /// <summary>Of these, called volatile while they were.</summary>
    public int WildFound { get; private set; }

    /// <summary>Sum of the times from a ticker's turning wild to the engine's hearing of it, ms.</summary>
    public long WildFoundMs { get; private set; }

    /// <summary>The longest of them.</summary>
    public long WildFoundMsMax { get; private set; }

    /// <summary>Verdicts of a rise or a jump on tickers that never were wild. True jumps of the market are among them: give it none.</summary>
    public long FalseVerdicts { get; private set; }

    /// <summary>Stocks held when their ticker was called volatile.</summary>
    public long HeldPositions { get; private set; }

    /// <summary>Their worth then.</summary>
    public long HeldValue { get; private set; }

    /// <summary>What became of them until the verdict's end or the close, at true prices.</summary>
    public long HeldProfit { get; private set; }

    /// <summary>The losses among these, as a positive amount.</summary>
    public long HeldLoss { get; private set; }

    /// <summary>What the same stocks would have come to, had no share been sold.</summary>
    public long IdleProfit { get; private set; }

    /// <summary>The losses among these, as a positive amount.</summary>
    public long IdleLoss { get; private set; }

    /// <summary>The engine hears a verdict.</summary>
    public void Verdict(in PriceEvent verdict, VerdictReasons reasons, long nowNs, long heldShares, int fair)
    {
        ref Ticker ticker = ref _tickers[verdict.TickerIndex];
        bool isUnrest = (reasons & Unrest) != 0;
        if (isUnrest && !ticker.IsUnrest) Began(ref ticker, nowNs, heldShares, fair);
        else if (!isUnrest && ticker.IsUnrest) Ended(ref ticker, fair);
        ticker.IsUnrest = isUnrest;
    }

    /// <summary>We traded at a price.</summary>
    public void Fill(in MarketFill fill)
    {
        ref Ticker ticker = ref _tickers[fill.Order.Ticker];
        if (ticker.HeldShares == 0) return;
        int shares = fill.Order.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        ticker.Shares += shares;
        ticker.Cash -= (long)shares * fill.Price;
    }

    /// <summary>The close: what is still under way ends here.</summary>
    public void Close(FairPrices prices)
    {
        for (int i = 0; i < _tickers.Length; i++) Ended(ref _tickers[i], prices.Price(i));
    }

    private void Began(ref Ticker ticker, long nowNs, long heldShares, int fair)
    {
        if (!ticker.IsWild) FalseVerdicts++;
        else if (nowNs >= _wildFromNs && nowNs < _wildEndNs && !ticker.IsFound)
        {
            ticker.IsFound = true;
            long ms = (nowNs - _wildFromNs) / NsPerMs;
            WildFound++;
            WildFoundMs += ms;
            WildFoundMsMax = Math.Max(WildFoundMsMax, ms);
        }

        if (heldShares <= 0) return;
        (ticker.HeldShares, ticker.Shares, ticker.HeldPrice, ticker.Cash) = (heldShares, heldShares, fair, 0);
        HeldPositions++;
        HeldValue += heldShares * fair;
    }

    private void Ended(ref Ticker ticker, int fair)
    {
        if (ticker.HeldShares == 0) return;
        long held = ticker.HeldShares * ticker.HeldPrice;
        long profit = ticker.Cash + ticker.Shares * fair - held;
        long idle = ticker.HeldShares * fair - held;
        HeldProfit += profit;
        IdleProfit += idle;
        HeldLoss += Math.Max(0, -profit);
        IdleLoss += Math.Max(0, -idle);
        ticker.HeldShares = 0;
    }

    private struct Ticker
    {
        public bool IsWild;
        public bool IsFound;
        public bool IsUnrest;
        public long HeldShares;
        public long HeldPrice;
        public long Shares;
        public long Cash;
    }
}
