using BenchmarkDotNet.Attributes;
using MarketMaker.Contracts;
using MarketMaker.Feed;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Micro;

/// <summary>
/// The stage Feed without the socket: packets of Add Orders in memory to offers in the ring, consumed at once. One operation is one
/// offer; the clock is the host's.
/// </summary>
[OperationsPerSecond]
[MemoryDiagnoser]
public class FeedParse
{
    private const int Offers = 36 * PacketsPerBatch;
    private const int OffersPerPacket = 36;
    private const int PacketsPerBatch = 64;
    private const int Tickers = 5_000;

    private readonly byte[][] _packets = new byte[PacketsPerBatch][];
    private FeedParser<MemoryPackets, MemoryPackets, SystemClock> _parser = null!;
    private EventPoller<OfferEvent> _poller = null!;
    private ulong _sequence = 1;

    /// <summary>A directory of 5,000 tickers, then one packet per place in the batch.</summary>
    [GlobalSetup]
    public void Build()
    {
        Symbol[] symbols = [.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:D4}"))];
        Universe.TryCreate(symbols, out Universe? universe, out _);
        SingleProducerRingBuffer<OfferEvent> ring = new("offers", 8_192);
        _poller = ring.NewPoller();
        MemoryPackets packets = new(_packets);
        _parser = new(
            new FeedOptions(), universe!, ring, [packets], [], packets, CounterFile.InMemory(), LogWriter.Create(64, out _), default);
        for (ushort i = 0; i < Tickers; i++)
        {
            byte[] directory = new byte[StockDirectory.Length];
            new StockDirectory(new(i, 0, 0), symbols[i], 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).Write(directory);
            _parser.ApplySnapshotMessage(directory);
        }

        Random random = new(1);
        MoldSession.TryParse("FEED", out MoldSession session);
        MoldPacketBuilder builder = new(session);
        for (int i = 0; i < _packets.Length; i++)
        {
            for (int message = 0; message < OffersPerPacket; message++)
            {
                builder.TryReserve(AddOrder.Length, out Span<byte> place);
                ItchHeader header = new((ushort)random.Next(Tickers), 0, 1);
                new AddOrder(header, (ulong)random.NextInt64(1L << 40), Side.Buy, 100, default, 1_000_000).Write(place);
            }

            _packets[i] = builder.Finish().ToArray();
        }

        long priceSum = Parse();
        if (priceSum != Offers * 1_000_000L) throw new InvalidDataException($"The prices add up to {priceSum}.");
    }

    /// <summary>One batch of packets.</summary>
    [Benchmark(OperationsPerInvoke = Offers)]
    public long Parse()
    {
        foreach (byte[] packet in _packets)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(10), _sequence);
            _sequence += OffersPerPacket;
        }

        _parser.DoWork();
        long priceSum = 0;
        long last = _poller.AvailableThrough(int.MaxValue);
        for (long at = _poller.Next; at <= last; at++) priceSum += _poller[at].Price;
        _poller.Advance(last);
        return priceSum;
    }

    /// <summary>The same packets on every call.</summary>
    internal readonly struct MemoryPackets(byte[][] packets) : IPacketSource, IPacketSink
    {
        public int ReceiveBatch() => packets.Length;

        public ReadOnlySpan<byte> Packet(int index) => packets[index];

        public bool IsFromVenue(int index) => true;

        public bool TrySend(ReadOnlySpan<byte> packet) => true;
    }
}
