using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Feed;

/// <summary>What each ITCH message means to us: offers are judged and published, states applied, the rest passed over.</summary>
internal sealed class FeedMessages(
    Universe universe, int sideTableBits, TradingStates states, OfferPublisher publisher, CounterFile counters, LogWriter log)
{
    private readonly LocateTable _locates = new(universe);
    private readonly OrderSideTable _sides = new(sideTableBits);

    /// <summary>When the batch being handled left the socket, monotonic ns.</summary>
    public long ReceivedNs { get; set; }

    /// <summary>A gap has been open too long: what would be traded on may be wrong.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>Handles one message, the first copy of its number. Allocates nothing.</summary>
    public void OnMessage(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered)
    {
        if (!ItchLengths.IsWellFormed(message))
        {
            counters.Add(Counter.FeedUnknownMessages);
            return;
        }

        switch ((ItchMessageType)message[0])
        {
            case ItchMessageType.AddOrder:
            case ItchMessageType.AddOrderAttributed:
                // F is A with the attribution behind it.
                AddOrder add = AddOrder.Read(message);
                OnAddOrder(sequence, add.Header.StockLocate, add.OrderReference, add.Side, add.Shares, add.Price, isRecovered);
                return;
            case ItchMessageType.OrderReplace:
                OnReplace(sequence, OrderReplace.Read(message), isRecovered);
                return;
            case ItchMessageType.StockDirectory:
            case ItchMessageType.TradingAction:
            case ItchMessageType.OperationalHalt:
            case ItchMessageType.SystemEvent:
                OnState(sequence, message, isRecovered);
                return;
        }
    }

    private void OnAddOrder(ulong sequence, ushort locate, ulong reference, Side side, uint shares, uint price, bool isRecovered)
    {
        if (!side.IsKnown())
        {
            counters.Add(Counter.FeedUnknownMessages);
            return;
        }

        _sides.Add(reference, side);
        counters.Add(Counter.FeedOffersSeen);
        ushort ticker = _locates[locate];
        RefusalReason reason = Judge(ticker, isRecovered);
        if (reason == RefusalReason.None) reason = Publish(sequence, reference, ticker, side, shares, price);
        if (reason != RefusalReason.None) counters.Refuse(Counter.FeedRefused, reason);
    }

    private void OnReplace(ulong sequence, in OrderReplace replace, bool isRecovered)
    {
        counters.Add(Counter.FeedOffersSeen);
        ushort ticker = _locates[replace.Header.StockLocate];
        RefusalReason reason = Judge(ticker, isRecovered);
        if (_sides.TryGet(replace.OriginalReference, out Side side)) _sides.Add(replace.NewReference, side);
        else if (reason == RefusalReason.None) reason = RefusalReason.UnknownOrder;
        if (reason == RefusalReason.None) reason = Publish(sequence, replace.NewReference, ticker, side, replace.Shares, replace.Price);
        if (reason != RefusalReason.None) counters.Refuse(Counter.FeedRefused, reason);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RefusalReason Judge(ushort ticker, bool isRecovered)
    {
        if (isRecovered) return RefusalReason.Recovered;
        if (IsRefusing) return RefusalReason.FeedGap;
        return ticker == Universe.NoTicker ? RefusalReason.UnknownTicker : RefusalReason.None;
    }

    private RefusalReason Publish(ulong sequence, ulong reference, ushort ticker, Side side, uint shares, uint price)
    {
        if (!publisher.TryClaimOffer(ReceivedNs, out long slot)) return RefusalReason.RingFull;
        // Field by field into the slot: a whole event would be built beside it first. Prices stamps the fields that are left out.
        ref OfferEvent offer = ref publisher[slot];
        offer.FeedSequence = sequence;
        offer.OrderReference = reference;
        offer.ReceivedNs = ReceivedNs;
        // Beyond 31 bits is beyond what the venue allows; Decision refuses the largest value as insane.
        offer.Price = (int)Math.Min(price, int.MaxValue);
        offer.QuantityShares = (int)Math.Min(shares, int.MaxValue);
        offer.TickerIndex = ticker;
        offer.Kind = OfferEventKind.Offer;
        offer.OfferSide = side;
        return RefusalReason.None;
    }

    /// <summary>Directory, halts and hours: rare, so kept out of the offers' way.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnState(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered)
    {
        switch ((ItchMessageType)message[0])
        {
            case ItchMessageType.StockDirectory:
                StockDirectory directory = StockDirectory.Read(message);
                _locates.Apply(directory.Header.StockLocate, directory.Stock, isRecovered);
                return;
            case ItchMessageType.TradingAction:
                TradingAction action = TradingAction.Read(message);
                ushort ticker = _locates.Find(action.Header.StockLocate, action.Stock);
                if (ticker != Universe.NoTicker) states.ApplyTradingAction(ticker, action.State, sequence);
                break;
            case ItchMessageType.OperationalHalt:
                OperationalHalt halt = OperationalHalt.Read(message);
                ticker = _locates.Find(halt.Header.StockLocate, halt.Stock);
                if (ticker != Universe.NoTicker) states.ApplyOperationalHalt(ticker, halt.MarketCode, halt.Action, sequence);
                break;
            case ItchMessageType.SystemEvent:
                if (states.ApplySystemEvent(SystemEvent.Read(message).EventCode, sequence))
                {
                    log.Write(states.IsMarketOpen ? LogMessage.MarketOpened : LogMessage.MarketClosed);
                }

                break;
        }

        publisher.TryClaimChanges(ReceivedNs);
    }
}
