using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Recorded;

/// <summary>
/// Decision in virtual time over a recorded day. The book's own price before a message is the fair price of the offer in it; an order of ours
/// wins what still rests of the offer when it arrives.
/// </summary>
/// <remarks>There are no competitors beside those recorded, and the recorded market does not react to us.</remarks>
public sealed class RecordedRun
{
    private const long TickNs = 10_000_000;

    private readonly RecordedRunOptions _options;
    private readonly DecisionCore _core;
    private readonly RecordedBook _book;
    private readonly OffersUnderWay _underWay;
    private readonly TickerFlags[] _flags;
    private readonly int[] _fairPrices;
    private readonly Queue<(long DueNs, ResponseEvent Response)> _answers = new();
    private readonly RecordedRunReport _report = new();
    private uint _number;
    private long _nextTickNs = long.MinValue;

    private RecordedRun(RecordedRunOptions options)
    {
        _options = options;
        _core = new DecisionCore(options.Decision, new TradeBook(options.TickersMax, options.Cash));
        _book = new RecordedBook(options.FairPrice);
        _underWay = new OffersUnderWay(_book, _report);
        _flags = new TickerFlags[options.TickersMax];
        _fairPrices = new int[options.TickersMax];
    }

    /// <summary>Runs over a day to its end.</summary>
    /// <param name="day">Is read to its end; the caller closes it.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears of every 65,536th message, as a count of messages; may be null.</param>
    /// <param name="cancel">Ends the run early; what was run is reported.</param>
    /// <exception cref="InvalidDataException">The day names more tickers than there is room for.</exception>
    public static RecordedRunReport Run(IRecordedDay day, RecordedRunOptions options, Action<long>? progress = null, CancellationToken cancel = default)
    {
        RecordedRun run = new(options);
        while (!cancel.IsCancellationRequested && day.TryNext(out RecordedChange change))
        {
            if (change.Ticker >= options.TickersMax)
                throw new InvalidDataException($"the recording names more than {options.TickersMax} tickers: raise the limit of tickers");
            run.Take(change);
            if ((day.Messages & 0xFFFF) == 0) progress?.Invoke(day.Messages);
        }

        run.Advance(long.MaxValue);
        return run.Close(day);
    }

    private void Take(in RecordedChange change)
    {
        Advance(change.TimeNs);
        _underWay.OnChange(change);
        // The offer is judged by the price that the book had without it.
        if (change.Kind == RecordedKind.Added) Judge(change);
        if (change.Kind is RecordedKind.Halted or RecordedKind.Resumed && change.Ticker >= 0)
            _flags[change.Ticker] = change.Kind == RecordedKind.Halted ? TickerFlags.Halted : TickerFlags.None;
        _book.Apply(change);
        if (change.Ticker >= 0) Mark(change.Ticker, change.TimeNs);
    }

    /// <summary>Lets everything happen that is due: orders arrive, answers arrive, the clock ticks.</summary>
    private void Advance(long nowNs)
    {
        while (true)
        {
            long orderNs = _underWay.NextArrivalNs;
            long answerNs = _answers.Count > 0 ? _answers.Peek().DueNs : long.MaxValue;
            if (Math.Min(orderNs, answerNs) > nowNs || Math.Min(orderNs, answerNs) == long.MaxValue) break;
            if (answerNs <= orderNs) _core.OnResponse(_answers.Dequeue().Response);
            else Answer(_underWay.Arrive(), orderNs);
        }

        if (nowNs < _nextTickNs || nowNs == long.MaxValue) return;
        // One tick for a pause of any length: only the time it carries matters.
        _nextTickNs = nowNs + TickNs;
        _core.OnPrice(new PriceEvent { Kind = PriceEventKind.Tick, NowNs = nowNs, AsOfNs = nowNs });
    }

    private void Judge(in RecordedChange change)
    {
        int fairPrice = _book.FairPrice(change.Ticker);
        _report.Offers++;
        OfferEvent offer = new()
        {
            Kind = OfferEventKind.Offer,
            FeedSequence = (ulong)_report.Offers,
            OrderReference = change.Reference,
            ReceivedNs = change.TimeNs,
            Price = change.Price,
            QuantityShares = change.Shares,
            FairPrice = fairPrice,
            TickerIndex = (ushort)change.Ticker,
            Flags = _flags[change.Ticker] | (fairPrice == 0 ? TickerFlags.NoPrice : TickerFlags.None),
            OfferSide = change.Side,
        };
        bool canBeWon = fairPrice > 0 && _flags[change.Ticker] == TickerFlags.None;
        RefusalReason verdict = _core.Judge(offer, TradingStops.None, out int quantityShares, out bool isShortSale);
        if (verdict != RefusalReason.None) _report.Refuse(verdict);
        else _core.Take(offer, quantityShares, isShortSale, out _);
        _underWay.Add(new OfferUnderWay(change, fairPrice, change.TimeNs + _options.OrderLatencyNs, quantityShares, canBeWon));
    }

    private void Answer(in ArrivedOrder order, long nowNs)
    {
        if (order.Offer.QuantityShares == 0) return;
        _number++;
        int left = order.Offer.QuantityShares;
        int price = order.Offer.Change.Price;
        ResponseEvent response = new()
        {
            TickerIndex = (ushort)order.Offer.Change.Ticker,
            OrderSide = order.Offer.Change.Side.Opposite(),
            LimitPrice = price,
            FairPrice = order.Offer.FairPrice,
            OfferReference = order.Offer.Change.Reference,
            ReceivedNs = order.Offer.Change.TimeNs,
            AnsweredNs = nowNs + _options.AnswerLatencyNs,
            VenueTimeNs = nowNs,
            UserRefNum = _number,
        };
        if (order.WonShares > 0)
        {
            left -= order.WonShares;
            _report.Fill(response.OrderSide, order.Offer.FairPrice, price, order.WonShares);
            Send(response with { Kind = ResponseKind.Executed, QuantityShares = order.WonShares, ExecutionPrice = price, MatchNumber = _number, LeavesShares = left });
        }

        if (left > 0) Send(response with { Kind = ResponseKind.Canceled, QuantityShares = left });
    }

    private void Send(in ResponseEvent response) => _answers.Enqueue((response.AnsweredNs, response));

    private void Mark(int ticker, long nowNs)
    {
        int fairPrice = _book.FairPrice(ticker);
        if (fairPrice == _fairPrices[ticker]) return;
        _fairPrices[ticker] = fairPrice;
        _core.OnPrice(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = (ushort)ticker, Price = fairPrice, AsOfNs = nowNs, NowNs = nowNs });
    }

    private RecordedRunReport Close(IRecordedDay day)
    {
        long stock = 0;
        for (int ticker = 0; ticker < day.Names.Count; ticker++) stock += _core.Book[ticker].PositionShares * _fairPrices[ticker];
        _report.Messages = day.Messages;
        _report.Undecoded = day.Undecoded;
        _report.TornBytes = day.TornBytes;
        _report.FromBefore = _book.FromBefore;
        _report.Contradictions = _book.Contradictions + _core.Book.Contradictions;
        _report.EndFairPrices = _fairPrices[..day.Names.Count];
        _report.Profit = _core.Book.CashFree + _core.Book.CashReserved + stock - _options.Cash;
        _report.StockValue = stock;
        return _report;
    }
}
