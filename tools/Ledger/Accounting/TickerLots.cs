using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Accounting;

/// <summary>One ticker: its open lots, its realised gains by year, and the price it last traded at.</summary>
internal sealed class TickerLots
{
    private readonly Action<ClosedLot> _onClosed;
    private readonly Action<Symbol, ClosedLot>? _listener;
    private YearGain? _year;

    public TickerLots(Symbol symbol, Action<Symbol, ClosedLot>? listener)
    {
        (Symbol, _listener) = (symbol, listener);
        // Made once: a delegate for each transaction would be garbage.
        _onClosed = OnClosed;
    }

    public Symbol Symbol { get; }

    public LotQueue Lots { get; } = new();

    /// <summary>By calendar year in New York.</summary>
    public SortedDictionary<int, YearGain> Years { get; } = [];

    /// <summary>Realised gain of all years, in 1/10,000 dollar.</summary>
    public long Gain { get; private set; }

    /// <summary>Price of the last execution, in 1/10,000 dollar; of an adjustment only when nothing was ever executed.</summary>
    public long LastPrice { get; private set; }

    private bool HasTraded { get; set; }

    public void Add(Lot change, bool isAdjustment, bool atCost)
    {
        Lots.Add(change, _onClosed, atCost);
        if (isAdjustment && HasTraded) return;
        LastPrice = change.Price;
        HasTraded |= !isAdjustment;
    }

    private void OnClosed(ClosedLot closed)
    {
        int year = EasternDate.Of(closed.ClosedAtNs).Year;
        if (_year?.Year != year && !Years.TryGetValue(year, out _year)) Years[year] = _year = new YearGain(year);
        _year!.Add(closed);
        Gain = checked(Gain + closed.Gain);
        _listener?.Invoke(Symbol, closed);
    }
}

/// <summary>What one ticker realised in one year. Amounts in 1/10,000 dollar.</summary>
internal sealed class YearGain(int year)
{
    public int Year => year;

    /// <summary>Shares of lots closed, owned and short ones alike.</summary>
    public long Shares { get; private set; }

    /// <summary>What selling brought, of owned and of short lots.</summary>
    public long Proceeds { get; private set; }

    /// <summary>What buying cost, of owned and of short lots.</summary>
    public long Cost { get; private set; }

    public long Gain => Proceeds - Cost;

    public void Add(in ClosedLot closed)
    {
        long shares = Math.Abs(closed.Lot.Shares);
        (long bought, long sold) = closed.Lot.Shares > 0 ? (closed.Lot.Price, closed.Price) : (closed.Price, closed.Lot.Price);
        Shares += shares;
        Proceeds = checked(Proceeds + shares * sold);
        Cost = checked(Cost + shares * bought);
    }
}
