using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>
/// Cash, stock and reservations. Money or shares are reserved before an order is sent and released only on the venue's word, or
/// on Execution's word that nothing was sent. One thread owns it.
/// </summary>
public sealed class TradeBook
{
    private readonly LineArray<TickerState> _tickers;

    /// <summary>Starts from what the journal recovered.</summary>
    /// <param name="tickerCount">Size of the universe.</param>
    /// <param name="cash">Cash in 1/10,000 dollar.</param>
    /// <param name="tables">Where the tickers' lines lie, <see cref="DecisionCore.TableBytes"/>; null: anywhere.</param>
    public TradeBook(int tickerCount, long cash, LineArena? tables = null)
    {
        _tickers = new LineArray<TickerState>(tickerCount, tables);
        CashFree = cash;
    }

    /// <summary>Cash that new buys may take, 1/10,000 dollar. Negative only when a restored order or a broken trade took more than there was.</summary>
    public long CashFree { get; private set; }

    /// <summary>Cash reserved for open buys, 1/10,000 dollar.</summary>
    public long CashReserved { get; private set; }

    /// <summary>Cash kept to buy back what is sold short, over all tickers, 1/10,000 dollar.</summary>
    public long ShortCash { get; private set; }

    /// <summary>Cash a new buy or short sale may take, 1/10,000 dollar; 0 when there is none.</summary>
    public long CashAvailable => Math.Max(0, CashFree - ShortCash);

    /// <summary>Orders between their execute and their last response.</summary>
    public int OrdersInFlight { get; private set; }

    /// <summary>Value of all stock at the last fair prices, 1/10,000 dollar.</summary>
    public long InventoryValue { get; private set; }

    /// <summary>Cash and stock at the last fair prices, 1/10,000 dollar: the capital. What has no price yet counts nothing.</summary>
    public long Equity => CashFree + CashReserved + InventoryValue;

    /// <summary>The part of it that new buys cannot take: stock, open buys and what is kept for shorts, 1/10,000 dollar.</summary>
    public long CapitalUsed => Math.Max(0, InventoryValue) + CashReserved + ShortCash;

    /// <summary>Tickers of which we hold or owe shares and no price has come yet.</summary>
    public int UnpricedStocks { get; private set; }

    /// <summary>What ever came into <see cref="Equity"/> from stock without a price, 1/10,000 dollar: its worth at its first price, and what was
    /// paid or got for it before. Neither is a gain or a loss.</summary>
    public long EnteredValue { get; private set; }

    /// <summary>Size of the universe.</summary>
    public int TickerCount => _tickers.Length;

    /// <summary>Responses that released more than was reserved: a contradiction, never carried out.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Asks for the line of a ticker that will be traded soon.</summary>
    public void Expect(int tickerIndex) => _tickers.Expect(tickerIndex);

    /// <summary>One ticker's state.</summary>
    public ref readonly TickerState this[int tickerIndex] => ref _tickers[tickerIndex];

    /// <summary>Sets a position recovered from the journal.</summary>
    public void RestorePosition(int tickerIndex, long shares)
    {
        ref TickerState ticker = ref _tickers[tickerIndex];
        Hold(ref ticker, shares);
        KeepShortCash(ref ticker);
    }

    /// <summary>Marks the stock to a new fair price.</summary>
    public void Mark(int tickerIndex, int fairPrice)
    {
        ref TickerState ticker = ref _tickers[tickerIndex];
        if (ticker is { FairPrice: 0, PositionShares: not 0 } && fairPrice != 0)
        {
            UnpricedStocks--;
            EnteredValue += ticker.PositionShares * fairPrice;
        }

        InventoryValue += ticker.PositionShares * (fairPrice - ticker.FairPrice);
        ticker.FairPrice = fairPrice;
        KeepShortCash(ref ticker);
    }

    /// <summary>Sets money or shares aside for an order about to be sent.</summary>
    public void Reserve(int tickerIndex, Side orderSide, int quantityShares, int limitPrice)
    {
        ref TickerState ticker = ref _tickers[tickerIndex];
        OrdersInFlight++;
        ticker.OrdersInFlight++;
        if (orderSide == Side.Sell)
        {
            ticker.ReservedShares += quantityShares;
            KeepShortCash(ref ticker);
            return;
        }

        long notional = (long)quantityShares * limitPrice;
        ticker.ReservedCash += notional;
        CashReserved += notional;
        CashFree -= notional;
    }

    /// <summary>Applies one response.</summary>
    public void Apply(in ResponseEvent response)
    {
        switch (response.Kind)
        {
            case ResponseKind.Executed:
                // What the venue says is executed is ours, whatever was reserved for it: the journal books it too.
                Release(response, response.QuantityShares - response.ExcessShares);
                Book(response.TickerIndex, response.OrderSide, response.QuantityShares, response.ExecutionPrice);
                EndIfOver(response);
                break;
            case ResponseKind.Canceled or ResponseKind.Rejected or ResponseKind.NeverArrived or ResponseKind.NotSent:
                Release(response, response.QuantityShares);
                EndIfOver(response);
                break;
            case ResponseKind.Restored:
                Reserve(response.TickerIndex, response.OrderSide, response.QuantityShares, response.LimitPrice);
                break;
            case ResponseKind.Broken:
                Book(response.TickerIndex, response.OrderSide.Opposite(), response.QuantityShares, response.ExecutionPrice);
                break;
        }
    }

    private void Release(in ResponseEvent response, int quantityShares)
    {
        ref TickerState ticker = ref _tickers[response.TickerIndex];
        if (response.OrderSide == Side.Sell)
        {
            if (ticker.ReservedShares < quantityShares) Contradictions++;
            else ticker.ReservedShares -= quantityShares;
            KeepShortCash(ref ticker);
            return;
        }

        long notional = (long)quantityShares * response.LimitPrice;
        if (ticker.ReservedCash < notional)
        {
            Contradictions++;
            return;
        }

        ticker.ReservedCash -= notional;
        CashReserved -= notional;
        CashFree += notional;
    }

    private void Book(int tickerIndex, Side side, int quantityShares, int price)
    {
        ref TickerState ticker = ref _tickers[tickerIndex];
        long shares = side == Side.Buy ? quantityShares : -quantityShares;
        Hold(ref ticker, ticker.PositionShares + shares);
        CashFree -= shares * price;
        if (ticker.FairPrice == 0) EnteredValue -= shares * price;
        KeepShortCash(ref ticker);
    }

    private void Hold(ref TickerState ticker, long shares)
    {
        if (ticker.FairPrice == 0) UnpricedStocks += (shares != 0 ? 1 : 0) - (ticker.PositionShares != 0 ? 1 : 0);
        InventoryValue += (shares - ticker.PositionShares) * ticker.FairPrice;
        ticker.PositionShares = shares;
    }

    // Without short selling no more is ever reserved than held, and this stays 0.
    private void KeepShortCash(ref TickerState ticker)
    {
        long needed = Math.Max(0, ticker.ReservedShares - ticker.PositionShares) * ticker.FairPrice;
        ShortCash += needed - ticker.ShortCash;
        ticker.ShortCash = needed;
    }

    private void EndIfOver(in ResponseEvent response)
    {
        if (response.LeavesShares != 0) return;
        ref TickerState ticker = ref _tickers[response.TickerIndex];
        if (OrdersInFlight == 0 || ticker.OrdersInFlight == 0)
        {
            Contradictions++;
            return;
        }

        OrdersInFlight--;
        ticker.OrdersInFlight--;
    }
}
