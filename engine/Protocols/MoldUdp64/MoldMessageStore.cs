using System.Buffers.Binary;
using System.Numerics;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>The last messages of a session by number, for the request server: a ring of slots of one size.</summary>
/// <remarks>The oldest message makes room for the newest. Belongs to one thread; allocates nothing after its constructor.</remarks>
public sealed class MoldMessageStore
{
    private readonly byte[] _slots;
    private readonly int _slotBytes;
    private readonly ulong _mask;
    private readonly ulong _firstEver;

    /// <summary>Takes all its memory: capacity times the message's length and two bytes.</summary>
    /// <param name="capacity">Messages kept; a power of two.</param>
    /// <param name="messageBytesMax">Longest message.</param>
    /// <param name="firstSequence">Number of the first message that will be added.</param>
    /// <exception cref="ArgumentException">The capacity is no power of two, or the memory would exceed 2 GB.</exception>
    public MoldMessageStore(int capacity, int messageBytesMax, ulong firstSequence = 1)
    {
        if (capacity <= 0 || !BitOperations.IsPow2(capacity))
        {
            throw new ArgumentException("The capacity is no power of two.", nameof(capacity));
        }

        _slotBytes = messageBytesMax + MoldPacket.BlockLengthBytes;
        long bytes = (long)capacity * _slotBytes;
        if (bytes > Array.MaxLength) throw new ArgumentException("The store would exceed 2 GB.", nameof(capacity));
        _slots = new byte[bytes];
        _mask = (ulong)capacity - 1;
        _firstEver = firstSequence;
        NextSequence = firstSequence;
    }

    /// <summary>The number the next message added will have.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>The oldest number still kept; equal to <see cref="NextSequence"/> when nothing is.</summary>
    public ulong FirstSequence => NextSequence - _firstEver <= _mask + 1 ? _firstEver : NextSequence - _mask - 1;

    /// <summary>Keeps the next message; false when it is longer than a slot, and then its number is not used up.</summary>
    public bool TryAdd(ReadOnlySpan<byte> message)
    {
        if (message.Length > _slotBytes - MoldPacket.BlockLengthBytes) return false;
        Span<byte> slot = Slot(NextSequence);
        BinaryPrimitives.WriteUInt16BigEndian(slot, (ushort)message.Length);
        message.CopyTo(slot[MoldPacket.BlockLengthBytes..]);
        NextSequence++;
        return true;
    }

    /// <summary>Finds a message; false when it is not yet sent or no longer kept.</summary>
    public bool TryGet(ulong sequence, out ReadOnlySpan<byte> message)
    {
        if (!TryGetBlock(sequence, out ReadOnlySpan<byte> block))
        {
            message = default;
            return false;
        }

        message = block[MoldPacket.BlockLengthBytes..];
        return true;
    }

    /// <summary>Finds a message with its length in front, as it goes into a packet.</summary>
    internal bool TryGetBlock(ulong sequence, out ReadOnlySpan<byte> block)
    {
        if (sequence < FirstSequence || sequence >= NextSequence)
        {
            block = default;
            return false;
        }

        ReadOnlySpan<byte> slot = Slot(sequence);
        block = slot[..(MoldPacket.BlockLengthBytes + BinaryPrimitives.ReadUInt16BigEndian(slot))];
        return true;
    }

    private Span<byte> Slot(ulong sequence) => _slots.AsSpan((int)(sequence & _mask) * _slotBytes, _slotBytes);
}
