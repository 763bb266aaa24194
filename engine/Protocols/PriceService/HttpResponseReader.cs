namespace MarketMaker.Protocols.PriceService;

/// <summary>
/// Finds HTTP/1.1 responses in a byte stream (RFC 9112): Content-Length and chunked, split and merged anywhere, several in a row.
/// </summary>
/// <remarks>
/// Takes all its memory at construction: one header line and one body. Allocates nothing after, throws nothing. One thread.
/// </remarks>
public sealed class HttpResponseReader(int bodyBytesMax)
{
    /// <summary>Status line and headers of one response, those of interim responses before it included, in bytes.</summary>
    public const int HeaderBytesMax = 8 * 1024;

    /// <summary>A chunk's size line, extensions included, in bytes.</summary>
    private const int ChunkLineBytesMax = 256;

    private readonly byte[] _line = new byte[HeaderBytesMax];
    private readonly byte[] _body = new byte[bodyBytesMax];
    private HttpHeaders _headers;
    private State _state;
    private int _lineLength;
    private int _headerBytes;
    private int _bodyLength;
    private int _bytesLeft;

    /// <summary>Status of the response just completed.</summary>
    public int StatusCode => _headers.StatusCode;

    /// <summary>Whether the connection ends with the response just completed.</summary>
    public bool MustClose => _headers.MustClose;

    /// <summary>Body of the response just completed; valid until the next call of <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _bodyLength);

    /// <summary>Why the response was refused.</summary>
    public HttpError Error { get; private set; }

    /// <summary>Forgets everything: a new connection begins.</summary>
    public void Reset()
    {
        Error = HttpError.None;
        BeginResponse();
        _headerBytes = 0;
    }

    /// <summary>Takes bytes up to the end of one response.</summary>
    /// <param name="bytes">What the connection brought.</param>
    /// <param name="consumed">How many bytes were taken; the rest belongs to the next call.</param>
    public HttpReadResult Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        consumed = 0;
        if (Error != HttpError.None) return HttpReadResult.Refused;
        if (_state == State.Complete) BeginResponse();
        while (true)
        {
            if (_state == State.Complete)
            {
                _headerBytes = 0;
                return HttpReadResult.Response;
            }

            if (consumed == bytes.Length) return HttpReadResult.NeedMore;
            ReadOnlySpan<byte> rest = bytes[consumed..];
            consumed += _state is State.Body or State.ChunkData ? TakeBody(rest) : TakeLine(rest);
            if (Error != HttpError.None) return HttpReadResult.Refused;
        }
    }

    private void BeginResponse()
    {
        _state = State.StatusLine;
        _headers = default;
        _lineLength = 0;
        _bodyLength = 0;
        _bytesLeft = 0;
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, _bytesLeft);
        bytes[..taken].CopyTo(_body.AsSpan(_bodyLength));
        _bodyLength += taken;
        _bytesLeft -= taken;
        if (_bytesLeft == 0) _state = _state == State.Body ? State.Complete : State.ChunkEnd;
        return taken;
    }

    private int TakeLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        int taken = end < 0 ? bytes.Length : end + 1;
        bool isHeader = _state is State.StatusLine or State.Header or State.Trailer;
        int room = isHeader ? HeaderBytesMax - _headerBytes : ChunkLineBytesMax - _lineLength;
        if (taken > room)
        {
            Error = isHeader ? HttpError.HeaderTooLong : HttpError.BadChunk;
            return 0;
        }

        bytes[..taken].CopyTo(_line.AsSpan(_lineLength));
        _lineLength += taken;
        if (isHeader) _headerBytes += taken;
        if (end < 0) return taken;

        ReadOnlySpan<byte> line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        if (line is [.., (byte)'\r', (byte)'\n']) TakeWholeLine(line[..^2]);
        else Error = isHeader ? HttpError.BadHeader : HttpError.BadChunk;
        return taken;
    }

    private void TakeWholeLine(ReadOnlySpan<byte> line)
    {
        switch (_state)
        {
            case State.StatusLine:
                Error = _headers.ReadStatusLine(line);
                _state = State.Header;
                break;
            case State.Header when line.IsEmpty:
                EndHeaders();
                break;
            case State.Header:
                Error = _headers.ReadHeader(line);
                break;
            case State.ChunkSize:
                BeginChunk(line);
                break;
            case State.ChunkEnd:
                if (!line.IsEmpty) Error = HttpError.BadChunk;
                _state = State.ChunkSize;
                break;
            case State.Trailer:
                if (line.IsEmpty) _state = State.Complete;
                break;
        }
    }

    private void EndHeaders()
    {
        if (_headers.IsInterim)
        {
            BeginResponse();
            return;
        }

        Error = _headers.Framing(out int contentLength);
        if (Error != HttpError.None) return;
        if (contentLength > _body.Length) Error = HttpError.BodyTooLong;
        _bytesLeft = contentLength;
        _state = _headers.IsChunked ? State.ChunkSize : contentLength == 0 ? State.Complete : State.Body;
    }

    private void BeginChunk(ReadOnlySpan<byte> line)
    {
        if (!HttpHeaders.TryReadChunkSize(line, out int size))
        {
            Error = HttpError.BadChunk;
            return;
        }

        if (size > _body.Length - _bodyLength) Error = HttpError.BodyTooLong;
        _bytesLeft = size;
        _state = size == 0 ? State.Trailer : State.ChunkData;
    }

    private enum State
    {
        StatusLine,
        Header,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        Complete,
    }
}
