using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Protocols.MoldUdp64;

public class MoldSenderSpecs
{
    private static readonly MoldSession Session = MoldLine.Session();

    [Fact]
    public void should_begin_a_new_packet_when_a_message_does_not_fit()
    {
        MoldPacketBuilder builder = new(Session, packetBytesMax: 20 + 2 * (2 + 4));
        Assert.True(builder.TryAdd("aaaa"u8));
        Assert.True(builder.TryAdd("bbbb"u8));
        Assert.False(builder.TryAdd("c"u8));
        Assert.Equal(32, builder.Finish().Length);
        Assert.True(builder.TryAdd("c"u8));
        Assert.True(MoldHeader.TryRead(builder.Finish(), out MoldHeader header));
        Assert.Equal(new MoldHeader(Session, 3, 1), header);
    }

    [Fact]
    public void should_send_nothing_when_no_message_was_added() =>
        Assert.True(new MoldPacketBuilder(Session).Finish().IsEmpty);

    [Fact]
    public void should_announce_no_number_that_was_not_sent_yet()
    {
        MoldPacketBuilder builder = new(Session);
        builder.TryAdd("a"u8);
        Assert.True(builder.Heartbeat().IsEmpty);
        builder.Finish();
        Assert.False(builder.Heartbeat().IsEmpty);
    }

    [Fact]
    public void should_keep_the_last_messages_and_let_the_oldest_go()
    {
        MoldMessageStore store = new(capacity: 4, messageBytesMax: 1);
        for (byte i = 1; i <= 6; i++) Assert.True(store.TryAdd([i]));
        Assert.Equal(3UL, store.FirstSequence);
        Assert.False(store.TryGet(2, out _));
        for (ulong sequence = 3; sequence <= 6; sequence++)
        {
            Assert.True(store.TryGet(sequence, out ReadOnlySpan<byte> message));
            Assert.Equal(sequence, message[0]);
        }

        Assert.False(store.TryGet(7, out _));
    }

    [Fact]
    public void should_refuse_to_keep_a_message_longer_than_a_slot()
    {
        MoldMessageStore store = new(capacity: 2, messageBytesMax: 3);
        Assert.False(store.TryAdd("abcd"u8));
        Assert.Equal(1UL, store.NextSequence);
    }

    [Fact]
    public void should_answer_with_as_many_whole_messages_as_fit_one_packet()
    {
        MoldRequestServer server = ServerWithTenMessages(packetBytesMax: 20 + 3 * (2 + 4) + 5);
        Assert.Equal(new MoldHeader(Session, 4, 3), HeaderOf(server.Answer(Request(4, 7))));
    }

    [Fact]
    public void should_answer_with_no_more_than_was_asked_for_or_is_there()
    {
        MoldRequestServer server = ServerWithTenMessages();
        Assert.Equal(new MoldHeader(Session, 4, 2), HeaderOf(server.Answer(Request(4, 2))));
        Assert.Equal(new MoldHeader(Session, 9, 2), HeaderOf(server.Answer(Request(9, 50))));
    }

    [Theory]
    [InlineData(11UL, 1, MoldLine.SessionName)]
    [InlineData(0UL, 5, MoldLine.SessionName)]
    [InlineData(ulong.MaxValue, 5, MoldLine.SessionName)]
    [InlineData(1UL, 0, MoldLine.SessionName)]
    [InlineData(1UL, 1, "OTHER")]
    public void should_stay_silent_on_a_request_it_cannot_serve(ulong first, int count, string session) =>
        Assert.True(ServerWithTenMessages().Answer(Request(first, count, session)).IsEmpty);

    [Fact]
    public void should_stay_silent_on_a_request_of_the_wrong_length()
    {
        Assert.True(ServerWithTenMessages().Answer(Request(1, 1).AsSpan(..19)).IsEmpty);
        Assert.True(ServerWithTenMessages().Answer([.. Request(1, 1), 0]).IsEmpty);
    }

    private static MoldRequestServer ServerWithTenMessages(int packetBytesMax = MoldPacketBuilder.PacketBytesDefault)
    {
        MoldMessageStore store = new(capacity: 16, messageBytesMax: 4);
        for (int i = 0; i < 10; i++) store.TryAdd("abcd"u8);
        return new MoldRequestServer(Session, store, packetBytesMax);
    }

    private static byte[] Request(ulong first, int count, string session = MoldLine.SessionName)
    {
        byte[] request = new byte[MoldHeader.Length];
        new MoldHeader(MoldLine.Session(session), first, (ushort)count).Write(request);
        return request;
    }

    private static MoldHeader HeaderOf(ReadOnlySpan<byte> packet)
    {
        Assert.True(MoldPacket.TryRead(packet, out MoldHeader header, out _));
        return header;
    }
}
