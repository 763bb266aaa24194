using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Recorded;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Markets;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Venue.Replay;

/// <summary>
/// A recorded day as a market: its messages go out as they were recorded, the book they describe is kept, the mid price is the
/// fair price, and orders execute against the book.
/// </summary>
/// <remarks>
/// What an order takes is gone from the displayed book: an E message with a match number of the venue's own says so, and what was
/// recorded of those shares later is cut to what is left, or left out (<see cref="Adapted"/>). A recorded replacement of a taken
/// order goes out as a new order. Nobody else reacts to an order of ours: history does not change its mind.
/// </remarks>
public sealed class ReplayVenueMarket : VenueMarket, IPriceBoard
{
    /// <summary>Match numbers of the venue's own executions start here, far above recorded ones.</summary>
    public const ulong FirstMatch = 1UL << 62;

    private readonly ReplayOptions _options;
    private readonly ItchFile _file;
    private readonly ReplayBook _book;
    private readonly Matcher<Sink> _matcher;
    private readonly Dictionary<Symbol, int> _tickers = [];
    private readonly List<string> _names = [];
    private readonly int[] _locates;
    private readonly byte[] _next = new byte[ItchLengths.Max];
    private int _nextBytes;
    private long _firstTimeNs = -1;
    private bool _open;

    /// <summary>Opens the file, and reads it once for its directory: the price service must know all names at the start.</summary>
    public ReplayVenueMarket(ReplayOptions options, MarketOptions matching, FeedPublisher feed, VenueClock clock)
        : base(feed, clock)
    {
        _options = options;
        List<int> locates = [];
        using (ItchFile directory = new(options.Path))
        {
            while (directory.TryNext(out ReadOnlySpan<byte> message))
            {
                if (!ItchCodec.TryRead(message, out StockDirectory entry) || !_tickers.TryAdd(entry.Stock, _names.Count)) continue;
                _names.Add(entry.Stock.ToString());
                locates.Add(entry.Header.StockLocate);
            }
        }

        clock.IsRecorded = true;
        _locates = [.. locates];
        _file = new ItchFile(options.Path);
        _book = new ReplayBook(options.OrdersMax, feed);
        _matcher = new Matcher<Sink>(matching, _book.Offers, wheel: null, new Sink(this), FirstMatch);
        TakeNext();
    }

    /// <inheritdoc/>
    public override IPriceBoard Prices => this;

    /// <inheritdoc/>
    public override long Offers => _book.OffersSent;

    /// <inheritdoc/>
    public override int FirstAccount => 0;

    /// <summary>Recorded messages that were changed or left out because an order of ours had taken the shares.</summary>
    public long Adapted => _book.Adapted;

    /// <summary>Bytes of a message cut off at the end of the file.</summary>
    public int TornBytes => _file.TornBytes;

    /// <summary>Messages taken from the file so far.</summary>
    public long Messages => _file.Messages;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public int Price(int ticker) => _book.Mid(_locates[ticker]);

    /// <inheritdoc/>
    public override void Open()
    {
        if (!_options.Open) return;
        if (_nextBytes > 0) Clock.TimeOfDayNs = _firstTimeNs;
        foreach (char code in "OSQ") PublishEvent(code);
        _open = true;
    }

    /// <inheritdoc/>
    public override bool Advance()
    {
        const int MessagesPerTurn = 4_096;
        long elapsedNs = ElapsedNs;
        _matcher.Break(elapsedNs);
        for (int i = 0; i < MessagesPerTurn && _nextBytes > 0 && DueNs() <= elapsedNs; i++)
        {
            ReadOnlySpan<byte> message = _next.AsSpan(0, _nextBytes);
            Clock.TimeOfDayNs = ItchHeader.Read(message).TimestampNs;
            Apply(message);
            TakeNext();
        }

        return _nextBytes > 0;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _open = false;
        if (_options.Open)
        {
            foreach (char code in "MEC") PublishEvent(code);
        }
    }

    /// <inheritdoc/>
    public override bool TryFindTicker(Symbol symbol, out int ticker) => _tickers.TryGetValue(symbol, out ticker);

    /// <inheritdoc/>
    public override bool IsTrading(int ticker) => _open && !_book.IsHalted(_locates[ticker]);

    /// <inheritdoc/>
    public override bool DrawDeadOnArrival() => _matcher.DrawDeadOnArrival();

    /// <inheritdoc/>
    public override int Enter(in MarketOrder order)
    {
        // The books are kept by locate; the fill is reported with the ticker's number again.
        int executed = _matcher.Match(order with { Ticker = _locates[order.Ticker] }, ElapsedNs);
        _book.OnChange(_locates[order.Ticker]);
        return executed;
    }

    private long DueNs()
    {
        if (_options.MessagesPerSecond > 0) return (long)((Int128)(_file.Messages - 1) * 1_000_000_000 / _options.MessagesPerSecond);
        long recordedNs = ItchHeader.Read(_next).TimestampNs - _firstTimeNs;
        return (long)(recordedNs / _options.Speed);
    }

    private void TakeNext()
    {
        _nextBytes = 0;
        if (!_file.TryNext(out ReadOnlySpan<byte> message)) return;
        message.CopyTo(_next);
        _nextBytes = message.Length;
        if (_firstTimeNs < 0) _firstTimeNs = ItchHeader.Read(message).TimestampNs;
    }

    private void Apply(ReadOnlySpan<byte> message)
    {
        if (ItchCodec.TryRead(message, out SystemEvent systemEvent))
        {
            if (systemEvent.EventCode == 'Q') _open = true;
            if (systemEvent.EventCode == 'M') _open = false;
        }

        _book.Apply(message);
    }

    private int TickerOf(int locate) => Array.IndexOf(_locates, locate);

    private readonly struct Sink(ReplayVenueMarket venue) : IMarketSink
    {
        public void Added(ulong reference, int ticker, Side side, int shares, int price)
        {
        }

        public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price)
        {
        }

        public void Cancelled(ulong reference, int ticker, int shares)
        {
        }

        public void Deleted(ulong reference, int ticker)
        {
        }

        public void Executed(ulong reference, int ticker, int shares, ulong match)
        {
            venue.Feed.Publish(new OrderExecuted(venue.Header((ushort)ticker), reference, (uint)shares, match));
            venue._book.OnTaken(reference, ticker);
        }

        public void Filled(in MarketFill fill) => venue.ReportFill(Named(fill));

        public void Broken(in MarketFill fill) => venue.ReportBroken(Named(fill), (ushort)fill.Order.Ticker);

        private MarketFill Named(in MarketFill fill) => fill with { Order = fill.Order with { Ticker = venue.TickerOf(fill.Order.Ticker) } };
    }
}
