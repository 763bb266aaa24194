using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>A TCP connection in memory: the engine holds this end, the scripted venue the other.</summary>
internal sealed class MemoryByteStream : IByteStream
{
    private readonly Queue<byte> _toEngine = [];
    private readonly Queue<byte> _toVenue = [];

    public StreamState State { get; private set; } = StreamState.Closed;

    public int LastError { get; private set; }

    /// <summary>Attempts to connect so far.</summary>
    public int Connects { get; private set; }

    /// <summary>Whether the venue listens.</summary>
    public bool IsListening { get; set; } = true;

    /// <summary>Bytes the socket still takes from the engine before it is full.</summary>
    public long TakesBytes { get; set; } = long.MaxValue;

    /// <summary>Bytes that still reach the engine before the connection is cut.</summary>
    public long CutAfterBytes { get; set; } = long.MaxValue;

    /// <summary>Most bytes that one Receive returns: TCP may split anywhere.</summary>
    public int ReceivesAtMost { get; set; } = int.MaxValue;

    /// <summary>Whether Send reports a broken connection.</summary>
    public bool IsBrokenForSends { get; set; }

    /// <summary>Bytes the engine received in all.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>How often the engine looked for bytes.</summary>
    public int Receives { get; private set; }

    public void BeginConnect()
    {
        Connects++;
        _toEngine.Clear();
        _toVenue.Clear();
        IsBrokenForSends = false;
        State = IsListening ? StreamState.Connected : StreamState.Closed;
    }

    public int Receive(Span<byte> buffer)
    {
        Receives++;
        if (State != StreamState.Connected) return -1;
        if (CutAfterBytes == 0 || (_toEngine.Count == 0 && IsEnded))
        {
            CutAfterBytes = long.MaxValue;
            Break();
            return -1;
        }

        int bytes = (int)Math.Min(Math.Min(buffer.Length, _toEngine.Count), Math.Min(CutAfterBytes, ReceivesAtMost));
        for (int i = 0; i < bytes; i++) buffer[i] = _toEngine.Dequeue();
        if (CutAfterBytes != long.MaxValue) CutAfterBytes -= bytes;
        ReceivedBytes += bytes;
        return bytes;
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (State != StreamState.Connected) return -1;
        if (IsBrokenForSends)
        {
            Break();
            return -1;
        }

        int taken = (int)Math.Min(bytes.Length, TakesBytes);
        foreach (byte value in bytes[..taken]) _toVenue.Enqueue(value);
        if (TakesBytes != long.MaxValue) TakesBytes -= taken;
        return taken;
    }

    public void Close()
    {
        State = StreamState.Closed;
        IsEnded = false;
    }

    /// <summary>The venue closed its end: what it sent before is still read.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The connection breaks: what was under way in either direction is lost.</summary>
    public void Break()
    {
        LastError = 104;
        Close();
        _toEngine.Clear();
        _toVenue.Clear();
    }

    internal byte[] TakeSent()
    {
        byte[] sent = [.. _toVenue];
        _toVenue.Clear();
        return sent;
    }

    internal void Deliver(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) _toEngine.Enqueue(value);
    }
}
