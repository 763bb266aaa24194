using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

/// <summary>Packets that somebody else sends into the feed while the engine trades. Layout: MoldUDP64 1.00, downstream packet header.</summary>
public sealed partial class ForgedPacketSpecs : IDisposable
{
    private readonly TestNode _node = new TestNode().Prepare();
    private readonly UdpClient _socket = new();

    public void Dispose()
    {
        _socket.Dispose();
        _node.Dispose();
    }

    [SkippableFact]
    public void should_drop_and_count_packets_that_cannot_be_true_and_trade_on()
    {
        _node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile _ = counters;
        string session = _node.Session;
        for (int i = 0; i < 10; i++)
        {
            Send(Packet(session, 1, 1)[..10]);
            Send(Packet(session, 1, count: 3, "S"u8.ToArray()));
            Send([.. Packet(session, 1, 1, "S"u8.ToArray()), 0]);
            // Longer than an Ethernet frame: the receive buffer cuts it off.
            Send(new byte[9_000]);
            Send(Packet("OTHER     ", 1, 1, "S"u8.ToArray()));
            // Its numbers would not fit into 64 bits.
            Send(Packet(session, ulong.MaxValue - 10, 1, "S"u8.ToArray()));
            Send(Packet(session, ulong.MaxValue / 2, 1, "S"u8.ToArray()));
            Send(Packet(session, ulong.MaxValue / 2, count: 0));
        }

        engine.WaitUntil(() => counters.Read(Counter.FeedMalformedPackets) == 50, "count 50 malformed packets");
        engine.WaitUntil(() => counters.Read(Counter.FeedWrongSessionPackets) == 10, "count 10 packets of another session");
        engine.WaitUntil(() => counters.Read(Counter.FeedFarFuturePackets) == 20, "count 20 packets from the far future");
        AssertTradesOn(engine, counters);
    }

    [SkippableFact]
    public void should_count_messages_of_an_unknown_type_or_length_and_trade_on()
    {
        RunningProgram venue = _node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile _ = counters;
        // The venue holds its breath, so that the next number is known.
        venue.Signal(RunningProgram.Pause);
        ulong next = Snapshot(engine) + (ulong)Settled(counters, Counter.FeedMessages);
        Send(Packet(_node.Session, next, 3, "~tilde"u8.ToArray(), "A-too-short"u8.ToArray(), []));
        engine.WaitUntil(() => counters.Read(Counter.FeedUnknownMessages) == 3, "count 3 unknown messages");
        venue.Signal(RunningProgram.Continue);
        AssertTradesOn(engine, counters);
    }

    private void AssertTradesOn(RunningProgram engine, CounterFile counters)
    {
        long sent = counters.Read(Counter.ExecutionSent);
        engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > sent + 5, "send orders after the forged packets");
        Assert.Equal(0, counters.Read(Counter.FeedGapOpen));
        Assert.Equal(0, engine.Stop());
        Assert.Equal(counters.Read(Counter.FeedOffersSeen), TestNode.RefusedInAll(counters) + counters.Read(Counter.ExecutionSent));
        foreach (RunningProgram program in _node.Programs.Where(program => !program.HasExited)) program.Stop();
        Assert.Equal(_node.VenueTrades(), _node.JournalTrades());
    }

    /// <summary>Number of the first message after the snapshot, as the engine's log names it.</summary>
    private static ulong Snapshot(RunningProgram engine)
    {
        // The log's lines come through another thread.
        engine.WaitUntil(() => GoesOnFrom().IsMatch(engine.Output), "say where the feed goes on");
        return ulong.Parse(GoesOnFrom().Match(engine.Output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static long Settled(CounterFile counters, Counter counter)
    {
        long before = -1;
        for (int still = 0; still < 20; Thread.Sleep(10))
        {
            long now = counters.Read(counter);
            still = now == before ? still + 1 : 0;
            before = now;
        }

        return before;
    }

    private void Send(byte[] packet) => _socket.Send(packet, "127.0.0.1", _node.FeedPort);

    /// <summary>Session (10 bytes), sequence number (8), message count (2), then each message behind its length (2).</summary>
    private static byte[] Packet(string session, ulong sequence, ushort count, params byte[][] messages)
    {
        List<byte> packet = [.. Encoding.ASCII.GetBytes(session.PadRight(10)), .. new byte[10]];
        foreach (byte[] message in messages) packet.AddRange([0, (byte)message.Length, .. message]);
        byte[] bytes = [.. packet];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(10), sequence);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), count);
        return bytes;
    }

    [GeneratedRegex("the feed goes on from ([0-9]+)")]
    private static partial Regex GoesOnFrom();
}
