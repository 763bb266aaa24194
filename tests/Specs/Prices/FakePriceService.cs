using System.Globalization;
using System.Text;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>What the service does with one request.</summary>
public sealed record Reply(string Text)
{
    /// <summary>How long after the request the first byte comes.</summary>
    public long DelayNs { get; init; }

    /// <summary>Closes the connection behind the last byte.</summary>
    public bool Closes { get; init; }

    /// <summary>Never answers, neither this request nor those behind it.</summary>
    public bool Stalls { get; init; }

    /// <summary>A slow loris: at most so many bytes each millisecond.</summary>
    public int BytesPerMs { get; init; } = int.MaxValue;
}

/// <summary>A price service in memory, with every bad manner a test gives it.</summary>
public sealed class FakePriceService(ManualTime time)
{
    public static Reply Stall { get; } = new("") { Stalls = true };

    /// <summary>What comes of a request; by default a good price of 100.00 of this second.</summary>
    public Func<string, Reply>? OnRequest { get; set; }

    public bool RefusesConnections { get; set; }

    public bool HangsOnConnect { get; set; }

    public int BytesPerReceiveMax { get; set; } = int.MaxValue;

    public int BytesPerSendMax { get; set; } = int.MaxValue;

    /// <summary>Every request that arrived whole: when, and for what.</summary>
    public List<(long Ns, string Path)> Requests { get; } = [];

    public List<long> ConnectsNs { get; } = [];

    public int OpenConnections { get; set; }

    public Reply Price(string ticker, decimal price, long? timeSeconds = null) =>
        Ok($$"""{"price":{{price.ToString(CultureInfo.InvariantCulture)}},"time":{{timeSeconds ?? time.WallSeconds}},"ticker":"{{ticker}}"}""");

    public static Reply Ok(string body) => new($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    public static Reply Status(int code) => new($"HTTP/1.1 {code} Whatever\r\nContent-Length: 2\r\n\r\nno");

    public Reply Answer(string path)
    {
        Requests.Add((time.Ns, path));
        return OnRequest is null ? Price(path, 100m) : OnRequest(path);
    }

    public int CountOf(string path) => Requests.Count(request => request.Path == path);

    public FakeStream[] Streams(int count) => [.. Enumerable.Range(0, count).Select(_ => new FakeStream(this, time))];
}

/// <summary>One end of a connection to <see cref="FakePriceService"/>.</summary>
public sealed class FakeStream(FakePriceService service, ManualTime time) : IByteStream
{
    private const int ConnectionRefused = 111;

    private readonly StringBuilder _requestBytes = new();
    private readonly Queue<Reply> _replies = new();
    private StreamState _state;
    private byte[] _current = [];
    private int _currentAt;
    private long _currentFromNs;
    private Reply? _reply;

    public StreamState State
    {
        get
        {
            if (_state == StreamState.Connecting && !service.HangsOnConnect)
            {
                _state = service.RefusesConnections ? StreamState.Closed : StreamState.Connected;
                LastError = service.RefusesConnections ? ConnectionRefused : 0;
                if (_state == StreamState.Connected) service.OpenConnections++;
            }

            return _state;
        }
    }

    public int LastError { get; private set; }

    public void BeginConnect()
    {
        Close();
        service.ConnectsNs.Add(time.Ns);
        _state = StreamState.Connecting;
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (State != StreamState.Connected) return -1;
        int taken = Math.Min(bytes.Length, service.BytesPerSendMax);
        _requestBytes.Append(Encoding.ASCII.GetString(bytes[..taken]));
        string text = _requestBytes.ToString();
        int end;
        while ((end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal)) >= 0)
        {
            Assert.StartsWith("GET /", text);
            string path = text[5..text.IndexOf(' ', 5)];
            Reply reply = service.Answer(path);
            _replies.Enqueue(reply with { DelayNs = time.Ns + reply.DelayNs });
            text = text[(end + 4)..];
        }

        _requestBytes.Clear().Append(text);
        return taken;
    }

    public int Receive(Span<byte> buffer)
    {
        if (State != StreamState.Connected) return -1;
        int filled = 0;
        while (filled < buffer.Length && filled < service.BytesPerReceiveMax)
        {
            if (_currentAt == _current.Length && !TryBeginReply()) break;
            if (_currentAt == _current.Length && _reply!.Closes)
            {
                if (filled > 0) break;
                Close();
                return -1;
            }

            long allowed = _reply!.BytesPerMs == int.MaxValue
                ? _current.Length
                : (time.Ns - _currentFromNs) / ManualTime.NsPerMs * _reply.BytesPerMs;
            int taken = (int)Math.Min(
                Math.Min(allowed, _current.Length) - _currentAt, Math.Min(buffer.Length, service.BytesPerReceiveMax) - filled);
            if (taken <= 0) break;
            _current.AsSpan(_currentAt, taken).CopyTo(buffer[filled..]);
            _currentAt += taken;
            filled += taken;
        }

        return filled;
    }

    public void Close()
    {
        if (_state == StreamState.Connected) service.OpenConnections--;
        _state = StreamState.Closed;
        _requestBytes.Clear();
        _replies.Clear();
        _reply = null;
        _current = [];
        _currentAt = 0;
    }

    private bool TryBeginReply()
    {
        // What closes behind its last byte stays the current reply until the end was seen.
        if (_reply is { Closes: true }) return true;
        if (!_replies.TryPeek(out Reply? next) || next.Stalls || time.Ns < next.DelayNs) return false;
        _reply = _replies.Dequeue();
        _current = Encoding.ASCII.GetBytes(_reply.Text);
        _currentAt = 0;
        _currentFromNs = time.Ns;
        return true;
    }
}
