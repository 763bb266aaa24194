using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Venue.Feed;

namespace MarketMaker.Venue.Replay;

/// <summary>Builds the books from recorded messages and publishes each message, cut to what our own executions have left of it.</summary>
public sealed class ReplayBook
{
    private const int Locates = ushort.MaxValue + 1;

    private readonly FeedPublisher _feed;
    private readonly ReferenceIndex _index;
    private readonly Symbol[] _stocks = new Symbol[Locates];
    private readonly byte[] _tradingState = new byte[Locates];
    private readonly bool[] _operationallyHalted = new bool[Locates];
    private readonly int[] _mids = new int[Locates];

    /// <summary>Empty books for all locates.</summary>
    public ReplayBook(int ordersMax, FeedPublisher feed)
    {
        _feed = feed;
        Offers = new OfferBooks(Locates, ordersMax, _ => 0);
        _index = new ReferenceIndex((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ordersMax * 2));
    }

    /// <summary>The books; a ticker number here is a stock locate.</summary>
    public OfferBooks Offers { get; }

    /// <summary>Offers published so far: A, F and U.</summary>
    public long OffersSent { get; private set; }

    /// <summary>Messages that were changed or left out.</summary>
    public long Adapted { get; private set; }

    /// <summary>Orders that found no room and are on the feed but not in the book.</summary>
    public long Unkept { get; private set; }

    /// <summary>The last valid mid price of a locate: both sides there and not crossed; 0 while there was none. Any thread.</summary>
    public int Mid(int locate) => Volatile.Read(ref _mids[locate]);

    /// <summary>Whether a stock is halted, by its trading state or operationally. A stock of unknown state trades.</summary>
    public bool IsHalted(int locate) => _operationallyHalted[locate] || _tradingState[locate] is not (0 or (byte)'T');

    /// <summary>Takes the next recorded message.</summary>
    public void Apply(ReadOnlySpan<byte> message)
    {
        ItchHeader header = ItchHeader.Read(message);
        switch ((ItchMessageType)message[0])
        {
            case ItchMessageType.AddOrder:
                AddOrder add = AddOrder.Read(message);
                _feed.PublishRaw(message);
                Add(add.OrderReference, header.StockLocate, add.Side, add.Shares, add.Price, add.Stock);
                break;
            case ItchMessageType.AddOrderAttributed:
                AddOrderAttributed attributed = AddOrderAttributed.Read(message);
                _feed.PublishRaw(message);
                Add(attributed.OrderReference, header.StockLocate, attributed.Side, attributed.Shares, attributed.Price, attributed.Stock);
                break;
            case ItchMessageType.OrderExecuted:
                OrderExecuted executed = OrderExecuted.Read(message);
                if (Reduce(executed.OrderReference, executed.ExecutedShares, out uint executedLeft) is Known.InFull) _feed.PublishRaw(message);
                else if (executedLeft > 0) _feed.Publish(executed with { ExecutedShares = executedLeft });
                break;
            case ItchMessageType.OrderExecutedWithPrice:
                OrderExecutedWithPrice priced = OrderExecutedWithPrice.Read(message);
                if (Reduce(priced.OrderReference, priced.ExecutedShares, out uint pricedLeft) is Known.InFull) _feed.PublishRaw(message);
                else if (pricedLeft > 0) _feed.Publish(priced with { ExecutedShares = pricedLeft });
                break;
            case ItchMessageType.OrderCancel:
                OrderCancel cancel = OrderCancel.Read(message);
                if (Reduce(cancel.OrderReference, cancel.CanceledShares, out uint cancelLeft) is Known.InFull) _feed.PublishRaw(message);
                else if (cancelLeft > 0) _feed.Publish(cancel with { CanceledShares = cancelLeft });
                break;
            case ItchMessageType.OrderDelete:
                if (Forget(OrderDelete.Read(message).OrderReference, out _, out _)) _feed.PublishRaw(message);
                break;
            case ItchMessageType.OrderReplace:
                Replace(OrderReplace.Read(message), message);
                break;
            default:
                Note(message, header.StockLocate);
                _feed.PublishRaw(message);
                return;
        }

        OnChange(header.StockLocate);
    }

