using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Feed;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Feed;

public class SnapshotClientSpecs
{
    private const long Ms = 1_000_000;

    private static readonly byte[] LoginAccepted = Frame('A', "SNAPSHOT01" + "1".PadLeft(20));

    private readonly FeedLab _lab = new();
    private readonly FeedLab.Time _time = new();
    private readonly ScriptedServer _server = new();
    private readonly SnapshotClient<ScriptedServer, FeedLab.Clock> _client;

    public SnapshotClientSpecs() => _client = new(
        new SnapshotOptions { Username = "MM", Password = "secret", TimeoutMs = 5_000, RetryMs = 200 },
        _lab.Parser, _server, new FeedLab.Clock(_time));

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(7)]
    [InlineData(1)]
    public void should_apply_a_snapshot_however_tcp_splits_it_and_start_the_feed_where_it_says(int bytesAtOnce)
    {
        _server.BytesAtOnce = bytesAtOnce;
        _server.Script = Snapshot();
        Poll(600);
        Assert.Equal(SnapshotState.Complete, _client.State);
        Assert.Equal((3, 500UL), (_client.MessagesApplied, _client.NextSequence));
        Assert.Equal(StreamState.Closed, _server.State);
        _lab.SendAt(500, FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy, FeedLab.IbmLocate));
        Assert.Equal([(0, 500UL), (1, 501UL)], _lab.PublishedOffers().Select(offer => ((int)offer.TickerIndex, offer.FeedSequence)));
    }

    [Fact]
    public void should_log_in_for_the_whole_snapshot_from_its_first_message_and_log_out_at_its_end()
    {
        _server.Script = Snapshot();
        Poll(10);
        // SoupBinTCP, Login Request: user 6, password 10, session 10, sequence 20; then Logout Request: length 1, O.
        string expected = "\0\u002fL" + "MM    " + "secret    " + new string(' ', 10) + "1".PadLeft(20) + "\0\u0001O";
        Assert.Equal(expected, Encoding.ASCII.GetString([.. _server.Sent]));
    }

    [Fact]
    public void should_connect_again_after_a_pause_when_nobody_listens_yet()
    {
        _server.RefusesConnections = true;
        Poll(10);
        Assert.Equal(1, _server.Attempts);
        _server.RefusesConnections = false;
        _server.Script = Snapshot();
        _time.NowNs += 200 * Ms;
        Poll(10);
        Assert.Equal(2, _server.Attempts);
        Assert.Equal(SnapshotState.Complete, _client.State);
    }

    [Fact]
    public void should_take_the_whole_snapshot_anew_when_the_connection_is_lost_half_way()
    {
        _server.Script = Snapshot()[..^30];
        _server.ClosesAtEndOfScript = true;
        Poll(10);
        Assert.Equal(SnapshotState.Running, _client.State);
        _server.Script = Snapshot();
        _time.NowNs += 200 * Ms;
        Poll(10);
        Assert.Equal(SnapshotState.Complete, _client.State);
        Assert.Equal(500UL, _lab.Parser.NextExpected);
    }

    [Fact]
    public void should_be_complete_even_when_the_server_closes_right_behind_the_end()
    {
        _server.Script = Snapshot();
        _server.ClosesAtEndOfScript = true;
        Poll(10);
        Assert.Equal(SnapshotState.Complete, _client.State);
    }

    [Fact]
    public void should_fail_when_it_is_not_complete_in_time()
    {
        _server.Script = LoginAccepted;
        Poll(3);
        _time.NowNs += 5_000 * Ms;
        Poll(1);
        Assert.Equal(SnapshotState.TimedOut, _client.State);
        Assert.Equal(StreamState.Closed, _server.State);
    }

    [Fact]
    public void should_fail_at_once_when_the_login_is_refused()
    {
        _server.Script = Frame('J', "A");
        Poll(3);
        Assert.Equal(SnapshotState.LoginRefused, _client.State);
        Assert.Equal((byte)'A', _client.RejectReason);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("Z")]
    public void should_fail_on_what_is_no_snapshot(string packetType)
    {
        _server.Script = [.. LoginAccepted, .. Frame(packetType[0], "")];
        Poll(3);
        Assert.Equal(SnapshotState.Malformed, _client.State);
    }

    private static byte[] Snapshot() =>
    [
        .. LoginAccepted,
        .. Frame('S', FeedLab.SystemEvent('Q')),
        .. Frame('H', ""),
        .. Frame('S', FeedLab.Directory(FeedLab.AaplLocate, "AAPL")),
        .. Frame('S', FeedLab.Directory(FeedLab.IbmLocate, "IBM")),
        .. Frame('S', "G" + "500".PadLeft(20)),
    ];

    private static byte[] Frame(char type, string payload) => Frame(type, Encoding.ASCII.GetBytes(payload));

    // SoupBinTCP, packet: u16 length of what follows, type, payload.
    private static byte[] Frame(char type, byte[] payload) => [0, (byte)(payload.Length + 1), (byte)type, .. payload];

    private void Poll(int times)
    {
        for (int i = 0; i < times; i++) _client.DoWork();
    }

    /// <summary>A peer that says what the script says, so many bytes at a time, on each connection from the start.</summary>
    private sealed class ScriptedServer : IByteStream
    {
        private int _at;

        public byte[] Script { get; set; } = [];

        public int BytesAtOnce { get; set; } = int.MaxValue;

        public bool RefusesConnections { get; set; }

        public bool ClosesAtEndOfScript { get; set; }

        public int Attempts { get; private set; }

        public List<byte> Sent { get; } = [];

        public StreamState State { get; private set; }

        public int LastError => RefusesConnections ? 111 : 0;

        public void BeginConnect()
        {
            Attempts++;
            _at = 0;
            State = RefusesConnections ? StreamState.Closed : StreamState.Connected;
        }

        public int Receive(Span<byte> buffer)
        {
            int count = Math.Min(Math.Min(Script.Length - _at, BytesAtOnce), buffer.Length);
            Script.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            if (count > 0 || !ClosesAtEndOfScript) return count;
            State = StreamState.Closed;
            return -1;
        }

        public int Send(ReadOnlySpan<byte> bytes)
        {
            Sent.AddRange(bytes);
            return bytes.Length;
        }

        public void Close() => State = StreamState.Closed;
    }
}
