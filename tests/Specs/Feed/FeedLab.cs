using MarketMaker.Contracts;
using MarketMaker.Feed;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Feed;

/// <summary>The stage Feed between memory instead of sockets, a clock that stands still, and a ring that the test reads.</summary>
/// <remarks>The universe is AAPL (0), IBM (1), MSFT (2); their locates are 13, 14, 15 once <see cref="Open"/> has named them.</remarks>
internal sealed class FeedLab
{
    public const ushort AaplLocate = 13;
    public const ushort IbmLocate = 14;
    public const ushort MsftLocate = 15;

    private const ulong SessionSequence = 1;

    private static readonly string[] Names = ["AAPL", "IBM", "MSFT"];

    private readonly Time _time = new();
    private readonly Queue<(byte[] Bytes, bool IsFromVenue)>[] _lines = [new(), new(), new()];
    private readonly List<byte[]> _requests = [];
    private readonly EventPoller<OfferEvent> _poller;
    private readonly EventPoller<LogEvent> _logPoller;

    public FeedLab(FeedOptions? options = null, int ringCapacity = 1024)
    {
        SingleProducerRingBuffer<OfferEvent> ring = new("offers", ringCapacity);
        _poller = ring.NewPoller();
        LogWriter log = LogWriter.Create(256, out _logPoller);
        Assert.True(Universe.TryCreate([.. Names.Select(Symbol.Parse)], out Universe? universe, out _));
        Packets[] sources = [.. _lines.Select(line => new Packets(line))];
        Parser = new(
            options ?? new FeedOptions { SideTableBits = 10 }, universe!, ring, sources.AsSpan(0, 2), sources.AsSpan(2), new Requests(_requests), Counters, log,
            new Clock(_time));
    }

    public FeedParser<Packets, Requests, Clock> Parser { get; }

    public CounterFile Counters { get; } = CounterFile.InMemory();

    /// <summary>The number the next message will get when none is named.</summary>
    public ulong NextSequence { get; set; } = SessionSequence;

    public long NowNs
    {
        get => _time.NowNs;
        set => _time.NowNs = value;
    }

    /// <summary>Directory of the three tickers, then the opening of the market; the ring is emptied.</summary>
    public FeedLab Open()
    {
        Send(Directory(AaplLocate, "AAPL"), Directory(IbmLocate, "IBM"), Directory(MsftLocate, "MSFT"), SystemEvent('Q'));
        Published();
        return this;
    }

    /// <summary>One packet on line A with the next numbers; handled at once.</summary>
    public void Send(params byte[][] messages)
    {
        SendAt(NextSequence, messages);
        NextSequence += (ulong)messages.Length;
    }

    public void SendAt(ulong first, params byte[][] messages) => Deliver(0, Packet(first, messages));

    public void Deliver(int line, byte[] packet, bool isFromVenue = true)
    {
        Arrive(line, packet, isFromVenue);
        Parser.DoWork();
    }

    /// <summary>A packet that waits on a line until the stage looks.</summary>
    public void Arrive(int line, byte[] packet, bool isFromVenue = true) => _lines[line].Enqueue((packet, isFromVenue));

    /// <summary>Packets that wait on a line.</summary>
    public int Waiting(int line) => _lines[line].Count;

    public static byte[] Packet(ulong first, byte[][] messages, string session = "FEED")
    {
        Assert.True(MoldSession.TryParse(session, out MoldSession name));
        MoldPacketBuilder builder = new(name, firstSequence: first);
        foreach (byte[] message in messages) Assert.True(builder.TryAdd(message));
        return messages.Length == 0 ? builder.Heartbeat().ToArray() : builder.Finish().ToArray();
    }

    /// <summary>Everything published since the last call.</summary>
    public List<OfferEvent> Published()
    {
        List<OfferEvent> events = [];
        long last = _poller.AvailableThrough(int.MaxValue);
        for (long sequence = _poller.Next; sequence <= last; sequence++) events.Add(_poller[sequence]);
        if (events.Count > 0) _poller.Advance(last);
        return events;
    }

