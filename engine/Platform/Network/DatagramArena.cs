using MarketMaker.Platform.Memory;

namespace MarketMaker.Platform.Network;

/// <summary>Off-heap room for a batch of datagrams, with the headers that recvmmsg and sendmmsg want, wired up once.</summary>
/// <remarks>Belongs to one thread. Memory: headers, vectors, addresses, control messages, then the datagrams.</remarks>
internal sealed unsafe class DatagramArena : IDisposable
{
    private const int CacheLineBytes = 64;

    private readonly NativeBuffer _memory;
    private readonly byte* _controls;
    private readonly byte* _datagrams;
    private readonly int _strideBytes;

    public DatagramArena(int count, int datagramBytes, string purpose, int controlBytes = 0)
    {
        Count = count;
        DatagramBytes = datagramBytes;
        ControlBytes = controlBytes;
        _strideBytes = (datagramBytes + CacheLineBytes - 1) / CacheLineBytes * CacheLineBytes;
        int tableBytes = count * (sizeof(MessageHeader) + sizeof(IoVector) + sizeof(Ipv4SocketAddress) + controlBytes);
        tableBytes = (tableBytes + CacheLineBytes - 1) / CacheLineBytes * CacheLineBytes;
        _memory = new NativeBuffer(tableBytes + (long)count * _strideBytes, purpose);
        // SAFETY: the tables lie one behind the other in tableBytes, each a multiple of 8 bytes, so all are aligned; the
        // datagrams follow. The buffer outlives every pointer: it is freed by Dispose only, after the socket is closed.
        Headers = (MessageHeader*)_memory.Pointer;
        IoVector* vectors = (IoVector*)(Headers + count);
        Addresses = (Ipv4SocketAddress*)(vectors + count);
        _controls = (byte*)(Addresses + count);
        _datagrams = _memory.Pointer + tableBytes;
        for (int i = 0; i < count; i++)
        {
            vectors[i].Base = Datagram(i);
            vectors[i].Length = (nuint)datagramBytes;
            Headers[i].Vectors = &vectors[i];
            Headers[i].VectorCount = 1;
        }
    }

    public int Count { get; }

    public int DatagramBytes { get; }

    public MessageHeader* Headers { get; }

    public Ipv4SocketAddress* Addresses { get; }

    /// <summary>Room for the control messages of one datagram; a multiple of 8.</summary>
    public int ControlBytes { get; }

    /// <summary>The control messages of a datagram; the caller keeps the index below <see cref="Count"/>.</summary>
    public byte* Control(int index) => _controls + (long)index * ControlBytes;

    /// <summary>The first byte of a datagram; the caller keeps the index below <see cref="Count"/>.</summary>
    public byte* Datagram(int index) => _datagrams + (long)index * _strideBytes;

    public void Dispose() => _memory.Dispose();
}