    /// <summary>An order of ours took shares of a displayed order.</summary>
    public void OnTaken(ulong reference, int locate)
    {
        if (!_index.TryGet(reference, out int slot) || slot < 0) return;
        ref Offer offer = ref Offers[slot];
        // The matcher has removed an order that is used up; its side is still in the slot until the slot is used again.
        if (offer.Shares == 0 || offer.Reference != reference) _index.Set(reference, Taken(offer.Side));
        OnChange(locate);
    }

    /// <summary>Renews the mid price of a locate.</summary>
    public void OnChange(int locate)
    {
        int bid = Offers.Best(locate, Side.Buy);
        int ask = Offers.Best(locate, Side.Sell);
        if (bid < 0 || ask < 0 || Offers[bid].Price >= Offers[ask].Price) return;
        Volatile.Write(ref _mids[locate], (int)(((long)Offers[bid].Price + Offers[ask].Price) / 2));
    }

    private enum Known
    {
        InFull,
        InPart,
    }

    private static int Taken(Side side) => side == Side.Buy ? -1 : -2;

    private void Add(ulong reference, ushort locate, Side side, uint shares, uint price, Symbol stock)
    {
        OffersSent++;
        if (stock != default) _stocks[locate] = stock;
        int slot = shares is 0 or > int.MaxValue || price > Money.PriceMax || _index.IsFull
            ? -1
            : Offers.Add(reference, locate, side, (int)shares, (int)price);
        if (slot < 0) Unkept++;
        else _index.Set(reference, slot);
    }

    /// <summary>Takes shares off an order. An order that was never seen (the slice begins later) is passed on as recorded.</summary>
    private Known Reduce(ulong reference, uint shares, out uint left)
    {
        left = 0;
        if (!_index.TryGet(reference, out int slot)) return Known.InFull;
        if (slot < 0)
        {
            Adapted++;
            return Known.InPart;
        }

        int displayed = Offers[slot].Shares;
        if (shares < displayed)
        {
            Offers.Reduce(slot, (int)shares);
            return Known.InFull;
        }

        Offers.Remove(slot);
        _index.Remove(reference);
        if (shares == displayed) return Known.InFull;
        Adapted++;
        left = (uint)displayed;
        return Known.InPart;
    }

    /// <summary>Takes an order out of the book.</summary>
    /// <returns>False when an order of ours had used it up: then the feed has said so already.</returns>
    private bool Forget(ulong reference, out bool hasSide, out Side side)
    {
        side = Side.Buy;
        hasSide = _index.TryGet(reference, out int slot);
        if (!hasSide) return true;
        _index.Remove(reference);
        if (slot < 0)
        {
            side = slot == Taken(Side.Buy) ? Side.Buy : Side.Sell;
            Adapted++;
            return false;
        }

        side = Offers[slot].Side;
        Offers.Remove(slot);
        return true;
    }

    private void Replace(in OrderReplace replace, ReadOnlySpan<byte> message)
    {
        ushort locate = replace.Header.StockLocate;
        bool isLive = Forget(replace.OriginalReference, out bool hasSide, out Side side);
        if (isLive) _feed.PublishRaw(message);
        else _feed.Publish(new AddOrder(replace.Header, replace.NewReference, side, replace.Shares, _stocks[locate], replace.Price));
        if (hasSide) Add(replace.NewReference, locate, side, replace.Shares, replace.Price, default);
        else OffersSent++;
    }

    private void Note(ReadOnlySpan<byte> message, ushort locate)
    {
        if (ItchCodec.TryRead(message, out TradingAction action)) _tradingState[locate] = action.State;
        else if (ItchCodec.TryRead(message, out OperationalHalt halt)) _operationallyHalted[locate] = halt.Action == 'H';
        else if (ItchCodec.TryRead(message, out StockDirectory entry)) _stocks[locate] = entry.Stock;
    }
}
