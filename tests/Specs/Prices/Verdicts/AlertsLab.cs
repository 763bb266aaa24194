using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices.Verdicts;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Tests.Specs.Prices.Verdicts;

/// <summary>The agent between memory instead of sockets and a clock that stands still. The universe is AAPL (0), IBM (1), MSFT (2).</summary>
internal sealed class AlertsLab
{
    public const TickerFlags Unsafe = TickerFlags.SellOnly | TickerFlags.Volatile;
    public const int TradingDate = 2022_03_04;

    private static readonly string[] Names = ["AAPL", "IBM", "MSFT"];

    private readonly Queue<(byte[] Bytes, bool IsFromVenue)> _line = new();
    private readonly List<MoldHeader> _requests = [];
    private readonly EventPoller<PriceEvent> _poller;
    private readonly EventPoller<LogEvent> _logPoller;

    public AlertsLab(VerdictOptions? options = null, int ringCapacity = 64)
    {
        MultiProducerRingBuffer<PriceEvent> ring = new("prices", ringCapacity);
        _poller = ring.NewPoller();
        LogWriter log = LogWriter.Create(256, out _logPoller);
        Assert.True(Universe.TryCreate([.. Names.Select(Symbol.Parse)], out Universe? universe, out _));
        Agent = new(options ?? new VerdictOptions(), universe!, ring, [new Packets(_line)], new Requests(_requests), Counters, log, new ManualClock(Time));
    }

    public AlertsAgent<Packets, Requests, ManualClock> Agent { get; }

    public ManualTime Time { get; } = new();

    public CounterFile Counters { get; } = CounterFile.InMemory();

    public string Session { get; set; } = "V000000001";

    /// <summary>The number the next message will get.</summary>
    public ulong NextSequence { get; set; } = 1;

    public ushort Snapshot { get; set; }

    /// <summary>What the events on the ring say about each ticker, those for all included.</summary>
    public TickerFlags[] Flags { get; } = new TickerFlags[Names.Length];

    public TickerFlags ForAll { get; private set; }

    public List<PriceEvent> Events { get; } = [];

    public static byte[] Verdict(
        string ticker, VerdictLevel level = VerdictLevel.Calm, VerdictReasons reasons = VerdictReasons.None, ushort snapshot = 0, long? validUntilNs = null, int sigma = 131) =>
        Bytes(TickerVerdict.Length, new TickerVerdict(Symbol.Parse(ticker), level, reasons, snapshot, sigma, 1_000_000, validUntilNs ?? FarAway, 1).Write);

    public byte[] Begin(int tickers, long? validUntilNs = null, int date = TradingDate) =>
        Bytes(VerdictSnapshotBegin.Length, new VerdictSnapshotBegin(Snapshot, (ushort)tickers, date, validUntilNs ?? FarAway, 1).Write);

    public byte[] End(int tickers) => Bytes(VerdictSnapshotEnd.Length, new VerdictSnapshotEnd(Snapshot, (ushort)tickers).Write);

    /// <summary>The messages of a whole snapshot in which every ticker is calm, but those named.</summary>
    public byte[][] WholeSnapshot(params string[] volatileTickers)
    {
        Snapshot++;
        return [Begin(Names.Length), .. Names.Select(name => volatileTickers.Contains(name)
            ? Verdict(name, VerdictLevel.Volatile, VerdictReasons.Rise, Snapshot)
            : Verdict(name, snapshot: Snapshot)), End(Names.Length)];
    }

    /// <summary>One packet with the next numbers; handled at once.</summary>
    public void Send(params byte[][] messages)
    {
        Deliver(Packet(NextSequence, messages));
        NextSequence += (ulong)messages.Length;
    }

    public void Deliver(byte[] packet, bool isFromVenue = true)
    {
        _line.Enqueue((packet, isFromVenue));
        Work();
    }

    public void Enqueue(byte[] packet) => _line.Enqueue((packet, true));

    public byte[] Packet(ulong first, params byte[][] messages)
    {
        Assert.True(MoldSession.TryParse(Session, out MoldSession name));
        MoldPacketBuilder builder = new(name, firstSequence: first);
        foreach (byte[] message in messages) Assert.True(builder.TryAdd(message));
        return messages.Length == 0 ? builder.Heartbeat().ToArray() : builder.Finish().ToArray();
    }

    public void Advance(long ms)
    {
        Time.Advance(ms * ManualTime.NsPerMs);
        Work();
    }

    /// <summary>One duty cycle; then the ring is read as Prices reads it.</summary>
    public void Work()
    {
        Agent.DoWork();
        Read();
    }

    public void Read()
    {
        long last = _poller.AvailableThrough(int.MaxValue);
        for (long sequence = _poller.Next; sequence <= last; sequence++)
        {
            PriceEvent one = _poller[sequence];
            Events.Add(one);
            if (one.Kind == PriceEventKind.VerdictForAll) ForAll = one.Flags;
            else Flags[one.TickerIndex] = one.Flags;
        }

        if (last >= _poller.Next) _poller.Advance(last);
    }

    public List<LogMessage> Logged()
    {
        List<LogMessage> lines = [];
        long last = _logPoller.AvailableThrough(256);
        for (long sequence = _logPoller.Next; sequence <= last; sequence++) lines.Add(_logPoller[sequence].Message);
        if (lines.Count > 0) _logPoller.Advance(last);
        return lines;
    }

    /// <summary>The re-requests made since the last call.</summary>
    public List<MoldHeader> TakeRequests()
    {
        List<MoldHeader> taken = [.. _requests];
        _requests.Clear();
        return taken;
    }

    public string RequestsSent()
    {
        string text = string.Join(" ", _requests.Select(header => $"{header.SequenceNumber}+{header.MessageCount}"));
        _requests.Clear();
        return text;
    }

    private static long FarAway => long.MaxValue;

    private static byte[] Bytes(int length, WriteTo write)
    {
        byte[] message = new byte[length];
        write(message);
        return message;
    }

    private delegate void WriteTo(Span<byte> message);

    internal readonly struct Packets(Queue<(byte[] Bytes, bool IsFromVenue)> line) : IPacketSource
    {
        private readonly List<(byte[] Bytes, bool IsFromVenue)> _batch = [];

        public int ReceiveBatch()
        {
            _batch.Clear();
            while (line.TryDequeue(out (byte[] Bytes, bool IsFromVenue) packet)) _batch.Add(packet);
            return _batch.Count;
        }

        public ReadOnlySpan<byte> Packet(int index) => _batch[index].Bytes;

        public bool IsFromVenue(int index) => _batch[index].IsFromVenue;
    }

    internal readonly struct Requests(List<MoldHeader> sent) : IPacketSink
    {
        public bool TrySend(ReadOnlySpan<byte> packet)
        {
            Assert.True(MoldHeader.TryRead(packet, out MoldHeader header));
            sent.Add(header);
            return true;
        }
    }
}
