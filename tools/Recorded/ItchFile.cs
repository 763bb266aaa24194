using System.IO.Compression;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Recorded;

/// <summary>Reads a recorded ITCH file message by message, raw or packed with gzip, however long it is.</summary>
public sealed class ItchFile : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _from;
    private int _to;
    private bool _atEnd;

    /// <summary>Opens a file; a name that ends in .gz is unpacked on the way.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public ItchFile(string path)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        _stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Messages read so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages whose length is not that of their type: passed over.</summary>
    public long Malformed { get; private set; }

    /// <summary>Bytes of a message that was cut off at the end of the file; 0 unless the end was reached and is torn.</summary>
    public int TornBytes => _atEnd ? _to - _from : 0;

    /// <summary>The next message; valid until the next call. False at the end.</summary>
    public bool TryNext(out ReadOnlySpan<byte> message)
    {
        while (true)
        {
            ItchFileReader reader = new(_buffer.AsSpan(_from, _to - _from));
            if (reader.TryNext(out message))
            {
                _from += reader.BytesConsumed;
                if (ItchLengths.IsWellFormed(message))
                {
                    Messages++;
                    return true;
                }

                Malformed++;
                continue;
            }

            if (_atEnd) return false;
            Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        _to -= _from;
        _from = 0;
        int read = ReadOrTorn();
        if (read == 0) _atEnd = true;
        _to += read;
    }

    /// <summary>A gzip file that was itself cut off ends where its good part ends.</summary>
    private int ReadOrTorn()
    {
        try
        {
            return _stream.Read(_buffer, _to, _buffer.Length - _to);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }
}
