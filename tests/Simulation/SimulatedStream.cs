using MarketMaker.Platform.Network;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Simulation;

/// <summary>The engine's end of its TCP connection: bytes take their time, come in pieces, and are cut off when the world says so.</summary>
internal sealed class SimulatedStream(SimulatedVenue venue, VirtualTime time, Random random) : IByteStream
{
    private readonly List<byte> _sent = [];
    private SimulatedConnection? _connection;

    public StreamState State => _connection switch
    {
        null or { IsBroken: true } => StreamState.Closed,
        { } one => time.NowNs < one.OpenAtNs ? StreamState.Connecting : StreamState.Connected,
    };

    public int LastError { get; private set; }

    /// <summary>Hears of every order that the socket took.</summary>
    public Action<EnterOrder>? OnOrder { get; set; }

    /// <summary>Fingerprint of every byte the engine sent and of when it did.</summary>
    public ulong SendsHash { get; private set; } = 0xCBF2_9CE4_8422_2325;

    public void BeginConnect()
    {
        Close();
        _sent.Clear();
        LastError = 0;
        _connection = new SimulatedConnection(time, random);
        venue.Connect(_connection);
    }

    public int Receive(Span<byte> buffer)
    {
        if (State != StreamState.Connected) return -1;
        return _connection!.ToEngine.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 400))]);
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (State != StreamState.Connected) return -1;
        // Now and then the socket is nearly full.
        int taken = random.Next(20) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
        foreach (byte value in bytes[..taken]) SendsHash = (SendsHash ^ value ^ (ulong)time.NowNs << 8) * 0x0000_0100_0000_01B3;
        _connection!.ToVenue.Write(bytes[..taken]);
        if (OnOrder is not null) LookForOrders(bytes[..taken]);
        return taken;
    }

    // Orders are looked at when their last byte has left.
    private void LookForOrders(ReadOnlySpan<byte> bytes)
    {
        _sent.AddRange(bytes);
        while (_sent.Count >= 2 && _sent.Count >= 2 + (_sent[0] << 8 | _sent[1]))
        {
            int length = 2 + (_sent[0] << 8 | _sent[1]);
            byte[] packet = [.. _sent[..length]];
            _sent.RemoveRange(0, length);
            if (packet[2] == (byte)'U' && EnterOrder.TryRead(packet.AsSpan(3), out EnterOrder order, out _)) OnOrder!(order);
        }
    }

    public void Close()
    {
        _connection?.Break(mayLoseSent: false);
        _connection = null;
    }

    /// <summary>The network drops the connection: what was under way to the venue arrives in part, what was under way to us is lost.</summary>
    public void Cut()
    {
        LastError = 104;
        _connection?.Break(mayLoseSent: true);
    }
}

/// <summary>One connection, seen from both ends.</summary>
internal sealed class SimulatedConnection(VirtualTime time, Random random)
{
    public long OpenAtNs { get; } = time.NowNs + random.Next(1, 2_000_000);

    public BytesUnderWay ToVenue { get; } = new(time, random);

    public BytesUnderWay ToEngine { get; } = new(time, random);

    /// <summary>Nothing more can be sent. The venue still gets what reached it before.</summary>
    public bool IsBroken { get; private set; }

    public void Break(bool mayLoseSent)
    {
        if (IsBroken) return;
        IsBroken = true;
        ToEngine.Clear();
        if (mayLoseSent) ToVenue.LosePart();
    }
}
