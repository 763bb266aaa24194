using System.Text;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Golden.MoldUdp64;

public class MoldLayoutSpecs
{
    private static readonly MoldSession Session = Parse("SESSION001");

    [Fact]
    public void should_read_the_packet_the_document_prints()
    {
        Assert.True(MoldPacket.TryRead(GoldenMold.Data, out MoldHeader header, out MoldBlocks blocks));
        Assert.Equal(new MoldHeader(Session, 5, 2), header);
        Assert.True(blocks.TryNext(out ReadOnlySpan<byte> first));
        Assert.Equal("abc", Encoding.ASCII.GetString(first));
        Assert.True(blocks.TryNext(out ReadOnlySpan<byte> second));
        Assert.Equal(0, second.Length);
        Assert.False(blocks.TryNext(out _));
    }

    [Fact]
    public void should_build_the_packet_the_document_prints()
    {
        MoldPacketBuilder builder = new(Session, firstSequence: 5);
        Assert.True(builder.TryAdd("abc"u8));
        Assert.True(builder.TryAdd(""u8));
        Assert.Equal(GoldenMold.Data, builder.Finish().ToArray());
        Assert.Equal(GoldenMold.Heartbeat, builder.Heartbeat().ToArray());
        Assert.Equal(GoldenMold.EndOfSession, builder.EndOfSession().ToArray());
    }

    [Fact]
    public void should_write_a_request_as_a_header()
    {
        byte[] request = new byte[MoldHeader.Length];
        new MoldHeader(Session, 5, 2).Write(request);
        Assert.Equal(GoldenMold.Request, request);
    }

    [Fact]
    public void should_answer_the_request_with_the_packet_the_document_prints()
    {
        MoldMessageStore store = new(capacity: 4, messageBytesMax: 8, firstSequence: 5);
        store.TryAdd("abc"u8);
        store.TryAdd(""u8);
        Assert.Equal(GoldenMold.Data, new MoldRequestServer(Session, store).Answer(GoldenMold.Request).ToArray());
    }

    [Fact]
    public void should_read_count_zero_as_heartbeat_and_ffff_as_end_of_session_without_blocks()
    {
        Assert.True(MoldPacket.TryRead(GoldenMold.Heartbeat, out MoldHeader heartbeat, out _));
        Assert.Equal(MoldHeader.Heartbeat, heartbeat.MessageCount);
        Assert.Equal(7UL, heartbeat.SequenceNumber);
        Assert.True(MoldPacket.TryRead(GoldenMold.EndOfSession, out MoldHeader end, out MoldBlocks blocks));
        Assert.Equal(MoldHeader.EndOfSession, end.MessageCount);
        Assert.Equal(0, end.BlockCount);
        Assert.False(blocks.TryNext(out _));
    }

    [Fact]
    public void should_refuse_every_packet_cut_short_or_with_anything_behind_its_end()
    {
        foreach (byte[] golden in GoldenMold.All)
        {
            for (int length = 0; length < golden.Length; length++)
            {
                Assert.False(MoldPacket.TryRead(golden.AsSpan(0, length), out _, out _), $"{length} of {golden.Length} bytes");
            }

            Assert.False(MoldPacket.TryRead([.. golden, 0], out _, out _));
        }
    }

    [Fact]
    public void should_never_read_past_a_packet_with_any_single_byte_changed()
    {
        foreach (byte[] golden in GoldenMold.All)
        {
            for (int at = 0; at < golden.Length; at++)
            {
                for (int value = 0; value < 256; value++)
                {
                    byte[] mutated = [.. golden];
                    mutated[at] = (byte)value;
                    if (!MoldPacket.TryRead(mutated, out MoldHeader header, out MoldBlocks blocks)) continue;
                    int bytes = MoldHeader.Length;
                    int messages = 0;
                    for (; blocks.TryNext(out ReadOnlySpan<byte> message); messages++)
                    {
                        bytes += MoldPacket.BlockLengthBytes + message.Length;
                    }

                    Assert.Equal(header.BlockCount, messages);
                    Assert.Equal(mutated.Length, bytes);
                }
            }
        }
    }

    private static MoldSession Parse(string text) =>
        MoldSession.TryParse(text, out MoldSession session) ? session : throw new FormatException(text);
}
