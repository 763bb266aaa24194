using System.Buffers.Text;
using System.Text;

namespace MarketMaker.Protocols.PriceService;

/// <summary>What matters of a response's status line and headers. All other headers are passed over.</summary>
internal struct HttpHeaders
{
    private int _contentLength;
    private bool _hasLength;

    public int StatusCode { get; private set; }

    public bool MustClose { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>1xx: another response to the same request follows.</summary>
    public readonly bool IsInterim => StatusCode is >= 100 and < 200;

    public HttpError ReadStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ')
            return HttpError.BadStatusLine;
        ReadOnlySpan<byte> code = line[9..12];
        if (code.ContainsAnyExceptInRange((byte)'0', (byte)'9') || code[0] is (byte)'0' || (line.Length > 12 && line[12] != ' '))
            return HttpError.BadStatusLine;
        StatusCode = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
        MustClose = line[7] == '0';
        return StatusCode == 101 ? HttpError.BadStatusLine : HttpError.None;
    }

    public HttpError ReadHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        // A blank inside or after the name hides a header from some readers and not from others (RFC 9112, section 5.1).
        if (colon <= 0 || line[..colon].ContainsAny((byte)' ', (byte)'\t')) return HttpError.BadHeader;
        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        ReadOnlySpan<byte> name = line[..colon];
        if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8)) return ReadLength(value);
        if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8)) return ReadEncoding(value);
        if (Ascii.EqualsIgnoreCase(name, "Connection"u8)) ReadConnection(value);
        return HttpError.None;
    }

    /// <summary>How the body is framed, once all headers are read.</summary>
    /// <param name="contentLength">Bytes of the body; 0 when it is chunked or there is none.</param>
    public readonly HttpError Framing(out int contentLength)
    {
        contentLength = _contentLength;
        if (_hasLength && IsChunked) return HttpError.BadLength;
        if (StatusCode is 204 or 304)
        {
            contentLength = 0;
            return IsChunked ? HttpError.UnknownEncoding : HttpError.None;
        }

        return _hasLength || IsChunked ? HttpError.None : HttpError.NoLength;
    }

    public static bool TryReadChunkSize(ReadOnlySpan<byte> line, out int size)
    {
        size = 0;
        int extension = line.IndexOf((byte)';');
        ReadOnlySpan<byte> digits = (extension < 0 ? line : line[..extension]).TrimEnd(" \t"u8);
        // Seven hexadecimal digits stay below 2^31.
        return digits.Length is > 0 and <= 7 && Utf8Parser.TryParse(digits, out size, out int used, 'x') && used == digits.Length;
    }

    private HttpError ReadLength(ReadOnlySpan<byte> value)
    {
        if (_hasLength || value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return HttpError.BadLength;
        _hasLength = true;
        // What is too long for the number is too long for every limit.
        if (!Utf8Parser.TryParse(value, out _contentLength, out _)) _contentLength = int.MaxValue;
        return HttpError.None;
    }

    private HttpError ReadEncoding(ReadOnlySpan<byte> value)
    {
        if (IsChunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8)) return HttpError.UnknownEncoding;
        IsChunked = true;
        return HttpError.None;
    }

    private void ReadConnection(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            int comma = value.IndexOf((byte)',');
            ReadOnlySpan<byte> option = (comma < 0 ? value : value[..comma]).Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(option, "close"u8)) MustClose = true;
            value = comma < 0 ? default : value[(comma + 1)..];
        }
    }
}
