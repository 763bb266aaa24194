using System.Buffers.Binary;
using System.IO.Hashing;

namespace MarketMaker.Decision.Capture;

/// <summary>The file as its writer sees it: bytes gather in a block, blocks go out whole. Cold; allocates nothing after construction.</summary>
internal sealed class CaptureFile : IDisposable
{
    private const int NamesMax = 10_000;
    private const int ContentStart = CaptureFormat.BlockHeadBytes + CaptureFormat.TallyBytes;

    private readonly byte[] _block = new byte[CaptureFormat.BlockHeadBytes + CaptureFormat.BlockContentMax];
    private readonly FileStream _stream;
    private ulong _chain;
    private int _end = ContentStart;

    /// <summary>Makes the file and writes the header.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public CaptureFile(string path, CaptureStart start)
    {
        byte[] header = CaptureHeader.Write(start);
        _chain = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(16));
        _stream = CreateNew(path);
        Path = _stream.Name;
        _stream.Write(header);
        Bytes = header.Length;
    }

    /// <summary>The file's name.</summary>
    public string Path { get; }

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the block has nothing in it.</summary>
    public bool IsBlockEmpty => _end == ContentStart;

    /// <summary>Whether another event may not fit.</summary>
    public bool IsBlockFull => _end > _block.Length - CaptureFormat.EventBytesMax;

    /// <summary>Where the next event goes.</summary>
    public Span<byte> Room => _block.AsSpan(_end);

    /// <summary>An event was put into the room.</summary>
    public void Advance(int bytes) => _end += bytes;

    /// <summary>Writes the block.</summary>
    public void WriteBlock(in OrdersHash orders)
    {
        Span<byte> tally = _block.AsSpan(CaptureFormat.BlockHeadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(tally, orders.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(tally[8..], orders.Value);
        Write(CaptureFormat.DataBlock);
    }

    /// <summary>Writes the last block and closes the file.</summary>
    public void WriteTrailer(CaptureTrailer trailer)
    {
        trailer.Write(_block.AsSpan(CaptureFormat.BlockHeadBytes));
        _end = CaptureFormat.BlockHeadBytes + CaptureTrailer.Bytes;
        Write(CaptureFormat.TrailerBlock);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private void Write(uint kind)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(8), _end - CaptureFormat.BlockHeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(12), kind);
        _chain = XxHash3.HashToUInt64(_block.AsSpan(8, _end - 8), (long)_chain);
        BinaryPrimitives.WriteUInt64LittleEndian(_block, _chain);
        _stream.Write(_block, 0, _end);
        Bytes += _end;
        _end = ContentStart;
    }

    // What an earlier run captured is never written over: a restart must not wipe out what it is to be explained with.
    private static FileStream CreateNew(string path)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? path : $"{path}.{number}";
            if (File.Exists(name) && number < NamesMax) continue;
            return new FileStream(name, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
    }
}
