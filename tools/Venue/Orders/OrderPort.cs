using MarketMaker.Contracts;
using MarketMaker.Platform.Network;

namespace MarketMaker.Venue.Orders;

/// <summary>The order port of all accounts: takes connections, lets the newest login have an account's session, drops the older one.</summary>
/// <remarks>A client whose socket broke logs in again before the old socket is known to be dead, hence the newest wins.</remarks>
public sealed class OrderPort(Func<IByteStream?> accept, IReadOnlyList<OrderAccount> accounts, SessionId session, VenueLogin login)
{
    private const long AcceptPeriodNs = 2_000_000;

    private readonly int _connectionsMax = 8 * accounts.Count;
    private readonly List<OrderConnection> _connections = [];
    private readonly OrderConnection?[] _clients = new OrderConnection?[accounts.Count];
    private readonly bool[] _seen = new bool[accounts.Count];
    private long _nextAcceptNs = long.MinValue;

    /// <summary>Whether a client has logged in to every account since the start.</summary>
    public bool HasSeenClients { get; private set; }

    /// <summary>Whether every connected client has been handed every message.</summary>
    public bool IsCaughtUp => Array.TrueForAll(_clients, client => client is null || client.IsCaughtUp);

    /// <summary>Takes new connections and answers the requests that have come.</summary>
    /// <returns>How much was done.</returns>
    public int Poll(long nowNs)
    {
        int work = 0;
        bool accepts = nowNs >= _nextAcceptNs;
        if (accepts) _nextAcceptNs = nowNs + AcceptPeriodNs;
        while (accepts && _connections.Count < _connectionsMax && accept() is { } stream)
        {
            _connections.Add(new OrderConnection(stream, accounts, session, login, nowNs));
            work++;
        }

        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            OrderConnection connection = _connections[i];
            bool wasLoggedIn = connection.IsLoggedIn;
            bool alive = connection.Receive(nowNs, ref work);
            if (!wasLoggedIn && connection.IsLoggedIn) OnLogin(connection);
            if (!alive) Drop(connection);
        }

        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            if (!_connections[i].Send(nowNs)) Drop(_connections[i]);
        }

        return work;
    }

    /// <summary>Ends the session for every client.</summary>
    public void EndSession()
    {
        foreach (OrderConnection connection in _connections) connection.EndSession();
    }

    /// <summary>Closes all connections.</summary>
    public void Close()
    {
        foreach (OrderConnection connection in _connections) connection.Close();
        _connections.Clear();
        Array.Clear(_clients);
    }

    private void OnLogin(OrderConnection connection)
    {
        _seen[connection.Account] = true;
        HasSeenClients = Array.TrueForAll(_seen, seen => seen);
        OrderConnection? older = _clients[connection.Account];
        _clients[connection.Account] = connection;
        if (older is not null) Drop(older);
    }

    private void Drop(OrderConnection connection)
    {
        connection.Close();
        _connections.Remove(connection);
        if (connection.Account >= 0 && _clients[connection.Account] == connection) _clients[connection.Account] = null;
    }
}
