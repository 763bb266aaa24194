using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Venue;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Markets;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Speed.Load;

/// <summary>
/// A market that is only a load: offers at their intended times, one in a hundred of which pays, and the moment at which an order for it arrives. Runs on
/// the venue's own ports, so the engine cannot tell it from a venue.
/// </summary>
/// <remarks>Every tenth order wins, so that journal and answers work too. Belongs to the market thread, but for <see cref="Run"/> and <see cref="Rests"/>.</remarks>
internal sealed class LoadMarket : VenueMarket, IPriceBoard
{
    /// <summary>One offer in so many pays.</summary>
    public const int PayingEvery = 100;

    private const int FairPrice = 1_000_000;

    // Each paying offer under way has a price of its own, 1.2 to 2 % below fair: an OUCH order names no offer, but it repeats the price.
    private const int PayingFrom = 980_000;
    private const int PayingPrices = 8_192;
    private const int WonEvery = 10;
    private const int Prepared = 1 << 16;
    private const int TurnOffersMax = 1_024;
    private const long StragglersNs = 200_000_000;
    private static readonly TimeSpan RestTurn = TimeSpan.FromMilliseconds(20);

    private readonly string[] _names;
    private readonly Symbol[] _symbols;
    private readonly Dictionary<Symbol, int> _tickers;
    private readonly (ushort Ticker, bool IsBuyer, ushort Shares, int Price)[] _prepared = new (ushort, bool, ushort, int)[Prepared];
    private readonly OnTheWay[] _onTheWay = new OnTheWay[PayingPrices];
    private readonly int[] _turn = new int[TurnOffersMax];
    private Rung? _next;
    private Rung? _rung;
    private Schedule? _schedule;
    private long _endNs;
    private int _collectionsBefore;
    private ulong _reference;
    private long _payingSent;
    private long _orders;
    private ulong _match;
    private bool _open;
    private volatile bool _rests;

    /// <summary>Prepares the offers; its tickers are T0001, T0002 and so on, each at 100 dollars.</summary>
    public LoadMarket(int tickers, FeedPublisher feed, VenueClock clock)
        : base(feed, clock)
    {
        _names = [.. Enumerable.Range(1, tickers).Select(i => $"T{i:0000}")];
        _symbols = Array.ConvertAll(_names, Symbol.Parse);
        _tickers = Enumerable.Range(0, tickers).ToDictionary(i => _symbols[i]);
        Random random = new(1);
        for (int i = 0; i < Prepared; i++)
            _prepared[i] = ((ushort)random.Next(tickers), random.Next(2) == 0, (ushort)random.Next(1, 500), FairPrice + random.Next(-8_000, 8_001));
    }

    /// <inheritdoc/>
    public override IPriceBoard Prices => this;

    /// <inheritdoc/>
    public override long Offers => (long)_reference;

    /// <inheritdoc/>
    public override int FirstAccount => 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public int Price(int ticker) => FairPrice;

    /// <summary>Begins a rung with the market thread's next turn. Any thread; only after the one before it is done.</summary>
    public void Run(Rung rung) => Volatile.Write(ref _next, rung);

    /// <summary>Whether the market thread leaves its core to others while no rung runs. Any thread.</summary>
    public bool Rests
    {
        set => _rests = value;
    }

    /// <inheritdoc/>
    public override void Open()
    {
        PublishEvent('O');
        PublishEvent('S');
        for (int i = 0; i < _symbols.Length; i++) Feed.Publish(Entry(i));
        for (int i = 0; i < _symbols.Length; i++) Feed.Publish(new TradingAction(Header(Locate(i)), _symbols[i], (byte)'T', (byte)' ', Alpha4.Blank));
        PublishEvent('Q');
        _open = true;
    }

    /// <inheritdoc/>
    public override bool Advance()
    {
        if (_rung is null && !TryBegin())
        {
            if (_rests) Thread.Sleep(RestTurn);
            return true;
        }

        long nowNs = Stopwatch.GetTimestamp();
        int due = PublishDue(nowNs, out long firstNs, out int paying);
        if (due > 0) Send(firstNs, paying);
        else if (_schedule!.NextNs >= _endNs) TryEnd(nowNs);
        return true;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _open = false;
        foreach (char code in "MEC") PublishEvent(code);
    }

    /// <inheritdoc/>
    public override bool TryFindTicker(Symbol symbol, out int ticker) => _tickers.TryGetValue(symbol, out ticker);

    /// <inheritdoc/>
    public override bool IsTrading(int ticker) => _open;

    /// <inheritdoc/>
    public override bool DrawDeadOnArrival() => false;

    /// <inheritdoc/>
    public override int Enter(in MarketOrder order)
    {
        long arrivedNs = Stopwatch.GetTimestamp();
        Note(order, arrivedNs);
        if (++_orders % WonEvery != 0) return 0;
        ReportFill(new MarketFill(++_match, order, order.LimitPrice, order.Quantity, 0));
        return order.Quantity;
    }

