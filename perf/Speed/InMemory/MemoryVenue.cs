using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;
using MarketMaker.Venue.Orders;

namespace MarketMaker.Speed.InMemory;

/// <summary>
/// The venue's order port in memory: takes the bytes of the orders, answers each (Accepted, then Executed for one in ten and Canceled for the others), and adds up
/// what was asked for. Allocates nothing after its construction.
/// </summary>
internal sealed class MemoryVenue : IByteStream
{
    private const int WonEvery = 10;
    private const int Bytes = 1 << 20;

    private readonly SoupBinServerSession _soup = new(0, Bytes, Bytes);
    private readonly byte[] _answer = new byte[128];
    private readonly SessionId _session;
    private readonly (long IntendedNs, long OrderedNs)[]? _samples;
    private readonly MemoryPackets _packets;
    private bool _isConnected;
    private ulong _matches;
    private uint _nextNumber = 1;

    /// <summary>Prepares the port.</summary>
    /// <param name="packets">Where offers come from.</param>
    /// <param name="samplesMax">Most times from the intended arrival of an offer to its order that are kept; 0: none are taken.</param>
    public MemoryVenue(MemoryPackets packets, int samplesMax)
    {
        _packets = packets;
        if (samplesMax > 0) _samples = new (long, long)[samplesMax];
        SessionId.TryCreate("SPEED"u8, out _session);
    }

    /// <summary>Orders taken.</summary>
    public long Orders { get; private set; }

    /// <summary>Sum of price times shares of all orders: what is measured must have been done.</summary>
    public ulong Notional { get; private set; }

    /// <summary>When each offer was meant to arrive and when its order was handed over, monotonic ns.</summary>
    public ReadOnlySpan<(long IntendedNs, long OrderedNs)> Kept => _samples.AsSpan(0, Samples);

    /// <summary>How many are kept. May be set to 0 at the end of a warm-up.</summary>
    public int Samples { get; set; }

    /// <inheritdoc/>
    public StreamState State => _isConnected ? StreamState.Connected : StreamState.Closed;

    /// <inheritdoc/>
    public int LastError => 0;

    /// <inheritdoc/>
    public void BeginConnect() => _isConnected = true;

    /// <inheritdoc/>
    public void Close() => _isConnected = false;

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _soup.Out.Count);
        if (count == 0) return 0;
        _soup.Out.Pending[..count].CopyTo(buffer);
        _soup.Out.Take(count);
        return count;
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_soup.In.Space(bytes.Length));
        _soup.In.Commit(bytes.Length);
        long nowNs = _samples is null ? 0 : Stopwatch.GetTimestamp();
        while (true)
        {
            switch (_soup.Next(out ReadOnlySpan<byte> payload))
            {
                case SoupBinServerEvent.LoginRequested:
                    _soup.AcceptLogin(_session, 1);
                    continue;
                case SoupBinServerEvent.Unsequenced:
                    Handle(payload, nowNs);
                    continue;
                case SoupBinServerEvent.None:
                    return bytes.Length;
                default:
                    return -1;
            }
        }
    }

    private void Handle(ReadOnlySpan<byte> message, long nowNs)
    {
        switch (message[0])
        {
            case EnterOrder.Type when EnterOrder.TryRead(message, out EnterOrder order, out _):
                OnOrder(order, nowNs);
                break;
            case MassCancel.Type when MassCancel.TryRead(message, out MassCancel request, out _):
                _nextNumber = request.UserRefNum + 1;
                Answer(new MassCancelResponse { UserRefNum = request.UserRefNum, Firm = request.Firm, Symbol = request.Symbol }.Write(_answer));
                break;
            case AccountQuery.Type:
                Answer(new AccountQueryResponse { NextUserRefNum = _nextNumber }.Write(_answer));
                break;
        }
    }

    private void OnOrder(in EnterOrder order, long nowNs)
    {
        Orders++;
        Notional += order.Price * order.QuantityShares;
        if (_samples is not null && Samples < _samples.Length) _samples[Samples++] = (_packets.IntendedNsOf((int)order.Price), nowNs);
        Answer((OrderTerms.Accepted(order) with { OrderReferenceNumber = (ulong)Orders }).Write(_answer));
        if (Orders % WonEvery == 0)
        {
            Answer(new Executed
            {
                UserRefNum = order.UserRefNum,
                QuantityShares = order.QuantityShares,
                Price = order.Price,
                Liquidity = (byte)'R',
                MatchNumber = ++_matches,
            }.Write(_answer));
            return;
        }

        Answer(new Canceled { UserRefNum = order.UserRefNum, QuantityShares = order.QuantityShares, Reason = OuchCancelReason.ImmediateOrCancel }.Write(_answer));
    }

    private void Answer(int bytes)
    {
        if (!_soup.TrySendSequenced(_answer.AsSpan(0, bytes))) throw new InvalidOperationException("the engine does not read its answers");
    }
}
