using System.Buffers.Binary;
using System.IO.Hashing;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Recording;

/// <summary>Writes images into a new file, each frame whole before the next: what a kill leaves is readable up to there.</summary>
internal sealed class RecordingWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly MemoryStream _frame = new();
    private readonly long[] _before = new long[CounterImage.SlotCount];
    private CounterHeader _header;
    private int _sinceKey = RecordingFile.FramesPerKey;

    /// <summary>Makes the file.</summary>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    public RecordingWriter(string path)
    {
        // One that is there may be the only record of a bad night.
        if (File.Exists(path)) throw new IOException($"{path} exists: name another file");
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.Write(RecordingFile.Magic);
    }

    /// <summary>Bytes written.</summary>
    public long Bytes => _file.Position;

    /// <summary>Frames written.</summary>
    public long Frames { get; private set; }

    /// <summary>Adds an image.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(CounterImage image)
    {
        bool isKey = _sinceKey >= RecordingFile.FramesPerKey || image.Header.Writer != _header.Writer;
        _frame.SetLength(RecordingFile.FrameHeadBytes);
        _frame.Position = RecordingFile.FrameHeadBytes;
        RecordingFrame.Write(_frame, image, _before, isKey);
        Span<byte> bytes = _frame.GetBuffer().AsSpan(0, (int)_frame.Length);
        Span<byte> content = bytes[RecordingFile.FrameHeadBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Crc32.HashToUInt32(content));
        _file.Write(bytes);
        _sinceKey = isKey ? 1 : _sinceKey + 1;
        _header = image.Header;
        Frames++;
    }

    public void Dispose() => _file.Dispose();
}
