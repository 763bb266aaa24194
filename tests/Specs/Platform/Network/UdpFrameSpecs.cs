using System.Buffers.Binary;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Platform.Network;

/// <summary>Frames byte by byte: Ethernet II, IPv4 (RFC 791), UDP (RFC 768).</summary>
public sealed class UdpFrameSpecs
{
    // 10.0.0.1:9 to 10.0.0.2:26400, payload "offer".
    private static byte[] Good() => Convert.FromHexString(
        "020000000002" + "020000000001" + "0800" + "4500002100000000401166CA0A0000010A000002" + "00096720000D0000" + "6F66666572");

    [Fact]
    public void should_show_the_payload_of_a_datagram()
    {
        Assert.Equal("offer"u8.ToArray(), UdpFrame.Payload(Good()).ToArray());
        Assert.Equal("offer"u8.ToArray(), UdpFrame.Payload([.. Good(), 0, 0, 0]).ToArray());
    }

    [Fact]
    public void should_show_nothing_of_a_frame_cut_off_anywhere()
    {
        byte[] good = Good();
        for (int length = 0; length < good.Length; length++)
        {
            Assert.True(UdpFrame.Payload(good.AsSpan(0, length)).IsEmpty, $"{length} bytes");
            if (length < UdpFrame.HeaderBytes) Assert.False(UdpFrame.IsFrom(good.AsSpan(0, length), 0x0100000A, 0) || UdpFrame.IsTo(good.AsSpan(0, length), 0, 0x2067));
        }
    }

    [Theory]
    [InlineData(12, 0x81)]
    [InlineData(14, 0x46)]
    [InlineData(14, 0x44)]
    [InlineData(20, 0x20)]
    [InlineData(21, 0x01)]
    [InlineData(23, 0x06)]
    [InlineData(38, 0x01)]
    [InlineData(39, 0x07)]
    [InlineData(16, 0x01)]
    [InlineData(17, 0x13)]
    public void should_show_nothing_when_it_is_no_plain_datagram_or_its_lengths_disagree(int at, byte value)
    {
        byte[] frame = Good();
        frame[at] = value;
        Assert.True(UdpFrame.Payload(frame).IsEmpty);
    }

    [Fact]
    public void should_never_show_more_than_the_frame_whatever_its_bytes_say()
    {
        Random random = new(20260101);
        byte[] frame = Good();
        for (int i = 0; i < 20_000; i++)
        {
            Good().CopyTo(frame, 0);
            for (int change = random.Next(4); change >= 0; change--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            ReadOnlySpan<byte> payload = UdpFrame.Payload(frame.AsSpan(0, random.Next(frame.Length + 1)));
            Assert.True(payload.Length <= frame.Length - UdpFrame.HeaderBytes);
        }
    }

    [Fact]
    public void should_know_sender_and_receiver_by_address_and_port()
    {
        Assert.True(UdpFrame.IsFrom(Good(), 0x0100000A, 0));
        Assert.True(UdpFrame.IsFrom(Good(), 0x0100000A, 0x0900));
        Assert.False(UdpFrame.IsFrom(Good(), 0x0100000A, 0x0A00));
        Assert.False(UdpFrame.IsFrom(Good(), 0x0200000A, 0));
        Assert.True(UdpFrame.IsTo(Good(), 0, 0x2067));
        Assert.True(UdpFrame.IsTo(Good(), 0x0200000A, 0x2067));
        Assert.False(UdpFrame.IsTo(Good(), 0x0300000A, 0x2067));
        Assert.False(UdpFrame.IsTo(Good(), 0, 0x2068));
    }

    [Fact]
    public void should_answer_with_addresses_exchanged_and_a_true_header_checksum()
    {
        byte[] answer = new byte[100];
        int bytes = UdpFrame.Answer(Good(), "yes, gladly"u8, answer);
        Assert.Equal(UdpFrame.HeaderBytes + 11, bytes);
        Assert.Equal("yes, gladly"u8.ToArray(), UdpFrame.Payload(answer.AsSpan(0, bytes)).ToArray());
        Assert.True(UdpFrame.IsFrom(answer, 0x0200000A, 0x2067));
        Assert.True(UdpFrame.IsTo(answer, 0x0100000A, 0x0900));
        Assert.Equal(Convert.FromHexString("020000000001" + "020000000002"), answer[..12]);
        uint sum = 0;
        for (int i = 14; i < 34; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(i));
        Assert.Equal(0xFFFFu, (sum & 0xFFFF) + (sum >> 16));
        Assert.Equal(0, UdpFrame.Answer(Good(), "too long for its room"u8, answer.AsSpan(0, 50)));
    }
}
