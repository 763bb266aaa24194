using MarketMaker.Backtest.Simulation;
using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Worlds;

/// <summary>What a try for an offer would have come to, had we stayed away from all others.</summary>
/// <param name="AtNs">When our order would arrive, ns since the market opened.</param>
/// <param name="Ticker">Ticker number.</param>
/// <param name="OfferSide">Sell: we could buy.</param>
/// <param name="Price">In 1/10,000 dollar.</param>
/// <param name="FairPrice">The true one when our order would arrive.</param>
/// <param name="Shares">What would be left for us; 0: somebody was first.</param>
internal readonly record struct OfferOutcome(long AtNs, int Ticker, Side OfferSide, int Price, int FairPrice, int Shares);

/// <summary>The offers of a session with their outcomes: what somebody who knows everything could choose from. The races are the ones a run meets.</summary>
internal sealed class OfferOutcomes
{
    // A look at the token is not free.
    private const int EventsBetweenLooks = 1 << 16;

    private readonly SimulatedMarket<Sink> _market;
    private readonly OrderLine _line;
    private readonly PriorityQueue<(ulong Reference, int Ticker, Side Side, int Price), long> _arrivals = new();
    private readonly Dictionary<ulong, int> _left = [];
    private readonly List<OfferOutcome> _outcomes = [];
    private long _nowNs;

    private OfferOutcomes(BacktestOptions options)
    {
        _market = new SimulatedMarket<Sink>(options.Market, new Sink(this));
        _line = new OrderLine(options, startNs: 0);
    }

    /// <summary>Lets the session pass without us.</summary>
    /// <returns>The outcomes by arrival, and the fair prices at start and end.</returns>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static (IReadOnlyList<OfferOutcome> Outcomes, int[] StartPrices, int[] EndPrices) Of(BacktestOptions options, CancellationToken stop = default)
    {
        OfferOutcomes outcomes = new(options);
        int[] start = outcomes.Prices(options.Market.Tickers);
        outcomes.Run(options.Seconds * 1_000_000_000L, stop);
        return (outcomes._outcomes, start, outcomes.Prices(options.Market.Tickers));
    }

    private int[] Prices(int tickers) => [.. Enumerable.Range(0, tickers).Select(_market.Prices.Price)];

    private void Run(long endNs, CancellationToken stop)
    {
        for (int events = 1; ; events++)
        {
            if (events % EventsBetweenLooks == 0) stop.ThrowIfCancellationRequested();
            long arrivalNs = _arrivals.TryPeek(out _, out long at) ? at : long.MaxValue;
            _nowNs = Math.Min(_market.NextOfferNs, arrivalNs);
            if (_nowNs >= endNs) return;
            _market.Advance(_nowNs);
            if (arrivalNs > _nowNs) continue;
            (ulong reference, int ticker, Side side, int price) = _arrivals.Dequeue();
            _outcomes.Add(new OfferOutcome(_nowNs, ticker, side, price, _market.Prices.Price(ticker), _left.GetValueOrDefault(reference)));
        }
    }

    private readonly struct Sink(OfferOutcomes outcomes) : IMarketSink
    {
        public void Added(ulong reference, int ticker, Side side, int shares, int price)
        {
            outcomes._left[reference] = shares;
            outcomes._arrivals.Enqueue((reference, ticker, side, price), outcomes._nowNs + outcomes._line.ReactionNs(reference));
        }

        public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price) =>
            throw new NotSupportedException("a backtest needs a market whose offers are not replaced: use the model of exponential edges");

        public void Cancelled(ulong reference, int ticker, int shares) => outcomes._left[reference] -= shares;

        public void Deleted(ulong reference, int ticker) => outcomes._left.Remove(reference);

        public void Executed(ulong reference, int ticker, int shares, ulong match)
        {
            if ((outcomes._left[reference] -= shares) == 0) outcomes._left.Remove(reference);
        }

        public void Filled(in MarketFill fill)
        {
        }

        public void Broken(in MarketFill fill)
        {
        }
    }
}
