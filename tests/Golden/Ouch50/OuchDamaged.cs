using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Golden.Ouch50;

public sealed class OuchDamaged
{
    [Fact]
    public void should_know_every_golden_message_by_exactly_its_own_types()
    {
        foreach (byte[] message in OuchGolden.Inbound) Assert.Equal(1, InboundReaders(message));
        foreach (byte[] message in OuchGolden.Outbound) Assert.Equal(1, OutboundReaders(message));
    }

    [Fact]
    public void should_refuse_every_truncation_but_the_one_before_an_optional_appendage()
    {
        foreach (byte[] message in OuchGolden.Inbound)
            for (int length = 0; length < message.Length; length++)
            {
                bool endsBeforeOptionalAppendage =
                    (message == OuchGolden.CancelOrderTagged && length == CancelOrder.Length) ||
                    (message == OuchGolden.AccountQueryEmptyAppendage && length == AccountQuery.Length);
                Assert.Equal(endsBeforeOptionalAppendage ? 1 : 0, InboundReaders(message.AsSpan(0, length)));
            }

        foreach (byte[] message in OuchGolden.Outbound)
            for (int length = 0; length < message.Length; length++)
                Assert.Equal(0, OutboundReaders(message.AsSpan(0, length)));
    }

    [Fact]
    public void should_refuse_a_message_that_is_a_byte_too_long()
    {
        foreach (byte[] message in OuchGolden.Inbound) Assert.Equal(0, InboundReaders([.. message, 0]));
        foreach (byte[] message in OuchGolden.Outbound) Assert.Equal(0, OutboundReaders([.. message, 0]));
    }

    [Fact]
    public void should_survive_every_single_byte_mutation_and_keep_every_element_inside_the_message()
    {
        foreach (byte[] message in (byte[][])[.. OuchGolden.Inbound, .. OuchGolden.Outbound])
        {
            byte[] mutated = [.. message];
            for (int at = 0; at < message.Length; at++)
            {
                for (int value = 0; value <= byte.MaxValue; value++)
                {
                    mutated[at] = (byte)value;
                    InboundReaders(mutated);
                    OutboundReaders(mutated);
                }

                mutated[at] = message[at];
            }
        }
    }

    [Theory]
    [InlineData("0001 00", false)]            // an element without a tag
    [InlineData("0002 02 0C", false)]         // an element that runs over the end
    [InlineData("0003 02 0C 'N'", true)]
    [InlineData("0004 03 0C 'NN'", false)]    // a known tag of another size
    [InlineData("0004 03 C8 'NN'", true)]     // an unknown tag
    [InlineData("0002 01 C8", true)]          // an unknown tag without a value
    [InlineData("0004 02 0C 'N'", false)]     // the total is longer than what follows
    [InlineData("0002 02 0C 'N'", false)]     // the total is shorter than what follows
    [InlineData("0000", true)]
    [InlineData("00", false)]
    [InlineData("", false)]
    public void should_check_every_length_of_an_appendage(string tail, bool legal) =>
        Assert.Equal(legal, Appendage.TryOpen(WireText.Bytes(tail), out _));

    [Fact]
    public void should_write_nothing_when_a_message_does_not_fit()
    {
        Assert.Equal(0, default(EnterOrder).Write(new byte[EnterOrder.Length - 1]));
        Assert.Equal(0, default(Canceled).Write(new byte[Canceled.Length - 1]));
        Assert.Equal(0, default(Canceled).Write(new byte[Canceled.Length + 4], [2, 28, 1]));
    }

    private static int InboundReaders(ReadOnlySpan<byte> message)
    {
        int readers = 0;
        Walk(EnterOrder.TryRead(message, out _, out Appendage a), a, ref readers);
        Walk(ReplaceOrder.TryRead(message, out _, out a), a, ref readers);
        Walk(CancelOrder.TryRead(message, out _, out a), a, ref readers);
        Walk(ModifyOrder.TryRead(message, out _, out a), a, ref readers);
        Walk(MassCancel.TryRead(message, out _, out a), a, ref readers);
        Walk(DisableOrderEntry.TryRead(message, out _, out a), a, ref readers);
        Walk(EnableOrderEntry.TryRead(message, out _, out a), a, ref readers);
        Walk(AccountQuery.TryRead(message, out _, out a), a, ref readers);
        return readers;
    }

    private static int OutboundReaders(ReadOnlySpan<byte> message)
    {
        int readers = 0;
        Walk(SystemEvent.TryRead(message, out _, out Appendage a), a, ref readers);
        Walk(Accepted.TryRead(message, out _, out a), a, ref readers);
        Walk(Replaced.TryRead(message, out _, out a), a, ref readers);
        Walk(Canceled.TryRead(message, out _, out a), a, ref readers);
        Walk(AiqCanceled.TryRead(message, out _, out a), a, ref readers);
        Walk(Executed.TryRead(message, out _, out a), a, ref readers);
        Walk(BrokenTrade.TryRead(message, out _, out a), a, ref readers);
        Walk(Rejected.TryRead(message, out _, out a), a, ref readers);
        Walk(CancelPending.TryRead(message, out _, out a), a, ref readers);
        Walk(CancelReject.TryRead(message, out _, out a), a, ref readers);
        Walk(OrderPriorityUpdate.TryRead(message, out _, out a), a, ref readers);
        Walk(OrderModified.TryRead(message, out _, out a), a, ref readers);
        Walk(OrderRestated.TryRead(message, out _, out a), a, ref readers);
        Walk(MassCancelResponse.TryRead(message, out _, out a), a, ref readers);
        Walk(DisableOrderEntryResponse.TryRead(message, out _, out a), a, ref readers);
        Walk(EnableOrderEntryResponse.TryRead(message, out _, out a), a, ref readers);
        Walk(AccountQueryResponse.TryRead(message, out _, out a), a, ref readers);
        return readers;
    }

    private static void Walk(bool read, Appendage appendage, ref int readers)
    {
        if (!read) return;
        readers++;
        int bytes = 0;
        foreach (AppendageElement element in appendage) bytes += 2 + element.Value.Length;
        Assert.Equal(appendage.Elements.Length, bytes);
    }
}
