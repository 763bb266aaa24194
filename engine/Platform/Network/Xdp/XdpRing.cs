using static MarketMaker.Platform.Network.Xdp.XdpConstants;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>A ring shared with the kernel: one side produces, the other consumes, each counter has one writer.</summary>
/// <remarks>
/// RX and completion: the kernel produces, we consume. Fill and TX: the other way round. Belongs to one thread. Ours is a plain copy of the counter
/// that we write; theirs is read with acquire, so that a slot seen is a slot filled, and ours is written with release.
/// </remarks>
internal sealed unsafe class XdpRing<TSlot> : IDisposable
    where TSlot : unmanaged
{
    private readonly byte* _mapping;
    private readonly nuint _mappedBytes;
    private readonly uint* _producer;
    private readonly uint* _consumer;
    private readonly uint* _flags;
    private readonly TSlot* _slots;
    private bool _unmapped;

    /// <summary>Sizes the ring and maps it.</summary>
    /// <param name="socket">The AF_XDP socket; its UMEM is registered.</param>
    /// <param name="option">The option that sizes the ring.</param>
    /// <param name="pageOffset">Where the kernel offers it to mmap.</param>
    /// <param name="slots">A power of two.</param>
    /// <exception cref="SocketSetupException">The kernel refused.</exception>
    public XdpRing(int socket, int option, long pageOffset, int slots)
    {
        Capacity = slots;
        SocketSetup.Set(socket, SOL_XDP, option, slots, $"the size of AF_XDP ring {option}");
        MappingOffsets all;
        uint bytes = (uint)sizeof(MappingOffsets);
        // SAFETY: the kernel writes at most the bytes named to a local of that size; a shorter answer is an older kernel's and refused.
        if (SocketCalls.GetOption(socket, SOL_XDP, XDP_MMAP_OFFSETS, &all, &bytes) != 0 || bytes != sizeof(MappingOffsets))
            throw new SocketSetupException("cannot read the offsets of AF_XDP rings", SocketSetup.LastErrno, "Linux 5.11 or later is needed.");
        RingOffsets offsets = option switch
        {
            XDP_RX_RING => all.Rx,
            XDP_TX_RING => all.Tx,
            XDP_UMEM_FILL_RING => all.Fill,
            _ => all.Completion,
        };
        _mappedBytes = (nuint)offsets.Slots + (nuint)slots * (nuint)sizeof(TSlot);
        void* mapping = XdpCalls.Map(null, _mappedBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, socket, pageOffset);
        if ((nint)mapping == -1) throw new SocketSetupException($"cannot map AF_XDP ring {option}", SocketSetup.LastErrno);
        // SAFETY: the mapping is as long as offset and slots together, and the counters lie before the slots; Dispose alone unmaps it.
        _mapping = (byte*)mapping;
        _producer = (uint*)(_mapping + offsets.Producer);
        _consumer = (uint*)(_mapping + offsets.Consumer);
        _flags = (uint*)(_mapping + offsets.Flags);
        _slots = (TSlot*)(_mapping + offsets.Slots);
    }

    /// <summary>Slots.</summary>
    public int Capacity { get; }

    /// <summary>Our own counter: slots consumed, or slots produced.</summary>
    public uint Position { get; private set; }

    /// <summary>Whether the kernel waits for a call before it looks at this ring.</summary>
    // SAFETY: the flags lie in the mapping, which lives until Dispose.
    public bool NeedsWakeup => (Volatile.Read(ref *_flags) & XDP_RING_NEED_WAKEUP) != 0;

    /// <summary>The slot of a counter's value.</summary>
    // SAFETY: the mask keeps the index inside the ring; capacity is a power of two. The caller touches only slots that are its own now.
    public ref TSlot this[uint position] => ref _slots[position & (uint)(Capacity - 1)];

    /// <summary>As a consumer: slots that are filled and not yet consumed.</summary>
    // SAFETY: the counter lies in the mapping.
    public int Filled => (int)(Volatile.Read(ref *_producer) - Position);

    /// <summary>As a producer: slots that are free.</summary>
    // SAFETY: the counter lies in the mapping.
    public int Free => Capacity - (int)(Position - Volatile.Read(ref *_consumer));

    /// <summary>As a consumer: gives slots back.</summary>
    public void Consume(int count)
    {
        Position += (uint)count;
        // SAFETY: the counter lies in the mapping and is ours to write.
        Volatile.Write(ref *_consumer, Position);
    }

    /// <summary>As a producer: publishes slots that were filled.</summary>
    public void Produce(int count)
    {
        Position += (uint)count;
        // SAFETY: the counter lies in the mapping and is ours to write.
        Volatile.Write(ref *_producer, Position);
    }

    /// <summary>Unmaps it; no slot must be touched any more.</summary>
    public void Dispose()
    {
        if (_unmapped) return;
        _unmapped = true;
        // SAFETY: mapped by the constructor, unmapped once.
        _ = XdpCalls.Unmap(_mapping, _mappedBytes);
    }
}
