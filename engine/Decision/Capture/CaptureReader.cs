using System.Buffers.Binary;
using System.IO.Hashing;
using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>Reads a capture from its beginning, event by event, and proves each block before anything of it is believed.</summary>
public sealed class CaptureReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly CaptureDecoder _decoder;
    private byte[] _block = new byte[CaptureFormat.BlockContentMax];
    private readonly byte[] _head = new byte[CaptureFormat.BlockHeadBytes];
    private ulong _chain;
    private int _length;
    private int _position;
    private bool _isBlockOpen;

    /// <summary>Opens a capture and reads what Decision began with.</summary>
    /// <exception cref="CaptureException">It is not there, not a capture, damaged, or of another version.</exception>
    public CaptureReader(string path)
    {
        Path = path;
        try
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"{path} cannot be read: {cause.Message}");
        }

        try
        {
            Start = ReadStart();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }

        _decoder = new CaptureDecoder(Start.Universe.Count);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What Decision began with.</summary>
    public CaptureStart Start { get; }

    /// <summary>Size of the file and how much of it was read: for a progress bar.</summary>
    public (long Read, long All) Bytes => (_stream.Position, _stream.Length);

    /// <summary>What was read last.</summary>
    public CapturedKind Kind { get; private set; }

    /// <summary>The offer, with all that Prices stamped on it but the hop of Feed.</summary>
    public ref readonly OfferEvent Offer => ref _decoder.Offer;

    /// <summary>What became of the offer: None when it was taken.</summary>
    public RefusalReason Verdict => _decoder.Verdict;

    /// <summary>The price event.</summary>
    public ref readonly PriceEvent Price => ref _decoder.Price;

    /// <summary>The response, without what only Journal needs.</summary>
    public ref readonly ResponseEvent Response => ref _decoder.Response;

    /// <summary>What may not be done from here on.</summary>
    public TradingStops Stops => _decoder.Stops;

    /// <summary>Orders up to the end of the block at hand.</summary>
    public long BlockOrders { get; private set; }

    /// <summary>Their hash.</summary>
    public ulong BlockOrdersHash { get; private set; }

    /// <summary>The end, once <see cref="Read"/> has given false; null when there is none.</summary>
    public CaptureTrailer? Trailer { get; private set; }

    /// <summary>How the capture ended, once <see cref="Read"/> has given false.</summary>
    public CaptureEnding Ending => Trailer?.Ending ?? CaptureEnding.Truncated;

    /// <summary>Reads the next event.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CaptureException">The file is damaged; the message says where.</exception>
    public bool Read()
    {
        while (_position == _length)
        {
            if (_isBlockOpen)
            {
                _isBlockOpen = false;
                Kind = CapturedKind.BlockEnd;
                return true;
            }

            if (!ReadBlock())
            {
                Kind = CapturedKind.None;
                return false;
            }
        }

        try
        {
            _position += _decoder.Take(_block.AsSpan(_position.._length), out CapturedKind kind);
            Kind = kind;
        }
        catch (IndexOutOfRangeException)
        {
            // The block's hash was right: not the disk's fault, but no version's own bytes either.
            throw Damaged("an event runs past its block or names no ticker");
        }

        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private CaptureStart ReadStart()
    {
        Span<byte> preamble = stackalloc byte[CaptureFormat.PreambleBytes];
        if (_stream.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false) < preamble.Length || !preamble.StartsWith(CaptureFormat.Magic))
            throw new CaptureException($"{Path} is not a capture: give the file that [capture] path names");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(preamble[8..]);
        if (version != CaptureFormat.Version)
            throw new CaptureException($"{Path} is of format {version}, this version reads {CaptureFormat.Version}: replay it with the version that wrote it");
        int length = BinaryPrimitives.ReadInt32LittleEndian(preamble[12..]);
        _chain = BinaryPrimitives.ReadUInt64LittleEndian(preamble[16..]);
        if (length is < 0 or > CaptureFormat.HeaderBytesMax || length > _stream.Length - CaptureFormat.PreambleBytes) throw Damaged("its header is not whole");
        byte[] header = new byte[length];
        _stream.ReadExactly(header);
        if (CaptureHeader.Hash(header) != _chain) throw Damaged("its header does not have its hash");
        try
        {
            return CaptureHeader.Read(header);
        }
        catch (CaptureException cause)
        {
            throw new CaptureException($"{Path}: {cause.Message}");
        }
    }

    /// <returns>False at the end of the capture.</returns>
    private bool ReadBlock()
    {
        if (Trailer is not null) return _stream.Position == _stream.Length ? false : throw Damaged("something follows its last block");
        long at = _stream.Position;
        if (_stream.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false) < _head.Length) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(8));
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(12));
        if (length is < 0 or > CaptureFormat.BlockContentMax) throw Damaged($"the block at byte {at} has no length that is written");
        if (_stream.ReadAtLeast(_block.AsSpan(0, length), length, throwOnEndOfStream: false) < length) return false;
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(_head);
        if (HashOf(length) != hash) throw Damaged($"the block at byte {at} does not have its hash");
        _chain = hash;
        if (kind == CaptureFormat.TrailerBlock)
        {
            Trailer = CaptureTrailer.Read(_block.AsSpan(0, length));
            return ReadBlock();
        }

        if (kind != CaptureFormat.DataBlock || length < CaptureFormat.TallyBytes) throw Damaged($"the block at byte {at} is of no kind that is written");
        BlockOrders = BinaryPrimitives.ReadInt64LittleEndian(_block);
        BlockOrdersHash = BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(8));
        (_position, _length, _isBlockOpen) = (CaptureFormat.TallyBytes, length, true);
        return true;
    }

    private ulong HashOf(int length)
    {
        XxHash3 hash = new((long)_chain);
        hash.Append(_head.AsSpan(8));
        hash.Append(_block.AsSpan(0, length));
        return hash.GetCurrentHashAsUInt64();
    }

    private CaptureException Damaged(string how) => new($"{Path} is damaged: {how}; what lies before may be replayed from a copy cut there");
}
