using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Venue.Markets;

/// <summary>The seeded market on the venue's protocols. The stock locate of a ticker is its number plus one.</summary>
public sealed class SimulatedVenueMarket : VenueMarket, IPriceBoard
{
    private const int AttributedIn = 128;

    private static readonly Alpha4 Attribution = Alpha4.Of("SIMM");

    private readonly SimulatedMarket<Sink> _market;
    private readonly Symbol[] _symbols;
    private readonly string[] _names;
    private readonly Dictionary<Symbol, int> _tickers;
    private readonly WildTickers _wild;
    private bool _open;

    /// <summary>Builds the market; its tickers are T0001, T0002 and so on.</summary>
    public SimulatedVenueMarket(MarketOptions options, FeedPublisher feed, VenueClock clock)
        : base(feed, clock)
    {
        int digits = Math.Max(4, options.Tickers.ToString().Length);
        _names = Enumerable.Range(1, options.Tickers).Select(i => "T" + i.ToString().PadLeft(digits, '0')).ToArray();
        _symbols = Array.ConvertAll(_names, Symbol.Parse);
        _tickers = Enumerable.Range(0, _symbols.Length).ToDictionary(i => _symbols[i]);
        _market = new SimulatedMarket<Sink>(options, new Sink(this));
        _wild = new WildTickers(options);
        FirstAccount = options.Competitors;
    }

    /// <inheritdoc/>
    public override IPriceBoard Prices => this;

    /// <inheritdoc/>
    public override long Offers => _market.Offers;

    /// <summary>Offers sent so far that paid at least 1 %.</summary>
    public long PayingOffers => _market.PayingOffers;

    /// <summary>Offers and competitors' orders that were left out because a table was full.</summary>
    public long Suppressed => _market.Suppressed + _market.CompetitorsMissed;

    /// <summary>Names of the tickers that turn wild.</summary>
    public IEnumerable<string> WildNames => _names.Where((_, ticker) => _wild.Contains(ticker));

    /// <inheritdoc/>
    public override int FirstAccount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public int Price(int ticker) => _market.Prices.Price(ticker);

    /// <inheritdoc/>
    public override void Open()
    {
        PublishEvent('O');
        PublishEvent('S');
        for (int i = 0; i < _symbols.Length; i++) Feed.Publish(DirectoryEntry(i));
        for (int i = 0; i < _symbols.Length; i++)
            Feed.Publish(new TradingAction(Header(Locate(i)), _symbols[i], (byte)'T', (byte)' ', Alpha4.Blank));
        PublishEvent('Q');
        _open = true;
    }

    /// <inheritdoc/>
    public override bool Advance()
    {
        _market.Advance(ElapsedNs);
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
    public override bool DrawDeadOnArrival() => _market.Matcher.DrawDeadOnArrival();

    /// <inheritdoc/>
    public override int Enter(in MarketOrder order) => _market.Enter(order, ElapsedNs);

    private static ushort Locate(int ticker) => (ushort)(ticker + 1);

    private StockDirectory DirectoryEntry(int ticker) => new(
        Header(Locate(ticker)),
        _symbols[ticker],
        MarketCategory: (byte)'Q',
        FinancialStatus: (byte)'N',
        RoundLotSize: 100,
        RoundLotsOnly: (byte)'N',
        IssueClassification: (byte)'C',
        IssueSubType: 'Z' << 8 | ' ',
        Authenticity: (byte)'P',
        ShortSaleThreshold: (byte)'N',
        IpoFlag: (byte)'N',
        LuldTier: (byte)'1',
        EtpFlag: (byte)'N',
        EtpLeverageFactor: 0,
        InverseIndicator: (byte)'N');

    private readonly struct Sink(SimulatedVenueMarket venue) : IMarketSink
    {
        public void Added(ulong reference, int ticker, Side side, int shares, int price)
        {
            ItchHeader header = venue.Header(Locate(ticker));
            Symbol stock = venue._symbols[ticker];
            if (reference % AttributedIn == 0)
                venue.Feed.Publish(new AddOrderAttributed(header, reference, side, (uint)shares, stock, (uint)price, Attribution));
            else
                venue.Feed.Publish(new AddOrder(header, reference, side, (uint)shares, stock, (uint)price));
        }

        public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price) =>
            venue.Feed.Publish(new OrderReplace(venue.Header(Locate(ticker)), oldReference, newReference, (uint)shares, (uint)price));

        public void Cancelled(ulong reference, int ticker, int shares) =>
            venue.Feed.Publish(new OrderCancel(venue.Header(Locate(ticker)), reference, (uint)shares));

        public void Deleted(ulong reference, int ticker) => venue.Feed.Publish(new OrderDelete(venue.Header(Locate(ticker)), reference));

        public void Executed(ulong reference, int ticker, int shares, ulong match) =>
            venue.Feed.Publish(new OrderExecuted(venue.Header(Locate(ticker)), reference, (uint)shares, match));

        public void Filled(in MarketFill fill) => venue.ReportFill(fill);

        public void Broken(in MarketFill fill) => venue.ReportBroken(fill, Locate(fill.Order.Ticker));
    }
}
