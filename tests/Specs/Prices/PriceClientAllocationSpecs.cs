using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class PriceClientAllocationSpecs
{
    private const int Tickers = 100;

    [Fact]
    public void should_allocate_nothing_in_steady_state_faults_included()
    {
        ManualTime time = new();
        Universe universe = PriceClientBench.UniverseOf(Tickers);
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 1_024);
        EventPoller<PriceEvent> poller = prices.NewPoller();
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", 64);
        using CounterFile counters = CounterFile.InMemory();
        LogWriter log = LogWriter.Create(64, out _);
        PriceClient<CannedStream, ManualClock> client = new(
            new PriceClientOptions { RequestsPerSecond = 100_000 },
            universe,
            [new CannedStream(), new CannedStream()],
            new ManualClock(time),
            new RefreshSchedule(new PriceClientOptions { RequestsPerSecond = 100_000 }, new PriceCache(universe)),
            prices,
            new SingleProducerRingBuffer<RefreshRequest>("priorities", 64).NewPoller(),
            refreshes.NewPoller(),
            counters,
            log);

        Run(client, time, poller, 2_000);
        long requestsBefore = counters.Read(Counter.PriceClientRequests);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Run(client, time, poller, 5_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        Assert.True(counters.Read(Counter.PriceClientRequests) - requestsBefore > 10_000, "it worked meanwhile");
        Assert.True(counters.Read(Counter.PriceClientPrices) > 10_000, "prices came");
        Assert.True(counters.Read(Counter.PriceClientErrorStatuses) > 10, "errors came");
        Assert.True(counters.Read(Counter.PriceClientRefusedBodies) > 10, "bad bodies came");
        Assert.True(counters.Read(Counter.PriceClientDisconnects) > 10, "connections were lost");
    }

    private static void Run(
        PriceClient<CannedStream, ManualClock> client, ManualTime time, EventPoller<PriceEvent> poller, int cycles)
    {
        for (int i = 0; i < cycles; i++, time.Advance(ManualTime.NsPerMs / 2))
        {
            client.DoWork();
            long last = poller.AvailableThrough(1_024);
            if (last >= poller.Next) poller.Advance(last);
        }
    }

    /// <summary>A service whose answers were written out before; it allocates nothing itself. Now and then it misbehaves.</summary>
    private sealed class CannedStream : IByteStream
    {
        private static readonly byte[][] Good = [.. Enumerable.Range(0, Tickers).Select(i => Response(
            $$"""{"price":100.00,"time":{{ManualTime.WallSecondsAtStart}},"ticker":"T{{i:0000}}"}"""))];

        private static readonly byte[] Bad = Response("""{"price":NaN}""");
        private static readonly byte[] Error = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

        private readonly byte[][] _answers = new byte[256][];
        private int _head;
        private int _count;
        private int _number;

        public StreamState State { get; private set; }

        public int LastError => 0;

        public void BeginConnect()
        {
            Close();
            State = StreamState.Connected;
        }

        public int Send(ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<byte> rest = bytes;
            while (!rest.IsEmpty)
            {
                int ticker = (rest[6] - '0') * 1_000 + (rest[7] - '0') * 100 + (rest[8] - '0') * 10 + (rest[9] - '0');
                byte[] answer = (_number++ % 97) switch { 13 => Bad, 40 => Error, _ => Good[ticker] };
                _answers[(_head + _count++) % _answers.Length] = answer;
                rest = rest[(rest.IndexOf("\r\n\r\n"u8) + 4)..];
            }

            return bytes.Length;
        }

        public int Receive(Span<byte> buffer)
        {
            if (_number % 1_000 > 980)
            {
                _number += 20;
                Close();
                return -1;
            }

            if (_count == 0) return 0;
            byte[] answer = _answers[_head];
            answer.CopyTo(buffer);
            _head = (_head + 1) % _answers.Length;
            _count--;
            return answer.Length;
        }

        public void Close()
        {
            State = StreamState.Closed;
            _count = 0;
        }

        private static byte[] Response(string body) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
