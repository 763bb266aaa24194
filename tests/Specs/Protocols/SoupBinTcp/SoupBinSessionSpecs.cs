using MarketMaker.Contracts;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Specs.Protocols.SoupBinTcp;

/// <summary>A client and a server that speak to each other without any socket.</summary>
public sealed class SoupBinSessionSpecs
{
    private const long SecondNs = 1_000_000_000;
    private readonly SoupBinClientSession _client = new();
    private readonly SoupBinServerSession _server = new(0);
    private SessionId _session;
    private long _nowNs;

    public SoupBinSessionSpecs() => SessionId.TryCreate("DAY1"u8, out _session);

    [Fact]
    public void should_log_in_and_number_the_messages_from_the_one_asked_for()
    {
        LogIn(requested: 5, last: 9);
        Assert.Equal((_session, 5L), (_client.Session, _client.NextSequence));
        for (byte i = 5; i <= 9; i++) Assert.True(_server.TrySendSequenced([i]));
        Cross();
        for (byte i = 5; i <= 9; i++)
        {
            Assert.Equal(SoupBinClientEvent.Sequenced, _client.Next(out ReadOnlySpan<byte> message));
            Assert.Equal((i, i), (message[0], _client.Sequence));
        }

        Assert.Equal(SoupBinClientEvent.None, _client.Next(out _));
        Assert.Equal((10L, 10L), (_server.NextToSend, _client.NextSequence));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 9, 1)]
    [InlineData(9, 9, 9)]
    [InlineData(10, 9, 10)]
    [InlineData(11, 9, 10)]
    [InlineData(0, 9, 9)]
    [InlineData(0, 0, 1)]
    public void should_owe_the_messages_from_the_requested_number_on(long requested, long last, long first) =>
        Assert.Equal(first, SoupBinServerSession.FirstOwed(requested, last));

    [Fact]
    public void should_tell_the_reason_of_a_rejected_login_and_nothing_after_it()
    {
        Open(1);
        Assert.Equal(SoupBinServerEvent.LoginRequested, _server.Next(out _));
        _server.RejectLogin(SoupBinLoginAnswer.SessionNotAvailable);
        SoupBinFrame.TryWrite(_server.Out, SoupBinPacketType.SequencedData, [1]);
        Cross();
        Assert.Equal(SoupBinClientEvent.LoginRejected, _client.Next(out _));
        Assert.Equal((byte)'S', _client.RejectReason);
        Assert.Equal(SoupBinClientEvent.None, _client.Next(out _));
        Assert.False(_server.TrySendSequenced([1]));
    }

    [Fact]
    public void should_carry_unsequenced_messages_both_ways_without_counting_them()
    {
        LogIn(1, 0);
        Assert.True(_client.TrySend("order"u8));
        Assert.True(_server.TrySendUnsequenced("hint"u8));
        Cross();
        Assert.Equal(SoupBinServerEvent.Unsequenced, _server.Next(out ReadOnlySpan<byte> order));
        Assert.True(order.SequenceEqual("order"u8));
        Assert.Equal(SoupBinClientEvent.Unsequenced, _client.Next(out ReadOnlySpan<byte> hint));
        Assert.True(hint.SequenceEqual("hint"u8));
        Assert.Equal(1, _client.NextSequence);
    }

    [Fact]
    public void should_refuse_data_before_the_login_on_both_sides()
    {
        _client.Open("U"u8, "P"u8, default, 1, 0);
        SoupBinFrame.TryWrite(_client.In, SoupBinPacketType.SequencedData, [1]);
        Assert.Equal(SoupBinClientEvent.Malformed, _client.Next(out _));
        SoupBinFrame.TryWrite(_server.In, SoupBinPacketType.UnsequencedData, [1]);
        Assert.Equal(SoupBinServerEvent.Malformed, _server.Next(out _));
        Assert.Equal(SoupBinServerEvent.None, _server.Next(out _));
    }

    [Fact]
    public void should_ignore_debug_packets_even_before_the_login()
    {
        _client.Open("U"u8, "P"u8, default, 1, 0);
        SoupBinFrame.TryWrite(_client.In, SoupBinPacketType.Debug, "hello"u8);
        SoupBinLoginAnswer.TryWriteAccepted(_client.In, _session, 1);
        Assert.Equal(SoupBinClientEvent.LoginAccepted, _client.Next(out _));
    }

    [Fact]
    public void should_send_a_heartbeat_after_a_second_without_other_bytes()
    {
        LogIn(1, 0);
        _nowNs = SecondNs - 1;
        Assert.True(_client.KeepAlive(_nowNs) && _server.KeepAlive(_nowNs));
        Assert.Equal((0, 0), (_client.Out.Count, _server.Out.Count));
        _nowNs = SecondNs;
        Assert.True(_client.KeepAlive(_nowNs) && _server.KeepAlive(_nowNs));
        Assert.Equal([0, 1, (byte)'R'], _client.Out.Pending.ToArray());
        Assert.Equal([0, 1, (byte)'H'], _server.Out.Pending.ToArray());
        Cross();
        Assert.Equal(SoupBinClientEvent.None, _client.Next(out _));
        Assert.Equal(SoupBinServerEvent.None, _server.Next(out _));
        _client.Sent(_nowNs + SecondNs / 2);
        _client.KeepAlive(_nowNs + SecondNs);
        Assert.Equal(0, _client.Out.Count);
    }

    [Fact]
    public void should_find_a_silent_peer_dead_after_fifteen_seconds()
    {
        LogIn(1, 0);
        Assert.True(_client.KeepAlive(15 * SecondNs - 1) && _server.KeepAlive(15 * SecondNs - 1));
        Assert.False(_client.KeepAlive(15 * SecondNs));
        Assert.False(_server.KeepAlive(15 * SecondNs));
    }

    [Fact]
    public void should_drop_a_socket_without_a_login_after_thirty_seconds_and_obey_the_timeout_of_4_10()
    {
        Assert.True(_server.KeepAlive(30 * SecondNs - 1));
        Assert.False(_server.KeepAlive(30 * SecondNs));
        SoupBinServerSession other = new(0);
        other.AcceptLogin(_session, 1, heartbeatTimeoutMs: 2_500);
        Assert.True(other.KeepAlive(2_499_999_999));
        Assert.False(other.KeepAlive(2_500_000_000));
    }

    [Fact]
    public void should_end_the_session_for_good()
    {
        LogIn(1, 0);
        _server.TrySendSequenced([1]);
        Assert.True(_server.TryEndSession());
        Assert.False(_server.TrySendSequenced([2]));
        Cross();
        Assert.Equal(SoupBinClientEvent.Sequenced, _client.Next(out _));
        Assert.Equal(SoupBinClientEvent.EndOfSession, _client.Next(out _));
        Assert.False(_client.IsLoggedIn);
    }

    [Fact]
    public void should_tell_the_server_of_a_logout()
    {
        LogIn(1, 0);
        Assert.True(_client.TryLogout());
        Cross();
        Assert.Equal(SoupBinServerEvent.Logout, _server.Next(out _));
        Assert.False(_server.IsLoggedIn);
    }

    [Fact]
    public void should_move_nothing_on_when_a_message_does_not_fit_the_send_buffer()
    {
        SoupBinServerSession server = new(0, sendBytes: 64);
        server.AcceptLogin(_session, 1);
        Assert.False(server.TrySendSequenced(new byte[29]));
        Assert.Equal(1, server.NextToSend);
        Assert.True(server.TrySendSequenced(new byte[28]));
        Assert.Equal(2, server.NextToSend);
    }

    [Fact]
    public void should_forget_the_old_connection_when_it_opens_a_new_one()
    {
        LogIn(1, 0);
        SoupBinFrame.TryWrite(_client.In, SoupBinPacketType.SequencedData, [1]);
        _client.TrySend([1]);
        _client.Open("USER"u8, "PASS"u8, _session, 4, 0);
        Assert.False(_client.IsLoggedIn);
        Assert.Equal(0, _client.In.Count);
        Assert.Equal((byte)'L', _client.Out.Pending[2]);
        Assert.Equal(49, _client.Out.Count);
    }

    private void LogIn(long requested, long last)
    {
        Open(requested);
        Assert.Equal(SoupBinServerEvent.LoginRequested, _server.Next(out ReadOnlySpan<byte> payload));
        Assert.True(SoupBinLoginRequest.TryRead(payload, out SoupBinLoginRequest login));
        Assert.True(_server.AcceptLogin(_session, SoupBinServerSession.FirstOwed(login.RequestedSequence, last)));
        Cross();
        Assert.Equal(SoupBinClientEvent.LoginAccepted, _client.Next(out _));
    }

    private void Open(long requested)
    {
        _client.Open("USER"u8, "PASS"u8, _session, requested, _nowNs);
        Cross();
    }

    private void Cross()
    {
        Move(_client.Out, _server.In);
        Move(_server.Out, _client.In);
    }

    private static void Move(ByteQueue from, ByteQueue to)
    {
        from.Pending.CopyTo(to.Space(from.Count));
        to.Commit(from.Count);
        from.Clear();
    }
}
