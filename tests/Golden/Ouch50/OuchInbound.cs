using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Golden.Ouch50;

public sealed class OuchInbound
{
    private const uint FirmMmkr = 0x4D4D4B52; // 'MMKR'
    private static readonly Symbol Aapl = Symbol.Parse("AAPL");
    private static readonly Symbol EverySymbol = new(0x2020202020202020);
    private readonly byte[] _written = new byte[128];

    [Fact]
    public void should_read_and_write_enter_order()
    {
        Assert.True(EnterOrder.TryRead(OuchGolden.EnterOrder, out EnterOrder order, out Appendage appendage));
        Assert.True(appendage.IsEmpty);
        Assert.Equal(7u, order.UserRefNum);
        Assert.Equal(OuchSide.Buy, order.Side);
        Assert.Equal(100u, order.QuantityShares);
        Assert.Equal(Aapl, order.Symbol);
        Assert.Equal(1_502_500ul, order.Price);
        Assert.Equal(OuchTimeInForce.ImmediateOrCancel, order.TimeInForce);
        Assert.Equal(OuchDisplay.Hidden, order.Display);
        Assert.Equal(OuchCapacity.Principal, order.Capacity);
        Assert.Equal((byte)'N', order.Iso);
        Assert.Equal(OuchCrossType.Continuous, order.CrossType);
        Assert.Equal("MM01", order.ClOrdId.ToString());
        AssertWritten(OuchGolden.EnterOrder, NewOrder().Write(_written));
    }

    [Fact]
    public void should_read_and_write_the_elements_of_an_appendage()
    {
        Assert.True(EnterOrder.TryRead(OuchGolden.EnterOrderTagged, out _, out Appendage appendage));
        List<(AppendageTag, int)> tags = [];
        foreach (AppendageElement element in appendage) tags.Add((element.Tag, element.Value.Length));
        Assert.Equal([(AppendageTag.MinQuantity, 4), (AppendageTag.PostOnly, 1)], tags);
        Assert.True(appendage.TryFind(AppendageTag.MinQuantity, out ReadOnlySpan<byte> value));
        Assert.Equal([0, 0, 0, 100], value.ToArray());
        Assert.False(appendage.TryFind(AppendageTag.GroupId, out _));

        AppendageWriter writer = new(stackalloc byte[16]);
        Assert.True(writer.TryAdd(AppendageTag.MinQuantity, 100u));
        Assert.True(writer.TryAdd(AppendageTag.PostOnly, (byte)'N'));
        AssertWritten(OuchGolden.EnterOrderTagged, NewOrder().Write(_written, writer.Elements));
    }

    [Fact]
    public void should_write_an_order_from_a_template_byte_for_byte()
    {
        EnterOrder common = NewOrder() with { UserRefNum = 0, Side = 0, QuantityShares = 0, Symbol = default, Price = 0 };
        new EnterOrderTemplate(common).Write(_written, 7, OuchSide.Buy, 100, Aapl, 1_502_500);
        AssertWritten(OuchGolden.EnterOrder, EnterOrder.Length);
    }

