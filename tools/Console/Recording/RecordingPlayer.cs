using System.Buffers.Binary;
using System.IO.Hashing;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Recording;

/// <summary>Plays a recording: each take gives the next frame, and a jump goes to any moment. What comes behind damage is not played.</summary>
internal sealed class RecordingPlayer : ICounterSource
{
    private readonly FileStream _file;
    private readonly List<(long At, bool IsKey, long WallNs)> _frames = [];
    private readonly CounterImage _image = new();
    private byte[] _bytes = new byte[64 * 1024];
    private int _loaded = -1;

    /// <summary>Opens a recording and finds its frames.</summary>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no recording, of another version, or empty.</exception>
    public RecordingPlayer(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        try
        {
            Span<byte> magic = stackalloc byte[RecordingFile.Magic.Length];
            if (_file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(RecordingFile.Magic))
                throw new InvalidDataException($"{path} is no recording of this version of mm-console");
            FindFrames();
            if (_frames.Count == 0 || !_frames[0].IsKey) throw new InvalidDataException($"{path} holds no whole frame");
            Load(0);
            if (_image.Header.WhyUnreadable() is { } why) throw new InvalidDataException($"{path} cannot be read: {why}");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public bool IsRecorded => true;

    /// <summary>How many frames there are.</summary>
    public int Frames => _frames.Count;

    /// <summary>The frame the next take gives.</summary>
    public int Next { get; private set; }

    /// <summary>When a frame was taken, ns since 1970.</summary>
    public long WallNs(int frame) => _frames[frame].WallNs;

    /// <summary>The last frame that was taken at or before a moment; 0 when none was.</summary>
    public int FrameAt(long wallNs) => Math.Max(0, _frames.FindLastIndex(frame => frame.WallNs <= wallNs));

    /// <summary>Goes on from a frame, or from the nearest there is.</summary>
    public void Jump(int frame) => Next = Math.Clamp(frame, 0, _frames.Count - 1);

    public bool TryTake(CounterImage image)
    {
        Load(Next);
        // The last one stays.
        if (Next < _frames.Count - 1) Next++;
        image.Header = _image.Header;
        (image.TakenNs, image.TakenWallNs) = (_image.TakenNs, _image.TakenWallNs);
        _image.Slots.CopyTo(image.Slots);
        image.SetTickers(_image.Tickers);
        return true;
    }

    public void Dispose() => _file.Dispose();

    private void FindFrames()
    {
        long at = RecordingFile.Magic.Length;
        CounterImage times = new();
        while (TryRead(at, out ReadOnlySpan<byte> content))
        {
            // A frame of changes applied to anything still tells its time.
            if (!RecordingFrame.TryApply(content, times)) break;
            _frames.Add((at, content[0] == 1, times.TakenWallNs));
            at += RecordingFile.FrameHeadBytes + content.Length;
        }
    }

    private void Load(int frame)
    {
        if (frame == _loaded) return;
        int from = frame;
        if (_loaded >= 0 && _loaded < frame) from = _loaded + 1;
        // From the nearest key frame, unless the one that is loaded is nearer.
        int key = _frames.FindLastIndex(frame, other => other.IsKey);
        from = _loaded >= 0 && _loaded < frame ? Math.Max(from, key) : key;
        for (int i = from; i <= frame; i++)
        {
            if (!TryRead(_frames[i].At, out ReadOnlySpan<byte> content) || !RecordingFrame.TryApply(content, _image))
                throw new InvalidDataException($"frame {i} of the recording was changed while it was played");
        }

        _loaded = frame;
    }

    private bool TryRead(long at, out ReadOnlySpan<byte> content)
    {
        content = default;
        Span<byte> head = stackalloc byte[RecordingFile.FrameHeadBytes];
        if (RandomAccess.Read(_file.SafeFileHandle, head, at) < head.Length) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= 0 or > RecordingFile.FrameBytesMax) return false;
        if (_bytes.Length < length) _bytes = new byte[length];
        if (RandomAccess.Read(_file.SafeFileHandle, _bytes.AsSpan(0, length), at + head.Length) < length) return false;
        if (Crc32.HashToUInt32(_bytes.AsSpan(0, length)) != BinaryPrimitives.ReadUInt32LittleEndian(head[4..])) return false;
        content = _bytes.AsSpan(0, length);
        return true;
    }
}
