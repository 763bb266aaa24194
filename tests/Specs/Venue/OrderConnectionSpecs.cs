using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.SoupBinTcp;
using MarketMaker.Venue;
using MarketMaker.Venue.Orders;

namespace MarketMaker.Tests.Specs.Venue;

public class OrderConnectionSpecs
{
    private static readonly VenueLogin Login = new(["ENGINE", "OTHER"], "SECRET");

    [Theory]
    [InlineData("ENGINE", "WRONG", "SESSION1", 'A')]
    [InlineData("NOBODY", "SECRET", "SESSION1", 'A')]
    [InlineData("engine", "secret", "OTHER", 'S')]
    public void should_reject_a_wrong_login_with_its_reason_and_close(string user, string password, string session, char reason)
    {
        (_, OrderAccount account) = FakeTarget.Create();
        VenueStream stream = new(1 << 20);
        OrderConnection connection = Connect(stream, account);
        stream.ClientSends(LoginRequest(user, password, session, 1));
        int work = 0;
        Assert.False(connection.Receive(0, ref work));
        Assert.Equal("00024A" + Convert.ToHexString([(byte)reason]), Convert.ToHexString(stream.ClientReads()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    [InlineData(7, 7)]
    [InlineData(99, 7)]
    [InlineData(0, 6)]
    public void should_replay_from_any_sequence_with_no_gap_and_no_repeat(long requested, long first)
    {
        (_, OrderAccount account) = FakeTarget.Create();
        for (uint i = 1; i <= 3; i++) account.Handle(OrderAccountSpecs.Order(i));
        VenueStream stream = new(1 << 20) { PieceBytes = 7 };
        OrderConnection connection = Connect(stream, account);
        stream.ClientSends(LoginRequest("ENGINE", "SECRET", "", requested));
        (long next, List<byte[]> messages) = Exchange(connection, stream, turns: 200);
        Assert.Equal(first, next);
        Assert.Equal(6 - first + 1, messages.Count);
        for (int i = 0; i < messages.Count; i++) Assert.Equal(account.Store[first + i].ToArray(), messages[i]);
    }

    [Fact]
    public void should_take_orders_from_a_client_that_does_not_read_and_owe_it_every_answer()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        VenueStream stream = new(socketBytes: 4_096);
        OrderConnection connection = Connect(stream, account);
        stream.ClientSends(LoginRequest("ENGINE", "SECRET", "", 1));
        int work = 0;
        const int Orders = 5_000;
        for (uint i = 1; i <= Orders; i++)
        {
            stream.ClientSends(Frame('U', OrderAccountSpecs.Order(i)));
            Assert.True(connection.Receive(0, ref work));
            Assert.True(connection.Send(0));
        }

        Assert.Equal(Orders, account.Statistics.Received);
        Assert.False(connection.IsCaughtUp);
        (_, List<byte[]> messages) = Exchange(connection, stream, turns: 1_000);
        Assert.Equal(account.Store.Last, messages.Count);
        Assert.True(connection.IsCaughtUp);
    }

    [Fact]
    public void should_beat_each_second_and_drop_a_silent_client_after_fifteen()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        VenueStream stream = new(1 << 20);
        OrderConnection connection = Connect(stream, account);
        stream.ClientSends(LoginRequest("ENGINE", "SECRET", "", 1));
        int work = 0;
        Assert.True(connection.Receive(0, ref work));
        Assert.True(connection.Send(0));
        stream.ClientReads();
        Assert.True(connection.Send(1_100_000_000));
        Assert.Equal("000148", Convert.ToHexString(stream.ClientReads()));
        Assert.False(connection.Send(15_000_000_000));
    }

    [Fact]
    public void should_let_the_newest_login_have_the_session()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        (_, OrderAccount other) = FakeTarget.Create();
        Queue<VenueStream> arriving = [];
        OrderPort port = new(() => arriving.TryDequeue(out VenueStream? stream) ? stream : null, [account, other], Session(), Login);
        VenueStream older = new(1 << 20);
        VenueStream newer = new(1 << 20);
        foreach (VenueStream stream in (VenueStream[])[older, newer])
        {
            stream.ClientSends(LoginRequest("ENGINE", "SECRET", "", 1));
            arriving.Enqueue(stream);
        }

        for (int turn = 0; turn < 3; turn++) port.Poll(turn * 3_000_000L);
        Assert.False(port.HasSeenClients);
        Assert.Single((VenueStream[])[older, newer], s => s.State == StreamState.Connected);

        // Another account's login is nothing to it, and gets a session of its own.
        VenueStream third = new(1 << 20);
        third.ClientSends(LoginRequest("OTHER", "SECRET", "", 1));
        arriving.Enqueue(third);
        for (int turn = 3; turn < 6; turn++) port.Poll(turn * 3_000_000L);
        Assert.True(port.HasSeenClients);
        Assert.Equal(2, new[] { older, newer, third }.Count(s => s.State == StreamState.Connected));
        other.OnSystemEvent((byte)'S');
        port.Poll(18_000_000L);
        Assert.Equal(1, other.Store.Last);
        Assert.Equal(0, account.Store.Last);
    }

    [Fact]
    public void should_end_the_session_with_a_z_packet()
    {
        (_, OrderAccount account) = FakeTarget.Create();
        VenueStream stream = new(1 << 20);
        OrderConnection connection = Connect(stream, account);
        stream.ClientSends(LoginRequest("ENGINE", "SECRET", "", 1));
        int work = 0;
        connection.Receive(0, ref work);
        connection.Send(0);
        stream.ClientReads();
        connection.EndSession();
        Assert.Equal("00015A", Convert.ToHexString(stream.ClientReads()));
    }

    private static OrderConnection Connect(VenueStream stream, OrderAccount account) => new(stream, [account, account], Session(), Login, nowNs: 0);

    private static SessionId Session()
    {
        Assert.True(SessionId.TryCreate("SESSION1"u8, out SessionId session));
        return session;
    }

    /// <summary>Lets both sides talk; returns the number in Login Accepted and the sequenced messages.</summary>
    private static (long Next, List<byte[]> Messages) Exchange(OrderConnection connection, VenueStream stream, int turns)
    {
        List<byte> received = [];
        int work = 0;
        for (int i = 0; i < turns; i++)
        {
            connection.Receive(0, ref work);
            connection.Send(0);
            received.AddRange(stream.ClientReads());
        }

        long next = 0;
        List<byte[]> messages = [];
        ReadOnlySpan<byte> rest = received.ToArray();
        while (SoupBinFrame.TryRead(rest, out byte type, out ReadOnlySpan<byte> payload, out int consumed) == FrameStatus.Frame)
        {
            if (type == 'A') next = long.Parse(Encoding.ASCII.GetString(payload[10..]));
            if (type == 'S') messages.Add(payload.ToArray());
            rest = rest[consumed..];
        }

        Assert.True(rest.IsEmpty);
        return (next, messages);
    }

    // SoupBinTCP 3.00, Login Request: 6 + 10 + 10 + 20 characters.
    private static byte[] LoginRequest(string user, string password, string session, long sequence) =>
        Frame('L', Encoding.ASCII.GetBytes(user.PadRight(6) + password.PadRight(10) + session.PadLeft(10) + sequence.ToString().PadLeft(20)));

    private static byte[] Frame(char type, byte[] payload) =>
        [(byte)((payload.Length + 1) >> 8), (byte)(payload.Length + 1), (byte)type, .. payload];
}
