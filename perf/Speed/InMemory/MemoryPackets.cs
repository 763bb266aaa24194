using System.Diagnostics;
using MarketMaker.Platform.Network;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.InMemory;

/// <summary>The prepared packets as Feed's source: as many as it takes, or each at its intended time.</summary>
internal sealed class MemoryPackets(OfferStream stream, int batchMax) : IPacketSource, IPacketSink
{
    private readonly byte[][] _batch = new byte[batchMax][];
    private readonly long[] _intendedNs = new long[OfferStream.PayingPrices];
    private Schedule? _schedule;
    private int _next;
    private ulong _sequence = 1;
    private long _left;

    /// <summary>Packets not yet handed out.</summary>
    public long Left => _left;

    /// <summary>When the core was away since the last schedule began.</summary>
    public StolenTime Stolen { get; } = new();

    /// <summary>Lets so many packets come, at once or by a schedule.</summary>
    public void Allow(long packets, Schedule? schedule = null)
    {
        (_left, _schedule) = (packets, schedule);
        Stolen.Begin(Stopwatch.GetTimestamp());
    }

    /// <summary>When the offer at a paying price was meant to come, monotonic ns; of the last one at that price.</summary>
    public long IntendedNsOf(int price) => _intendedNs[(price - OfferStream.PayingFrom) & (OfferStream.PayingPrices - 1)];

    /// <inheritdoc/>
    public int ReceiveBatch()
    {
        int count = 0;
        if (_left == 0) return 0;
        long nowNs = _schedule is null ? 0 : Stopwatch.GetTimestamp();
        if (_schedule is not null) Stolen.Look(nowNs);
        while (count < _batch.Length && _left > 0 && (_schedule is null || _schedule.NextNs <= nowNs))
        {
            byte[] packet = stream.Packets[_next];
            if (++_next == stream.Packets.Length) _next = 0;
            OfferStream.Number(packet, _sequence);
            _sequence += (ulong)stream.OffersPerPacket;
            _batch[count++] = packet;
            _left--;
            if (_schedule is not null) Note(packet);
        }

        return count;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet(int index) => _batch[index];

    /// <inheritdoc/>
    public bool IsFromVenue(int index) => true;

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> packet) => true;

    // With a schedule a packet holds one offer.
    private void Note(byte[] packet)
    {
        int price = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(packet.Length - sizeof(int)));
        if (price - OfferStream.PayingFrom is >= 0 and < OfferStream.PayingPrices) _intendedNs[price - OfferStream.PayingFrom] = _schedule!.NextNs;
        _schedule!.Advance();
    }
}
