namespace MarketMaker.Protocols.PriceService;

/// <summary>Why a response was refused. The connection cannot be read on after any of these.</summary>
public enum HttpError : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The first line is no HTTP/1.0 or HTTP/1.1 status line.</summary>
    BadStatusLine,

    /// <summary>A header line without a name, folded, or with a line end other than CR LF.</summary>
    BadHeader,

    /// <summary>Status line and headers are longer than the limit.</summary>
    HeaderTooLong,

    /// <summary>Content-Length is no number or comes twice, beside another framing included.</summary>
    BadLength,

    /// <summary>Neither Content-Length nor chunked: where the body ends cannot be told.</summary>
    NoLength,

    /// <summary>A Transfer-Encoding other than chunked.</summary>
    UnknownEncoding,

    /// <summary>The body is, or says it will be, longer than the limit.</summary>
    BodyTooLong,

    /// <summary>A chunk without a size or without its line end.</summary>
    BadChunk,
}

/// <summary>What a call of <see cref="HttpResponseReader.Read"/> came to.</summary>
public enum HttpReadResult : byte
{
    /// <summary>All bytes were taken; the response is not complete yet.</summary>
    NeedMore,

    /// <summary>A response is complete; bytes behind it were left.</summary>
    Response,

    /// <summary>The response was refused: close the connection.</summary>
    Refused,
}
