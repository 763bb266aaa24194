using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Tests.Torture.Wire;

/// <summary>One connection of the engine with the venue: two threads that pass whole packets on, until an end closes or a cut is made.</summary>
internal sealed class Relay : IDisposable
{
    private const int HeaderBytes = 3;

    private readonly Socket _engine;
    private readonly Socket _venue;
    private readonly OrderWatch _watch;
    private readonly Action<ReadOnlyMemory<byte>> _onOrder;
    private readonly Func<char, int, Cut?> _takeCut;
    private readonly Thread _toVenue;
    private readonly Thread _toEngine;
    private readonly Lock _closing = new();
    private long _sequence;
    private bool _isClosed;

    private Relay(Socket engine, Socket venue, OrderWatch watch, Action<ReadOnlyMemory<byte>> onOrder, Func<char, int, Cut?> takeCut)
    {
        (_engine, _venue, _watch, _onOrder, _takeCut) = (engine, venue, watch, onOrder, takeCut);
        _toVenue = new Thread(() => Pump(_engine, _venue, OnRequest)) { IsBackground = true, Name = "to venue" };
        _toEngine = new Thread(() => Pump(_venue, _engine, OnAnswer)) { IsBackground = true, Name = "to engine" };
        _toVenue.Start();
        _toEngine.Start();
    }

    /// <summary>Connects to the venue and begins.</summary>
    /// <returns>Null when the venue takes no connection; the engine's is closed then.</returns>
    public static Relay? TryStart(Socket engine, IPEndPoint venue, OrderWatch watch, Action<ReadOnlyMemory<byte>> onOrder, Func<char, int, Cut?> takeCut)
    {
        Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        engine.NoDelay = true;
        try
        {
            other.Connect(venue);
            return new Relay(engine, other, watch, onOrder, takeCut);
        }
        catch (SocketException)
        {
            other.Dispose();
            engine.Dispose();
            return null;
        }
    }

    /// <summary>Ends it; both threads have ended when this returns.</summary>
    public void Dispose()
    {
        Close(isReset: false);
        _toVenue.Join();
        _toEngine.Join();
    }

    private void Pump(Socket from, Socket to, Func<byte[], Cut?> look)
    {
        Frames frames = new();
        byte[] buffer = new byte[1 << 16];
        try
        {
            int count;
            while ((count = from.Receive(buffer)) > 0)
            {
                frames.Add(buffer.AsSpan(0, count));
                for (byte[] packet = frames.Next(); packet.Length > 0; packet = frames.Next())
                {
                    Cut? cut = look(packet);
                    SendAll(to, packet.AsSpan(0, cut?.Bytes ?? packet.Length));
                    if (cut is not { } made) continue;
                    Close(made.IsReset);
                    return;
                }
            }

            // The end of an orderly stream is passed on; the other direction goes on until it ends itself.
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            Close(isReset: true);
        }
        catch (ObjectDisposedException)
        {
            // Closed from the other thread.
        }
    }

    private Cut? OnRequest(byte[] packet)
    {
        if (packet.Length <= HeaderBytes || packet[2] != 'U' || packet[3] != 'O') return null;
        _watch.OnOrder(packet.AsSpan(HeaderBytes));
        _onOrder(packet.AsMemory(HeaderBytes));
        return _takeCut('O', packet.Length);
    }

    private Cut? OnAnswer(byte[] packet)
    {
        if (packet[2] == 'A') _sequence = OrderWatch.NextSequence(packet.AsSpan(HeaderBytes));
        if (packet[2] != 'S' || packet.Length <= HeaderBytes) return null;
        Cut? cut = _takeCut((char)packet[3], packet.Length);
        // Half an answer is none: the engine gets it again, and only then knows of it.
        if (cut is null || cut.Value.Bytes == packet.Length) _watch.OnAnswer(_sequence, packet.AsSpan(HeaderBytes));
        _sequence++;
        return cut;
    }

    private static void SendAll(Socket to, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[to.Send(bytes)..];
    }

    private void Close(bool isReset)
    {
        lock (_closing)
        {
            if (_isClosed) return;
            _isClosed = true;
        }

        foreach (Socket socket in (Socket[])[_engine, _venue])
        {
            // A socket closed with time 0 to linger sends RST.
            if (isReset) socket.LingerState = new LingerOption(true, 0);
            else TryShutdown(socket);
            socket.Dispose();
        }
    }

    private static void TryShutdown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // It is closed already.
        }
    }
}
