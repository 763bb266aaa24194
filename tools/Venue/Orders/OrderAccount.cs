using System.Buffers.Binary;
using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Venue.Orders;

/// <summary>
/// One participant's OUCH 5.0 port: takes requests, answers them truthfully in the sequenced store. Immediate-or-cancel limit
/// orders only; nothing of a participant ever rests here, so cancels and replaces of live orders have nothing to act on.
/// </summary>
/// <remarks>No I/O: connections come and go, the account and its messages stay. Belongs to the market thread.</remarks>
public sealed class OrderAccount(int participant, IOrderTarget target, SequencedStore store, VenueClock clock)
{
    private const byte RemovedLiquidity = (byte)'R';

    private readonly byte[] _buffer = new byte[128];
    private UserRefNumGate _numbers;
    private bool _entryDisabled;
    private ulong _orderReference;

    /// <summary>The participant's number in the market.</summary>
    public int Participant => participant;

    /// <summary>Every message sent to the participant in this session.</summary>
    public SequencedStore Store => store;

    /// <summary>What became of the orders.</summary>
    public OrderStatistics Statistics { get; } = new();

    /// <summary>Takes one message of the client.</summary>
    public void Handle(ReadOnlySpan<byte> message)
    {
        switch (message.IsEmpty ? 0 : message[0])
        {
            case EnterOrder.Type when EnterOrder.TryRead(message, out EnterOrder order, out _):
                OnEnterOrder(order);
                break;
            case MassCancel.Type when MassCancel.TryRead(message, out MassCancel request, out _):
                if (!IsFresh(request.UserRefNum)) break;
                Add(new MassCancelResponse
                {
                    TimestampNs = clock.TimeOfDayNs,
                    UserRefNum = request.UserRefNum,
                    Firm = request.Firm,
                    Symbol = request.Symbol,
                }.Write(_buffer));
                break;
            case AccountQuery.Type when AccountQuery.TryRead(message, out _, out _):
                Add(new AccountQueryResponse { TimestampNs = clock.TimeOfDayNs, NextUserRefNum = _numbers.Next }.Write(_buffer));
                break;
            case DisableOrderEntry.Type when DisableOrderEntry.TryRead(message, out DisableOrderEntry request, out _):
                if (!IsFresh(request.UserRefNum)) break;
                _entryDisabled = true;
                Add(new DisableOrderEntryResponse { TimestampNs = clock.TimeOfDayNs, UserRefNum = request.UserRefNum, Firm = request.Firm }.Write(_buffer));
                break;
            case EnableOrderEntry.Type when EnableOrderEntry.TryRead(message, out EnableOrderEntry request, out _):
                if (!IsFresh(request.UserRefNum)) break;
                _entryDisabled = false;
                Add(new EnableOrderEntryResponse { TimestampNs = clock.TimeOfDayNs, UserRefNum = request.UserRefNum, Firm = request.Firm }.Write(_buffer));
                break;
            // "Original not live: nothing, the new number is not consumed"; "needless cancels are ignored".
            case ReplaceOrder.Type when ReplaceOrder.TryRead(message, out _, out _):
            case CancelOrder.Type when CancelOrder.TryRead(message, out _, out _):
            case ModifyOrder.Type when ModifyOrder.TryRead(message, out _, out _):
                Statistics.WithoutEffect++;
                break;
            default:
                Statistics.Malformed++;
                break;
        }
    }

    /// <summary>Reports an execution of an order that is being matched.</summary>
    /// <returns>The sequence number of the message.</returns>
    public long OnFill(in MarketFill fill)
    {
        Statistics.Executions++;
        return Add(new Executed
        {
            TimestampNs = clock.TimeOfDayNs,
            UserRefNum = fill.Order.Number,
            QuantityShares = (uint)fill.Quantity,
            Price = (ulong)fill.Price,
            Liquidity = RemovedLiquidity,
            MatchNumber = fill.Match,
        }.Write(_buffer));
    }

