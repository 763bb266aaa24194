using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Golden.Ouch50;

public sealed class OuchOutbound
{
    private const long HalfPastNineNs = 34_200_000_000_000;
    private const uint FirmMmkr = 0x4D4D4B52; // 'MMKR'
    private static readonly Symbol EverySymbol = new(0x2020202020202020);
    private readonly byte[] _written = new byte[128];

    [Fact]
    public void should_read_and_write_system_event()
    {
        Assert.True(SystemEvent.TryRead(OuchGolden.SystemEvent, out SystemEvent system, out _));
        Assert.Equal((HalfPastNineNs, OuchEventCode.StartOfDay), (system.TimestampNs, system.EventCode));
        AssertWritten(OuchGolden.SystemEvent, new SystemEvent { TimestampNs = HalfPastNineNs, EventCode = (byte)'S' }.Write(_written));
    }

    [Fact]
    public void should_read_and_write_accepted()
    {
        Assert.True(Accepted.TryRead(OuchGolden.Accepted, out Accepted order, out _));
        Assert.Equal((HalfPastNineNs, 7u, OuchSide.Buy, 100u), (order.TimestampNs, order.UserRefNum, order.Side, order.QuantityShares));
        Assert.Equal((Symbol.Parse("AAPL"), 1_502_500ul), (order.Symbol, order.Price));
        Assert.Equal((OuchTimeInForce.ImmediateOrCancel, OuchDisplay.Hidden), (order.TimeInForce, order.Display));
        Assert.Equal(0xABCDEFul, order.OrderReferenceNumber);
        Assert.Equal((OuchCapacity.Principal, (byte)'N', OuchCrossType.Continuous), (order.Capacity, order.Iso, order.CrossType));
        Assert.Equal((OuchOrderState.Live, "MM01"), (order.OrderState, order.ClOrdId.ToString()));
        Accepted same = new()
        {
            TimestampNs = HalfPastNineNs,
            UserRefNum = 7,
            Side = (byte)'B',
            QuantityShares = 100,
            Symbol = Symbol.Parse("AAPL"),
            Price = 1_502_500,
            TimeInForce = (byte)'3',
            Display = (byte)'N',
            OrderReferenceNumber = 0xABCDEF,
            Capacity = (byte)'P',
            Iso = (byte)'N',
            CrossType = (byte)'N',
            OrderState = (byte)'L',
            ClOrdId = Text("MM01"),
        };
        AssertWritten(OuchGolden.Accepted, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_replaced()
    {
        Assert.True(Replaced.TryRead(OuchGolden.Replaced, out Replaced order, out _));
        Assert.Equal((7u, 8u, OuchSide.Sell, 400u), (order.OrigUserRefNum, order.UserRefNum, order.Side, order.QuantityShares));
        Assert.Equal((Symbol.Parse("MSFT"), 10_000ul), (order.Symbol, order.Price));
        Assert.Equal((0xABCDF0ul, OuchOrderState.Dead), (order.OrderReferenceNumber, order.OrderState));
        Replaced same = new()
        {
            TimestampNs = HalfPastNineNs,
            OrigUserRefNum = 7,
            UserRefNum = 8,
            Side = (byte)'S',
            QuantityShares = 400,
            Symbol = Symbol.Parse("MSFT"),
            Price = 10_000,
            TimeInForce = (byte)'0',
            Display = (byte)'Y',
            OrderReferenceNumber = 0xABCDF0,
            Capacity = (byte)'P',
            Iso = (byte)'N',
            CrossType = (byte)'N',
            OrderState = (byte)'D',
            ClOrdId = Text("REPLACED"),
        };
        AssertWritten(OuchGolden.Replaced, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_canceled()
    {
        Assert.True(Canceled.TryRead(OuchGolden.Canceled, out Canceled canceled, out _));
        Assert.Equal((7u, 40u, OuchCancelReason.ImmediateOrCancel), (canceled.UserRefNum, canceled.QuantityShares, canceled.Reason));
        Canceled same = new() { TimestampNs = HalfPastNineNs, UserRefNum = 7, QuantityShares = 40, Reason = (byte)'I' };
        AssertWritten(OuchGolden.Canceled, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_aiq_canceled()
    {
        Assert.True(AiqCanceled.TryRead(OuchGolden.AiqCanceled, out AiqCanceled canceled, out _));
        Assert.Equal((7u, 10u, (byte)'Q', 20u), (canceled.UserRefNum, canceled.DecrementShares, canceled.Reason, canceled.QuantityPreventedShares));
        Assert.Equal((1_502_500ul, (byte)'R', (byte)'D'), (canceled.ExecutionPrice, canceled.Liquidity, canceled.AiqStrategy));
        AiqCanceled same = new()
        {
            TimestampNs = HalfPastNineNs,
            UserRefNum = 7,
            DecrementShares = 10,
            Reason = (byte)'Q',
            QuantityPreventedShares = 20,
            ExecutionPrice = 1_502_500,
            Liquidity = (byte)'R',
            AiqStrategy = (byte)'D',
        };
        AssertWritten(OuchGolden.AiqCanceled, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_executed()
    {
        Assert.True(Executed.TryRead(OuchGolden.Executed, out Executed executed, out _));
        Assert.Equal((HalfPastNineNs, 7u, 60u, 1_502_000ul), (executed.TimestampNs, executed.UserRefNum, executed.QuantityShares, executed.Price));
        Assert.Equal(((byte)'R', 3051ul), (executed.Liquidity, executed.MatchNumber));
        Executed same = new()
        {
            TimestampNs = HalfPastNineNs,
            UserRefNum = 7,
            QuantityShares = 60,
            Price = 1_502_000,
            Liquidity = (byte)'R',
            MatchNumber = 3051,
        };
        AssertWritten(OuchGolden.Executed, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_broken_trade()
    {
        Assert.True(BrokenTrade.TryRead(OuchGolden.BrokenTrade, out BrokenTrade broken, out _));
        Assert.Equal((7u, 3051ul, OuchBrokenTradeReason.Erroneous), (broken.UserRefNum, broken.MatchNumber, broken.Reason));
        BrokenTrade same = new()
        {
            TimestampNs = HalfPastNineNs,
            UserRefNum = 7,
            MatchNumber = 3051,
            Reason = (byte)'E',
            ClOrdId = Text("MM01"),
        };
        AssertWritten(OuchGolden.BrokenTrade, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_rejected()
    {
        Assert.True(Rejected.TryRead(OuchGolden.Rejected, out Rejected rejected, out _));
        Assert.Equal((7u, OuchRejectReason.PeggingNotAllowed), (rejected.UserRefNum, (OuchRejectReason)rejected.RejectReason));
        Rejected same = new() { TimestampNs = HalfPastNineNs, UserRefNum = 7, RejectReason = 0x11, ClOrdId = Text("MM01") };
        AssertWritten(OuchGolden.Rejected, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_cancel_pending_and_cancel_reject()
    {
        Assert.True(CancelPending.TryRead(OuchGolden.CancelPending, out CancelPending pending, out _));
        Assert.True(CancelReject.TryRead(OuchGolden.CancelReject, out CancelReject reject, out _));
        Assert.Equal((7u, 7u), (pending.UserRefNum, reject.UserRefNum));
        AssertWritten(OuchGolden.CancelPending, new CancelPending { TimestampNs = HalfPastNineNs, UserRefNum = 7 }.Write(_written));
        AssertWritten(OuchGolden.CancelReject, new CancelReject { TimestampNs = HalfPastNineNs, UserRefNum = 7 }.Write(_written));
    }

    [Fact]
    public void should_read_and_write_order_priority_update()
    {
        Assert.True(OrderPriorityUpdate.TryRead(OuchGolden.OrderPriorityUpdate, out OrderPriorityUpdate update, out _));
        Assert.Equal((7u, 1_502_500ul, OuchDisplay.Visible, 0xABCDF1ul), (update.UserRefNum, update.Price, update.Display, update.OrderReferenceNumber));
        OrderPriorityUpdate same = new()
        {
            TimestampNs = HalfPastNineNs,
            UserRefNum = 7,
            Price = 1_502_500,
            Display = (byte)'Y',
            OrderReferenceNumber = 0xABCDF1,
        };
        AssertWritten(OuchGolden.OrderPriorityUpdate, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_order_modified_and_restated()
    {
        Assert.True(OrderModified.TryRead(OuchGolden.OrderModified, out OrderModified modified, out _));
        Assert.Equal((7u, OuchSide.SellShortExempt, 50u), (modified.UserRefNum, modified.Side, modified.QuantityShares));
        Assert.True(OrderRestated.TryRead(OuchGolden.OrderRestated, out OrderRestated restated, out Appendage appendage));
        Assert.Equal((7u, (byte)'R'), (restated.UserRefNum, restated.Reason));
        Assert.True(appendage.TryFind(AppendageTag.DisplayQuantity, out _));
        OrderModified sameModified = new() { TimestampNs = HalfPastNineNs, UserRefNum = 7, Side = (byte)'E', QuantityShares = 50 };
        AssertWritten(OuchGolden.OrderModified, sameModified.Write(_written));
        OrderRestated sameRestated = new() { TimestampNs = HalfPastNineNs, UserRefNum = 7, Reason = (byte)'R' };
        AssertWritten(OuchGolden.OrderRestated, sameRestated.Write(_written, appendage.Elements));
    }

    [Fact]
    public void should_read_and_write_mass_cancel_response()
    {
        Assert.True(MassCancelResponse.TryRead(OuchGolden.MassCancelResponse, out MassCancelResponse response, out _));
        Assert.Equal((10u, FirmMmkr, EverySymbol), (response.UserRefNum, response.Firm, response.Symbol));
        MassCancelResponse same = new() { TimestampNs = HalfPastNineNs, UserRefNum = 10, Firm = FirmMmkr, Symbol = EverySymbol };
        AssertWritten(OuchGolden.MassCancelResponse, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_disable_and_enable_order_entry_responses()
    {
        Assert.True(DisableOrderEntryResponse.TryRead(OuchGolden.DisableOrderEntryResponse, out DisableOrderEntryResponse disabled, out _));
        Assert.True(EnableOrderEntryResponse.TryRead(OuchGolden.EnableOrderEntryResponse, out EnableOrderEntryResponse enabled, out _));
        Assert.Equal((11u, FirmMmkr, 12u, FirmMmkr), (disabled.UserRefNum, disabled.Firm, enabled.UserRefNum, enabled.Firm));
        AssertWritten(OuchGolden.DisableOrderEntryResponse, disabled.Write(_written));
        AssertWritten(OuchGolden.EnableOrderEntryResponse, enabled.Write(_written));
    }

    [Fact]
    public void should_read_and_write_account_query_response()
    {
        Assert.True(AccountQueryResponse.TryRead(OuchGolden.AccountQueryResponse, out AccountQueryResponse response, out _));
        Assert.Equal(13u, response.NextUserRefNum);
        AccountQueryResponse same = new() { TimestampNs = HalfPastNineNs, NextUserRefNum = 13 };
        AssertWritten(OuchGolden.AccountQueryResponse, same.Write(_written));
    }

    private static ClOrdId Text(string text)
    {
        Assert.True(ClOrdId.TryCreate(System.Text.Encoding.ASCII.GetBytes(text), out ClOrdId value));
        return value;
    }

    private void AssertWritten(byte[] golden, int bytes) => Assert.Equal(golden, _written[..bytes]);
}