    public List<OfferEvent> PublishedOffers() => [.. Published().Where(one => one.Kind == OfferEventKind.Offer)];

    public List<LogMessage> Logged()
    {
        List<LogMessage> lines = [];
        long last = _logPoller.AvailableThrough(256);
        for (long sequence = _logPoller.Next; sequence <= last; sequence++) lines.Add(_logPoller[sequence].Message);
        if (lines.Count > 0) _logPoller.Advance(last);
        return lines;
    }

    public string RequestsSent()
    {
        string text = string.Join(" ", _requests.Select(request =>
        {
            Assert.True(MoldHeader.TryRead(request, out MoldHeader header));
            return $"{header.SequenceNumber}+{header.MessageCount}";
        }));
        _requests.Clear();
        return text;
    }

    public long Read(Counter counter) => Counters.Read(counter);

    public long Refused(RefusalReason reason) => Counters.ReadRefused(Counter.FeedRefused, reason);

    public long RefusedInAll() => Enum.GetValues<RefusalReason>().Sum(Refused);

    public static byte[] Add(ulong reference, Side side, ushort locate = AaplLocate, uint shares = 100, uint price = 1_000_000) =>
        Bytes(new AddOrder(new(locate, 0, 1), reference, side, shares, Symbol.Parse("X"), price));

    public static byte[] AddAttributed(ulong reference, Side side, ushort locate = AaplLocate) =>
        Bytes(new AddOrderAttributed(new(locate, 0, 1), reference, side, 100, Symbol.Parse("X"), 1_000_000, Alpha4.Of("MPID")));

    public static byte[] Replace(ulong original, ulong fresh, ushort locate = AaplLocate, uint shares = 70, uint price = 990_000) =>
        Bytes(new OrderReplace(new(locate, 0, 1), original, fresh, shares, price));

    public static byte[] Directory(ushort locate, string stock) =>
        Bytes(new StockDirectory(new(locate, 0, 1), Symbol.Parse(stock), 0, 0, 100, 0, 0, 0, (byte)'P', 0, 0, 0, 0, 0, 0));

    public static byte[] TradingAction(string stock, char state, ushort locate = AaplLocate) =>
        Bytes(new TradingAction(new(locate, 0, 1), Symbol.Parse(stock), (byte)state, (byte)' ', Alpha4.Blank));

    public static byte[] OperationalHalt(string stock, char market, char action, ushort locate = AaplLocate) =>
        Bytes(new OperationalHalt(new(locate, 0, 1), Symbol.Parse(stock), (byte)market, (byte)action));

    public static byte[] SystemEvent(char code) => Bytes(new SystemEvent(new(0, 0, 1), (byte)code));

    public static byte[] Delete(ulong reference) => Bytes(new OrderDelete(new(AaplLocate, 0, 1), reference));

    private static byte[] Bytes<T>(T message)
        where T : struct, IItchMessage<T>
    {
        byte[] bytes = new byte[T.Length];
        message.Write(bytes);
        return bytes;
    }

    internal sealed class Time
    {
        public long NowNs { get; set; } = 1_000_000_000;
    }

    internal readonly struct Clock(Time time) : IClock
    {
        public long MonotonicNs => time.NowNs;

        public long WallClockNs => time.NowNs;
    }

    internal readonly struct Requests(List<byte[]> sent) : IPacketSink
    {
        public bool TrySend(ReadOnlySpan<byte> packet)
        {
            sent.Add(packet.ToArray());
            return true;
        }
    }

    internal struct Packets(Queue<(byte[] Bytes, bool IsFromVenue)> waiting) : IPacketSource
    {
        private readonly List<(byte[] Bytes, bool IsFromVenue)> _batch = [];

        public readonly int ReceiveBatch()
        {
            _batch.Clear();
            while (waiting.TryDequeue(out (byte[] Bytes, bool IsFromVenue) packet)) _batch.Add(packet);
            return _batch.Count;
        }

        public readonly ReadOnlySpan<byte> Packet(int index) => _batch[index].Bytes;

        public readonly bool IsFromVenue(int index) => _batch[index].IsFromVenue;
    }
}
