using MarketMaker.Platform;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Prices;

/// <summary>A request that waits for its answer.</summary>
internal struct PendingRequest
{
    /// <summary>When its bytes were made ready, monotonic ns: never after the service saw them, so an age is never too young.</summary>
    public long SentNs;
    public ushort TickerIndex;
}

/// <summary>What reading from a connection came to.</summary>
internal enum ConnectionRead
{
    Nothing,

    /// <summary>An answer is complete, and its request with it.</summary>
    Answer,

    /// <summary>The connection is of no use any more: ended, or what it says cannot be understood.</summary>
    Broken,
}

/// <summary>One kept-alive connection: requests out, answers in, in the same order. All its memory is taken at construction.</summary>
/// <remarks>One thread. Knows nothing of prices; when to connect and what to ask is the client's business.</remarks>
internal sealed class PriceConnection<TStream>
    where TStream : class, IByteStream
{
    /// <summary>A body of one price is some 60 bytes; what is longer than this is refused.</summary>
    private const int BodyBytesMax = 64 * 1024;
    private const int ReceiveBytes = 16 * 1024;

    private readonly TStream _stream;
    private readonly HttpResponseReader _reader = new(BodyBytesMax);
    private readonly PendingRequest[] _pending;
    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly byte[] _unsent;
    private int _pendingHead;
    private int _receivedStart;
    private int _receivedEnd;
    private int _unsentStart;
    private int _unsentEnd;

    public PriceConnection(TStream stream, int pipelineDepth, int requestBytesMax)
    {
        _stream = stream;
        _pending = new PendingRequest[pipelineDepth];
        _unsent = new byte[pipelineDepth * requestBytesMax];
        Depth = pipelineDepth;
    }

    /// <summary>Where the client takes the connection to stand; the stream may be ahead of it.</summary>
    public StreamState Phase { get; set; }

    public StreamState StreamState => _stream.State;

    public int LastError => _stream.LastError;

    public HttpResponseReader Answer => _reader;

    /// <summary>Why the last read was broken off; None when the other side ended it.</summary>
    public HttpError FramingError => _reader.Error;

    public int PendingCount { get; private set; }

    /// <summary>
    /// Requests that may be under way. After a lost connection, and with a service that closes after each answer, it is 1, and
    /// doubles with every answer that leaves the connection open: what a loss costs is small while losses are many.
    /// </summary>
    public int Depth { get; private set; }

    public bool HasRoom => Phase == StreamState.Connected && PendingCount < Depth;

    /// <summary>When the request that waits longest was sent. Only with one pending.</summary>
    public long OldestSentNs => _pending[_pendingHead].SentNs;

    public bool IsHealthy { get; set; }

    public int FailuresInRow { get; set; }

    public long RetryAtNs { get; set; } = long.MinValue;

    public long ConnectingSinceNs { get; private set; }

    public void BeginConnect(long nowNs)
    {
        ConnectingSinceNs = nowNs;
        Phase = StreamState.Connecting;
        _stream.BeginConnect();
    }

    public void Close()
    {
        _stream.Close();
        Phase = StreamState.Closed;
        Depth = 1;
        _reader.Reset();
        _receivedStart = _receivedEnd = _unsentStart = _unsentEnd = 0;
    }

    /// <summary>Puts a request in line; <see cref="TryFlush"/> sends it.</summary>
    public void Enqueue(ushort tickerIndex, long nowNs, ReadOnlySpan<byte> request)
    {
        Invariant.Debug(HasRoom, "a request is only put where there is room");
        if (_unsentEnd + request.Length > _unsent.Length) MoveUnsentToStart();
        request.CopyTo(_unsent.AsSpan(_unsentEnd));
        _unsentEnd += request.Length;
        int tail = _pendingHead + PendingCount++;
        _pending[tail < _pending.Length ? tail : tail - _pending.Length] = new PendingRequest { SentNs = nowNs, TickerIndex = tickerIndex };
    }

    public PendingRequest Dequeue()
    {
        PendingRequest oldest = _pending[_pendingHead];
        if (++_pendingHead == _pending.Length) _pendingHead = 0;
        PendingCount--;
        return oldest;
    }

    /// <returns>False when the connection broke.</returns>
    public bool TryFlush()
    {
        if (_unsentStart == _unsentEnd) return true;
        int taken = _stream.Send(_unsent.AsSpan(_unsentStart.._unsentEnd));
        if (taken < 0) return false;
        _unsentStart += taken;
        if (_unsentStart == _unsentEnd) _unsentStart = _unsentEnd = 0;
        return true;
    }

    /// <summary>Takes one answer from what was received, or receives once.</summary>
    /// <param name="request">The request it answers.</param>
    public ConnectionRead Read(out PendingRequest request)
    {
        request = default;
        if (_receivedStart == _receivedEnd)
        {
            int received = _stream.Receive(_received);
            if (received < 0) return ConnectionRead.Broken;
            _receivedStart = 0;
            _receivedEnd = received;
            if (received == 0) return ConnectionRead.Nothing;
        }

        // Bytes that nobody asked for: the two sides no longer agree which answer is whose.
        if (PendingCount == 0) return ConnectionRead.Broken;
        HttpReadResult result = _reader.Read(_received.AsSpan(_receivedStart.._receivedEnd), out int consumed);
        _receivedStart += consumed;
        if (result == HttpReadResult.Refused) return ConnectionRead.Broken;
        if (result == HttpReadResult.NeedMore) return ConnectionRead.Nothing;
        request = Dequeue();
        Depth = _reader.MustClose ? 1 : Math.Min(Depth * 2, _pending.Length);
        return ConnectionRead.Answer;
    }

    private void MoveUnsentToStart()
    {
        // Always enough room: what is unsent belongs to pending requests, and there is room for all of these.
        _unsent.AsSpan(_unsentStart.._unsentEnd).CopyTo(_unsent);
        _unsentEnd -= _unsentStart;
        _unsentStart = 0;
    }
}
