using MarketMaker.Contracts;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Tests.Golden.Itch50;

public class ItchLayoutSpecs
{
    private static readonly Symbol Aapl = Contracts.Symbol.Parse("AAPL");
    private static readonly Symbol Zvzzt = Contracts.Symbol.Parse("ZVZZT");

    [Fact]
    public void should_read_and_write_every_message_as_the_document_lays_it_out()
    {
        Same(GoldenItch.SystemEvent, new SystemEvent(GoldenItch.HeaderValue, (byte)'Q'));
        Same(GoldenItch.StockDirectory, new StockDirectory(
            GoldenItch.HeaderValue, Aapl, (byte)'Q', (byte)'N', 100, (byte)'Y', (byte)'C', 'Z' << 8 | ' ', (byte)'P', (byte)'N', (byte)' ',
            (byte)'1', (byte)'Y', 3, (byte)'N'));
        Same(GoldenItch.TradingAction, new TradingAction(GoldenItch.HeaderValue, Aapl, (byte)'H', (byte)' ', Alpha4.Of("T1")));
        Same(GoldenItch.RegShoRestriction, new RegShoRestriction(GoldenItch.HeaderValue, Aapl, (byte)'1'));
        Same(GoldenItch.ParticipantPosition, new ParticipantPosition(
            GoldenItch.HeaderValue, Alpha4.Of("MPID"), Zvzzt, (byte)'Y', (byte)'N', (byte)'A'));
        Same(GoldenItch.MwcbDeclineLevel, new MwcbDeclineLevel(GoldenItch.HeaderValue, 429_496_729_601, 343_597_383_682, 257_698_037_763));
        Same(GoldenItch.MwcbStatus, new MwcbStatus(GoldenItch.HeaderValue, (byte)'2'));
        Same(GoldenItch.QuotingPeriodUpdate, new QuotingPeriodUpdate(GoldenItch.HeaderValue, Zvzzt, 34_200, (byte)'A', 100_001));
        Same(GoldenItch.LuldCollar, new LuldCollar(GoldenItch.HeaderValue, Aapl, 1_000_000, 1_050_000, 950_000, 2));
        Same(GoldenItch.OperationalHalt, new OperationalHalt(GoldenItch.HeaderValue, Aapl, (byte)'B', (byte)'H'));
        Same(GoldenItch.AddOrder, new AddOrder(GoldenItch.HeaderValue, 0x1122334455667788, Side.Buy, 300, Aapl, 1_615_076));
        Same(GoldenItch.AddOrderAttributed, new AddOrderAttributed(
            GoldenItch.HeaderValue, 0x1122334455667789, Side.Sell, 1, Zvzzt, 2_000_000_000, Alpha4.Of("NSDQ")));
        Same(GoldenItch.OrderExecuted, new OrderExecuted(GoldenItch.HeaderValue, 0x1122334455667788, 100, 987_654));
        Same(GoldenItch.OrderExecutedWithPrice, new OrderExecutedWithPrice(
            GoldenItch.HeaderValue, 0x1122334455667788, 101, 987_655, (byte)'N', 1_615_077));
        Same(GoldenItch.OrderCancel, new OrderCancel(GoldenItch.HeaderValue, 0x1122334455667788, 50));
        Same(GoldenItch.OrderDelete, new OrderDelete(GoldenItch.HeaderValue, 0x1122334455667788));
        Same(GoldenItch.OrderReplace, new OrderReplace(GoldenItch.HeaderValue, 0x1122334455667788, 0x1122334455667799, 200, 1_615_078));
        Same(GoldenItch.Trade, new Trade(GoldenItch.HeaderValue, 0, Side.Buy, 7, Aapl, 1_615_079, 987_656));
        Same(GoldenItch.CrossTrade, new CrossTrade(GoldenItch.HeaderValue, 4_294_967_306, Aapl, 1_615_080, 987_657, (byte)'O'));
        Same(GoldenItch.BrokenTrade, new BrokenTrade(GoldenItch.HeaderValue, 987_658));
        Same(GoldenItch.OrderImbalance, new OrderImbalance(
            GoldenItch.HeaderValue, 4_294_967_297, 8_589_934_594, (byte)'S', Aapl, 1_615_081, 1_615_082, 1_615_083, (byte)'C', (byte)'L'));
        Same(GoldenItch.RetailInterest, new RetailInterest(GoldenItch.HeaderValue, Aapl, (byte)'A'));
        Same(GoldenItch.DirectListing, new DirectListing(
            GoldenItch.HeaderValue, Zvzzt, (byte)'Y', 100_000, 200_000, 150_000, 34_200_000_000_002, 100_001, 199_999));
    }

    // Section "Lengths" of the document.
    [Theory]
    [InlineData('S', 12)]
    [InlineData('R', 39)]
    [InlineData('H', 25)]
    [InlineData('Y', 20)]
    [InlineData('L', 26)]
    [InlineData('V', 35)]
    [InlineData('W', 12)]
    [InlineData('K', 28)]
    [InlineData('J', 35)]
    [InlineData('h', 21)]
    [InlineData('A', 36)]
    [InlineData('F', 40)]
    [InlineData('E', 31)]
    [InlineData('C', 36)]
    [InlineData('X', 23)]
    [InlineData('D', 19)]
    [InlineData('U', 35)]
    [InlineData('P', 44)]
    [InlineData('Q', 40)]
    [InlineData('B', 19)]
    [InlineData('I', 50)]
    [InlineData('N', 20)]
    [InlineData('O', 48)]
    public void should_know_the_length_of_every_message(char letter, int length)
    {
        Assert.Equal(length, ItchLengths.Of((byte)letter));
        Assert.Single(GoldenItch.All, golden => golden[0] == letter && golden.Length == length);
    }

    [Fact]
    public void should_know_no_other_letters() =>
        Assert.Equal(23, Enumerable.Range(0, 256).Count(letter => ItchLengths.Of((byte)letter) > 0));

    [Fact]
    public void should_read_a_message_only_as_what_it_is()
    {
        Assert.False(ItchCodec.TryRead(GoldenItch.AddOrder, out OrderExecutedWithPrice _), "same length, other letter");
        Assert.False(ItchCodec.TryRead(GoldenItch.AddOrderAttributed, out AddOrder _), "other letter, other length");
        Assert.False(ItchCodec.TryRead(GoldenItch.AddOrder.AsSpan(..35), out AddOrder _), "cut short");
        Assert.False(ItchCodec.TryRead((byte[])[.. GoldenItch.AddOrder, 0], out AddOrder _), "one byte too many");
        Assert.False(ItchCodec.TryRead([], out AddOrder _), "nothing at all");
    }

    [Fact]
    public void should_refuse_to_write_where_there_is_no_room() =>
        Assert.Equal(0, ItchCodec.TryWrite(new BrokenTrade(GoldenItch.HeaderValue, 1), new byte[18]));

    private static void Same<T>(byte[] golden, T expected)
        where T : struct, IItchMessage<T>
    {
        Assert.True(ItchCodec.TryRead(golden, out T read), $"{typeof(T).Name} is not read");
        Assert.Equal(expected, read);
        byte[] written = new byte[ItchLengths.Max];
        int length = ItchCodec.TryWrite(expected, written);
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(written.AsSpan(..length)));
    }
}
