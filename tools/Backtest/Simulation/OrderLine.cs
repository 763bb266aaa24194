using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>Our connection to the venue: orders on their way there, answers on their way back, each in the order sent.</summary>
/// <remarks>How long an order takes is drawn from its offer's reference: whatever else a policy does, it meets the same races.</remarks>
internal sealed class OrderLine
{
    private const long NsPerUs = 1_000;
    private const uint OwnHopNs = 500;

    private readonly Fifo<ExecuteEvent> _orders = new(1_024);
    private readonly Fifo<ResponseEvent> _responses = new(4_096);
    private readonly List<MarketFill> _fills = [];
    private readonly LatencyTable _latency;
    private readonly ulong _seed;
    private readonly long _responseDelayNs;
    private readonly long _startNs;
    private long _venueSequence;

    public OrderLine(BacktestOptions options, long startNs)
    {
        _latency = options.Latency;
        _seed = options.Market.Seed;
        _responseDelayNs = options.ResponseDelayUs * NsPerUs;
        _startNs = startNs;
    }

    /// <summary>When our next order arrives at matching.</summary>
    public long NextArrivalNs => _orders.NextNs;

    /// <summary>When we hear the next answer.</summary>
    public long NextResponseNs => _responses.NextNs;

    /// <summary>Orders that arrived.</summary>
    public uint Entered { get; private set; }

    /// <summary>Sends an order; it arrives our reaction after its offer was published.</summary>
    public void Send(in ExecuteEvent order, long publishedNs)
    {
        long heardNs = order.ReceivedNs - _startNs;
        _orders.Add(Math.Max(publishedNs + ReactionNs(order.OfferReference), heardNs + 1), order);
    }

    /// <summary>Our reaction to an offer, ns after its publication.</summary>
    public long ReactionNs(ulong offerReference) => _latency.Draw(new MarketRandom(_seed, offerReference | 1UL << 63).Next() >> 20);

    /// <summary>The next order that arrives. There must be one.</summary>
    public ExecuteEvent TakeArrived()
    {
        Entered++;
        _fills.Clear();
        return _orders.Take();
    }

    /// <summary>An execution of the order that has just arrived.</summary>
    public void Filled(in MarketFill fill) => _fills.Add(fill);

    /// <summary>Sends the answers to the order that has just arrived.</summary>
    public void Answer(in ExecuteEvent order, int executed, long nowNs)
    {
        int leaves = order.QuantityShares;
        foreach (MarketFill fill in _fills)
        {
            leaves -= fill.Quantity;
            // What is left of an immediate order is over with its last execution's answer.
            Respond(order, ResponseKind.Executed, fill.Quantity, leaves, nowNs, fill.Price, fill.Match);
        }

        if (executed < order.QuantityShares) Respond(order, ResponseKind.Canceled, leaves, 0, nowNs, 0, 0);
    }

    /// <summary>Tells of an execution that does not count any more.</summary>
    public void Broken(in MarketFill fill, long nowNs)
    {
        ExecuteEvent order = new() { TickerIndex = (ushort)fill.Order.Ticker, OrderSide = fill.Order.Side, LimitPrice = fill.Order.LimitPrice };
        Respond(order, ResponseKind.Broken, fill.Quantity, 0, nowNs, fill.Price, fill.Match);
    }

    /// <summary>The next answer. There must be one.</summary>
    public ResponseEvent TakeResponse(long nowNs)
    {
        ResponseEvent response = _responses.Take();
        response.AnsweredNs = _startNs + nowNs;
        return response;
    }

    private void Respond(in ExecuteEvent order, ResponseKind kind, int shares, int leaves, long nowNs, int price, ulong match) =>
        _responses.Add(nowNs + _responseDelayNs, new ResponseEvent
        {
            Kind = kind,
            VenueSequence = ++_venueSequence,
            MatchNumber = match,
            OfferReference = order.OfferReference,
            VenueTimeNs = nowNs,
            ReceivedNs = order.ReceivedNs,
            DecodedDeltaNs = OwnHopNs,
            PricedDeltaNs = OwnHopNs * 2,
            DecidedDeltaNs = OwnHopNs * 3,
            SentDeltaNs = OwnHopNs * 4,
            UserRefNum = Entered,
            QuantityShares = shares,
            LimitPrice = order.LimitPrice,
            ExecutionPrice = price,
            LeavesShares = leaves,
            FairPrice = order.FairPrice,
            TickerIndex = order.TickerIndex,
            OrderSide = order.OrderSide,
        });
}
