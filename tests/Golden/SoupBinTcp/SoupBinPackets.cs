using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Golden.SoupBinTcp;

public sealed class SoupBinPackets
{
    private static readonly SessionId Day001 = Session("DAY001");

    [Fact]
    public void should_read_the_login_request_of_the_document()
    {
        Assert.True(SoupBinLoginRequest.TryRead(Payload(SoupBinGolden.LoginRequest, 'L'), out SoupBinLoginRequest login));
        Assert.Equal("USER", Encoding.ASCII.GetString(login.Username));
        Assert.Equal("PASS", Encoding.ASCII.GetString(login.Password));
        Assert.True(login.Session.IsNone);
        Assert.Equal(1, login.RequestedSequence);
        Assert.Equal(0, login.HeartbeatTimeoutMs);
        Assert.True(login.Matches("user"u8, "pass"u8));
        Assert.False(login.Matches("user"u8, "pas"u8));
    }

    [Fact]
    public void should_read_the_longer_login_request_of_4_10()
    {
        Assert.True(SoupBinLoginRequest.TryRead(Payload(SoupBinGolden.LoginRequest410, 'L'), out SoupBinLoginRequest login));
        Assert.Equal(Day001, login.Session);
        Assert.Equal(917, login.RequestedSequence);
        Assert.Equal(2500, login.HeartbeatTimeoutMs);
        Assert.True(login.Matches("TRADER"u8, "SECRET1234"u8));
    }

    [Fact]
    public void should_accept_a_login_request_padded_on_the_other_side()
    {
        Assert.True(SoupBinLoginRequest.TryRead(Payload(SoupBinGolden.LoginRequestLeft, 'L'), out SoupBinLoginRequest login));
        Assert.Equal(Day001, login.Session);
        Assert.Equal(917, login.RequestedSequence);
    }

    [Fact]
    public void should_write_the_login_requests_byte_for_byte()
    {
        Assert.Equal(SoupBinGolden.LoginRequest, Written(q => SoupBinLoginRequest.TryWrite(q, "USER"u8, "PASS"u8, default, 1)));
        Assert.Equal(SoupBinGolden.LoginRequest410, Written(q =>
            SoupBinLoginRequest.TryWrite(q, "trader"u8, "secret1234"u8, Day001, 917, heartbeatTimeoutMs: 2500)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_read_login_accepted_with_either_padding(bool left)
    {
        byte[] packet = left ? SoupBinGolden.LoginAcceptedLeft : SoupBinGolden.LoginAccepted;
        Assert.True(SoupBinLoginAnswer.TryReadAccepted(Payload(packet, 'A'), out SessionId session, out long next));
        Assert.Equal(Day001, session);
        Assert.Equal(918, next);
    }

    [Fact]
    public void should_write_the_login_answers_byte_for_byte()
    {
        Assert.Equal(SoupBinGolden.LoginAccepted, Written(q => SoupBinLoginAnswer.TryWriteAccepted(q, Day001, 918)));
        Assert.Equal(SoupBinGolden.LoginRejected, Written(q => SoupBinLoginAnswer.TryWriteRejected(q, SoupBinLoginAnswer.NotAuthorised)));
    }

    [Fact]
    public void should_read_login_rejected()
    {
        Assert.True(SoupBinLoginAnswer.TryReadRejected(Payload(SoupBinGolden.LoginRejected, 'J'), out byte reason));
        Assert.Equal((byte)'A', reason);
    }

    [Fact]
    public void should_write_data_and_empty_packets_byte_for_byte()
    {
        Assert.Equal(SoupBinGolden.SequencedData, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.SequencedData, "hello"u8)));
        Assert.Equal(SoupBinGolden.UnsequencedData, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.UnsequencedData, "order"u8)));
        Assert.Equal(SoupBinGolden.Debug, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.Debug, "note"u8)));
        Assert.Equal(SoupBinGolden.ServerHeartbeat, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.ServerHeartbeat, default)));
        Assert.Equal(SoupBinGolden.EndOfSession, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.EndOfSession, default)));
        Assert.Equal(SoupBinGolden.ClientHeartbeat, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.ClientHeartbeat, default)));
        Assert.Equal(SoupBinGolden.LogoutRequest, Written(q => SoupBinFrame.TryWrite(q, SoupBinPacketType.LogoutRequest, default)));
    }

    [Fact]
    public void should_ask_for_more_at_every_truncation_and_never_read_past_the_end()
    {
        foreach (byte[] packet in SoupBinGolden.All)
            for (int length = 0; length < packet.Length; length++)
                Assert.Equal(FrameStatus.NeedMore, SoupBinFrame.TryRead(packet.AsSpan(0, length), out _, out _, out int consumed));
    }

    [Fact]
    public void should_call_a_length_of_zero_malformed() =>
        Assert.Equal(FrameStatus.Malformed, SoupBinFrame.TryRead([0, 0], out _, out _, out _));

    [Fact]
    public void should_survive_every_single_byte_mutation_of_every_packet()
    {
        foreach (byte[] packet in SoupBinGolden.All)
        {
            for (int at = 0; at < packet.Length; at++)
            {
                for (int value = 0; value <= byte.MaxValue; value++)
                {
                    byte[] mutated = [.. packet];
                    mutated[at] = (byte)value;
                    SoupBinClientSession client = SurvivingClient;
                    client.Open("U"u8, "P"u8, default, 1, 0);
                    mutated.CopyTo(client.In.Space(mutated.Length));
                    client.In.Commit(mutated.Length);
                    while (client.Next(out _) != SoupBinClientEvent.None) { }
                    SoupBinLoginRequest.TryRead(mutated.AsSpan(3), out _);
                    SoupBinLoginAnswer.TryReadAccepted(mutated.AsSpan(3), out _, out _);
                    SoupBinLoginAnswer.TryReadRejected(mutated.AsSpan(3), out _);
                }
            }
        }
    }

    private static readonly SoupBinClientSession SurvivingClient = new();

    [Theory]
    [InlineData("                    ")]
    [InlineData("                  1x")]
    [InlineData("                  -1")]
    [InlineData("               1 917")]
    [InlineData(" 9223372036854775808")]
    [InlineData("99999999999999999999")]
    public void should_refuse_a_sequence_that_is_no_number(string sequence)
    {
        byte[] payload = [.. Encoding.ASCII.GetBytes("    DAY001"), .. Encoding.ASCII.GetBytes(sequence)];
        Assert.False(SoupBinLoginAnswer.TryReadAccepted(payload, out _, out _));
    }

    [Fact]
    public void should_read_the_largest_sequence_number() =>
        Assert.True(SoupBinLoginAnswer.TryReadAccepted("    DAY001 9223372036854775807"u8, out _, out long next) && next == long.MaxValue);

    private static byte[] Written(Func<ByteQueue, bool> write)
    {
        ByteQueue queue = new(256);
        Assert.True(write(queue));
        return queue.Pending.ToArray();
    }

    private static byte[] Payload(byte[] packet, char type)
    {
        Assert.Equal(FrameStatus.Frame, SoupBinFrame.TryRead(packet, out byte read, out ReadOnlySpan<byte> payload, out int consumed));
        Assert.Equal((byte)type, read);
        Assert.Equal(packet.Length, consumed);
        return payload.ToArray();
    }

    private static SessionId Session(string name)
    {
        Assert.True(SessionId.TryCreate(Encoding.ASCII.GetBytes(name), out SessionId session));
        return session;
    }
}
