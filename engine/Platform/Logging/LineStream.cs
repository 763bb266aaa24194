namespace MarketMaker.Platform.Logging;

/// <summary>
/// A log's bytes as whole lines for an output: a reader never sees half of one, and what the output cannot take is counted by lines. Belongs to
/// the thread that formats.
/// </summary>
public sealed class LineStream(ILineOutput output) : Stream
{
    /// <summary>The most that goes out at once: a pipe takes so much whole or not at all (PIPE_BUF). A longer line is cut.</summary>
    public const int ChunkBytes = 4096;

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private int _length;
    private int _whole;
    private bool _isCut;
    private long _lost;

    /// <summary>Lines that did not reach the output. Any thread may ask.</summary>
    public long LinesLost => Volatile.Read(ref _lost);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int end = buffer.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? buffer : buffer[..end];
            Append(part);
            if (end < 0) break;
            EndLine();
            buffer = buffer[(end + 1)..];
        }

        Emit();
    }

    /// <summary>Sends what is whole; half a line waits for its end.</summary>
    public override void Flush() => Emit();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Emit();
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        // One byte is kept for the line's end.
        if (_length + part.Length >= ChunkBytes) Emit();
        int room = ChunkBytes - 1 - _length;
        if (part.Length > room) _isCut = true;
        part = part[..Math.Min(room, part.Length)];
        if (_isCut && part.IsEmpty) return;
        part.CopyTo(_chunk.AsSpan(_length));
        _length += part.Length;
    }

    private void EndLine()
    {
        _isCut = false;
        _chunk[_length++] = (byte)'\n';
        _whole = _length;
        if (_length == ChunkBytes) Emit();
    }

    private void Emit()
    {
        if (_whole == 0) return;
        ReadOnlySpan<byte> lines = _chunk.AsSpan(0, _whole);
        if (!output.TryWrite(lines)) Volatile.Write(ref _lost, _lost + lines.Count((byte)'\n'));
        _chunk.AsSpan(_whole, _length - _whole).CopyTo(_chunk);
        _length -= _whole;
        _whole = 0;
    }
}
