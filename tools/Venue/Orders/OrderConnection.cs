using MarketMaker.Contracts;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Venue.Orders;

/// <summary>One client's connection to the order port: login to an account, requests in, sequenced messages out of the account's store.</summary>
/// <remarks>Never waits: what the client does not take stays in the store. Belongs to the market thread.</remarks>
public sealed class OrderConnection(IByteStream stream, IReadOnlyList<OrderAccount> accounts, SessionId session, VenueLogin login, long nowNs)
{
    private const int ReceiveBytes = 1 << 16;
    private const int SendBytes = 1 << 18;

    private readonly SoupBinServerSession _soup = new(nowNs, ReceiveBytes + SoupBinFrame.PacketBytesMax, SendBytes);

    /// <summary>The number of the account it has logged in to; below 0 before.</summary>
    public int Account { get; private set; } = -1;

    /// <summary>Whether the client has logged in and not left.</summary>
    public bool IsLoggedIn => _soup.IsLoggedIn;

    /// <summary>Whether the client has been handed every message there is.</summary>
    public bool IsCaughtUp => Account < 0 || _soup.NextToSend > Store.Last && _soup.Out.Count == 0;

    private SequencedStore Store => accounts[Account].Store;

    /// <summary>Reads requests and answers them.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    /// <param name="work">Raised by the number of messages.</param>
    /// <returns>False when the connection is over; <see cref="Close"/> it then.</returns>
    public bool Receive(long nowNs, ref int work)
    {
        int read = _soup.In.FillFrom(stream);
        if (read > 0) _soup.Received(nowNs);
        while (true)
        {
            switch (_soup.Next(out ReadOnlySpan<byte> payload))
            {
                case SoupBinServerEvent.Unsequenced:
                    accounts[Account].Handle(payload);
                    work++;
                    continue;
                case SoupBinServerEvent.LoginRequested when !TryLogin(payload):
                    _soup.Out.FlushTo(stream);
                    return false;
                case SoupBinServerEvent.LoginRequested:
                    work++;
                    continue;
                case SoupBinServerEvent.Logout or SoupBinServerEvent.Malformed:
                    return false;
                default:
                    return read >= 0;
            }
        }
    }

    /// <summary>Sends what the client is owed, as far as its socket takes it.</summary>
    /// <returns>False when the connection is over.</returns>
    public bool Send(long nowNs)
    {
        while (true)
        {
            while (_soup.IsLoggedIn && _soup.NextToSend <= Store.Last && _soup.TrySendSequenced(Store[_soup.NextToSend]))
            {
            }

            bool alive = _soup.KeepAlive(nowNs);
            int sent = _soup.Out.FlushTo(stream);
            if (sent > 0) _soup.Sent(nowNs);
            if (!alive || sent < 0) return false;
            // Goes on only while the socket takes everything and more is owed.
            if (_soup.Out.Count > 0 || !_soup.IsLoggedIn || _soup.NextToSend > Store.Last) return true;
        }
    }

    /// <summary>Tells the client that the session is over and no message will come any more.</summary>
    public void EndSession()
    {
        if (_soup.IsLoggedIn) _soup.TryEndSession();
        _soup.Out.FlushTo(stream);
    }

    /// <summary>Closes the socket.</summary>
    public void Close() => stream.Close();

    private bool TryLogin(ReadOnlySpan<byte> payload)
    {
        if (!login.Check(payload, session, out SoupBinLoginRequest request, out int account, out byte rejectReason))
        {
            _soup.RejectLogin(rejectReason);
            return false;
        }

        Account = account;
        long first = SoupBinServerSession.FirstOwed(request.RequestedSequence, Store.Last);
        return _soup.AcceptLogin(session, first, request.HeartbeatTimeoutMs);
    }
}