    [Fact]
    public void should_read_and_write_replace()
    {
        Assert.True(ReplaceOrder.TryRead(OuchGolden.ReplaceOrder, out ReplaceOrder replace, out _));
        Assert.Equal((7u, 8u, 500u, 10_000ul), (replace.OrigUserRefNum, replace.UserRefNum, replace.QuantityShares, replace.Price));
        Assert.Equal((OuchTimeInForce.Day, OuchDisplay.Visible, (byte)'N'), (replace.TimeInForce, replace.Display, replace.Iso));
        Assert.Equal("REPLACED", replace.ClOrdId.ToString());
        ReplaceOrder same = new()
        {
            OrigUserRefNum = 7,
            UserRefNum = 8,
            QuantityShares = 500,
            Price = 10_000,
            TimeInForce = (byte)'0',
            Display = (byte)'Y',
            Iso = (byte)'N',
            ClOrdId = Text("REPLACED"),
        };
        AssertWritten(OuchGolden.ReplaceOrder, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_cancel_with_and_without_an_appendage()
    {
        Assert.True(CancelOrder.TryRead(OuchGolden.CancelOrder, out CancelOrder cancel, out Appendage none));
        Assert.Equal((7u, 0u, true), (cancel.UserRefNum, cancel.QuantityShares, none.IsEmpty));
        Assert.True(CancelOrder.TryRead(OuchGolden.CancelOrderTagged, out _, out Appendage tagged));
        Assert.True(tagged.TryFind(AppendageTag.UserRefIdx, out ReadOnlySpan<byte> index) && index[0] == 1);
        AssertWritten(OuchGolden.CancelOrder, new CancelOrder { UserRefNum = 7 }.Write(_written));
        AssertWritten(OuchGolden.CancelOrderTagged, new CancelOrder { UserRefNum = 7 }.Write(_written, tagged.Elements));
    }

    [Fact]
    public void should_read_and_write_modify()
    {
        Assert.True(ModifyOrder.TryRead(OuchGolden.ModifyOrder, out ModifyOrder modify, out _));
        Assert.Equal((7u, OuchSide.SellShortExempt, 50u), (modify.UserRefNum, modify.Side, modify.QuantityShares));
        AssertWritten(OuchGolden.ModifyOrder, new ModifyOrder { UserRefNum = 7, Side = (byte)'E', QuantityShares = 50 }.Write(_written));
    }

    [Fact]
    public void should_read_and_write_mass_cancel()
    {
        Assert.True(MassCancel.TryRead(OuchGolden.MassCancel, out MassCancel cancel, out _));
        Assert.Equal((10u, FirmMmkr, EverySymbol), (cancel.UserRefNum, cancel.Firm, cancel.Symbol));
        MassCancel same = new() { UserRefNum = 10, Firm = FirmMmkr, Symbol = EverySymbol };
        AssertWritten(OuchGolden.MassCancel, same.Write(_written));
    }

    [Fact]
    public void should_read_and_write_disable_and_enable_order_entry()
    {
        Assert.True(DisableOrderEntry.TryRead(OuchGolden.DisableOrderEntry, out DisableOrderEntry disable, out _));
        Assert.Equal((11u, FirmMmkr), (disable.UserRefNum, disable.Firm));
        Assert.True(EnableOrderEntry.TryRead(OuchGolden.EnableOrderEntry, out EnableOrderEntry enable, out _));
        Assert.Equal((12u, FirmMmkr), (enable.UserRefNum, enable.Firm));
        AssertWritten(OuchGolden.DisableOrderEntry, new DisableOrderEntry { UserRefNum = 11, Firm = FirmMmkr }.Write(_written));
        AssertWritten(OuchGolden.EnableOrderEntry, new EnableOrderEntry { UserRefNum = 12, Firm = FirmMmkr }.Write(_written));
    }

    [Fact]
    public void should_read_and_write_account_query()
    {
        Assert.True(AccountQuery.TryRead(OuchGolden.AccountQuery, out _, out _));
        Assert.True(AccountQuery.TryRead(OuchGolden.AccountQueryEmptyAppendage, out _, out _));
        AssertWritten(OuchGolden.AccountQuery, default(AccountQuery).Write(_written));
    }

    private static EnterOrder NewOrder() => new()
    {
        UserRefNum = 7,
        Side = (byte)'B',
        QuantityShares = 100,
        Symbol = Aapl,
        Price = 1_502_500,
        TimeInForce = (byte)'3',
        Display = (byte)'N',
        Capacity = (byte)'P',
        Iso = (byte)'N',
        CrossType = (byte)'N',
        ClOrdId = Text("MM01"),
    };

    private static ClOrdId Text(string text)
    {
        Assert.True(ClOrdId.TryCreate(System.Text.Encoding.ASCII.GetBytes(text), out ClOrdId value));
        return value;
    }

    private void AssertWritten(byte[] golden, int bytes) => Assert.Equal(golden, _written[..bytes]);
}