    /// <summary>Reports that an execution does not count any more.</summary>
    /// <returns>The sequence number of the message.</returns>
    public long OnBroken(in MarketFill fill)
    {
        Statistics.Broken++;
        return Add(new BrokenTrade
        {
            TimestampNs = clock.TimeOfDayNs,
            UserRefNum = fill.Order.Number,
            MatchNumber = fill.Match,
            Reason = OuchBrokenTradeReason.Erroneous,
            ClOrdId = Unpack(fill.Order.Tag),
        }.Write(_buffer));
    }

    /// <summary>Tells the participant that its day begins or ends.</summary>
    public void OnSystemEvent(byte eventCode) =>
        Add(new SystemEvent { TimestampNs = clock.TimeOfDayNs, EventCode = eventCode }.Write(_buffer));

    private void OnEnterOrder(in EnterOrder order)
    {
        if (!IsFresh(order.UserRefNum)) return;
        Statistics.Received++;
        if (Refuse(order, out int ticker) is { } reason)
        {
            Statistics.Rejected++;
            Add(new Rejected { TimestampNs = clock.TimeOfDayNs, UserRefNum = order.UserRefNum, RejectReason = (ushort)reason, ClOrdId = order.ClOrdId }.Write(_buffer));
            return;
        }

        bool dead = target.DrawDeadOnArrival();
        Accept(order, dead);
        int executed = dead ? 0 : Match(order, ticker);
        if (executed > 0) Statistics.Won++;
        else Statistics.Lost++;
        if (dead)
        {
            Statistics.Dead++;
            return;
        }

        if (executed == (int)order.QuantityShares) return;
        Add(new Canceled
        {
            TimestampNs = clock.TimeOfDayNs,
            UserRefNum = order.UserRefNum,
            QuantityShares = order.QuantityShares - (uint)executed,
            Reason = OuchCancelReason.ImmediateOrCancel,
        }.Write(_buffer));
    }

    private OuchRejectReason? Refuse(in EnterOrder order, out int ticker)
    {
        ticker = 0;
        if (store.IsNearlyFull) return OuchRejectReason.DestinationClosed;
        if (_entryDisabled) return OuchRejectReason.FirmNotAuthorised;
        if (!target.TryFindTicker(order.Symbol, out ticker)) return OuchRejectReason.InvalidSymbol;
        if (order.Side is not (OuchSide.Buy or OuchSide.Sell or OuchSide.SellShort or OuchSide.SellShortExempt)) return OuchRejectReason.InvalidSide;
        if (order.QuantityShares is 0 or > Money.QuantitySharesMax) return OuchRejectReason.InvalidQuantity;
        // From 200,000.0000 dollars on a price means a market order, which only a cross takes.
        if (order.Price is 0 or >= Money.PriceMax) return OuchRejectReason.InvalidPrice;
        // Resting orders of participants are not part of this market.
        if (order.TimeInForce != OuchTimeInForce.ImmediateOrCancel) return OuchRejectReason.Other;
        return target.IsTrading(ticker) ? null : OuchRejectReason.Halted;
    }

    private void Accept(in EnterOrder order, bool dead) => Add((OrderTerms.Accepted(order) with
    {
        TimestampNs = clock.TimeOfDayNs,
        OrderReferenceNumber = ++_orderReference,
        OrderState = dead ? OuchOrderState.Dead : OuchOrderState.Live,
    }).Write(_buffer));

    private int Match(in EnterOrder order, int ticker) => target.Enter(new MarketOrder(
        participant,
        order.UserRefNum,
        Pack(order.ClOrdId),
        ticker,
        order.Side == OuchSide.Buy ? Side.Buy : Side.Sell,
        (int)order.Price,
        (int)order.QuantityShares));

    private bool IsFresh(uint userRefNum)
    {
        if (_numbers.TryConsume(userRefNum)) return true;
        Statistics.Repeated++;
        return false;
    }

    private long Add(int bytes) => store.Add(_buffer.AsSpan(0, bytes));

    private static UInt128 Pack(in ClOrdId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        id.Write(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static ClOrdId Unpack(UInt128 tag)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, tag);
        return ClOrdId.Read(bytes);
    }
}