    private static ushort Locate(int ticker) => (ushort)(ticker + 1);

    private bool TryBegin()
    {
        if (Interlocked.Exchange(ref _next, null) is not { } rung) return false;
        long startNs = Stopwatch.GetTimestamp() + 1_000_000;
        _schedule = new Schedule(startNs, rung.Rate);
        rung.MeasuredFromNs = startNs + rung.WarmUpNs;
        _endNs = rung.MeasuredFromNs + rung.MeasuredNs;
        _collectionsBefore = GC.CollectionCount(0);
        _rung = rung;
        return true;
    }

    private int PublishDue(long nowNs, out long firstNs, out int paying)
    {
        Schedule schedule = _schedule!;
        firstNs = schedule.NextNs;
        paying = 0;
        int due = 0;
        // Bounded, so that orders are read in time however late the sender is.
        for (; due < TurnOffersMax && schedule.NextNs <= nowNs && schedule.NextNs < _endNs; due++)
        {
            if (++_reference % PayingEvery == 0) _turn[paying++] = PublishPaying(schedule.NextNs);
            else PublishOther();
            schedule.Advance();
        }

        return due;
    }

    private void Send(long firstNs, int paying)
    {
        long sentNs = Stopwatch.GetTimestamp();
        for (int i = 0; i < paying; i++) _onTheWay[_turn[i]].SentNs = sentNs;
        Feed.Flush(sentNs);
        if (firstNs < _rung!.MeasuredFromNs) return;
        _rung.BeginMeasured();
        _rung.LatenessMaxNs = Math.Max(_rung.LatenessMaxNs, sentNs - firstNs);
    }

    private int PublishPaying(long intendedNs)
    {
        int slot = (int)(_payingSent++ % PayingPrices);
        int ticker = _prepared[_reference & (Prepared - 1)].Ticker;
        bool isMeasured = intendedNs >= _rung!.MeasuredFromNs;
        _onTheWay[slot] = new OnTheWay { IntendedNs = intendedNs, Ticker = ticker, IsOpen = true, IsMeasured = isMeasured };
        if (isMeasured) _rung.Paying++;
        Publish(ticker, Side.Sell, (uint)(1 + slot % 4), PayingFrom + slot);
        return slot;
    }

    private void PublishOther()
    {
        ref (ushort Ticker, bool IsBuyer, ushort Shares, int Price) offer = ref _prepared[_reference & (Prepared - 1)];
        Publish(offer.Ticker, offer.IsBuyer ? Side.Buy : Side.Sell, offer.Shares, offer.Price);
    }

    private void Publish(int ticker, Side side, uint shares, int price)
    {
        _rung!.Offers++;
        Feed.Publish(new AddOrder(Header(Locate(ticker)), _reference, side, shares, _symbols[ticker], (uint)price));
    }

    private void Note(in MarketOrder order, long arrivedNs)
    {
        int slot = order.LimitPrice - PayingFrom;
        if ((uint)slot >= PayingPrices || !_onTheWay[slot].IsOpen || _onTheWay[slot].Ticker != order.Ticker)
        {
            if (_rung is not null) _rung.Strangers++;
            return;
        }

        ref OnTheWay offer = ref _onTheWay[slot];
        offer.IsOpen = false;
        if (_rung is null || !offer.IsMeasured) return;
        _rung.Samples.Add(new LoadSample(offer.IntendedNs, offer.SentNs, arrivedNs));
        _rung.DrainNs = Math.Max(0, arrivedNs - _endNs);
    }

    private void TryEnd(long nowNs)
    {
        if (nowNs - _endNs < StragglersNs) return;
        Rung rung = _rung!;
        rung.Collections = GC.CollectionCount(0) - _collectionsBefore;
        _rung = null;
        rung.BeginMeasured();
        rung.Complete();
    }

    private StockDirectory Entry(int ticker) => new(
        Header(Locate(ticker)), _symbols[ticker], MarketCategory: (byte)'Q', FinancialStatus: (byte)'N', RoundLotSize: 100, RoundLotsOnly: (byte)'N',
        IssueClassification: (byte)'C', IssueSubType: 'Z' << 8 | ' ', Authenticity: (byte)'P', ShortSaleThreshold: (byte)'N', IpoFlag: (byte)'N',
        LuldTier: (byte)'1', EtpFlag: (byte)'N', EtpLeverageFactor: 0, InverseIndicator: (byte)'N');

    /// <summary>A paying offer that no order has come for yet.</summary>
    private struct OnTheWay
    {
        public long IntendedNs;
        public long SentNs;
        public int Ticker;
        public bool IsOpen;
        public bool IsMeasured;
    }
}
