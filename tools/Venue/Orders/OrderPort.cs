using MarketMaker.Contracts;
using MarketMaker.Platform.Network;

namespace MarketMaker.Venue.Orders;

/// <summary>The order port of an account: takes connections, lets the newest login have the session, drops the older one.</summary>
/// <remarks>A client whose socket broke logs in again before the old socket is known to be dead, hence the newest wins.</remarks>
public sealed class OrderPort(Func<IByteStream?> accept, OrderAccount account, SessionId session, VenueLogin login)
{
    private const int ConnectionsMax = 8;
    private const long AcceptPeriodNs = 2_000_000;

    private readonly List<OrderConnection> _connections = new(ConnectionsMax);
    private OrderConnection? _client;
    private long _nextAcceptNs = long.MinValue;

    /// <summary>Whether any client has logged in since the start.</summary>
    public bool HasSeenClient { get; private set; }

    /// <summary>Whether every connected client has been handed every message.</summary>
    public bool IsCaughtUp => _client is null || _client.IsCaughtUp;

    /// <summary>Takes new connections and answers the requests that have come.</summary>
    /// <returns>How much was done.</returns>
    public int Poll(long nowNs)
    {
        int work = 0;
        bool accepts = nowNs >= _nextAcceptNs;
        if (accepts) _nextAcceptNs = nowNs + AcceptPeriodNs;
        while (accepts && _connections.Count < ConnectionsMax && accept() is { } stream)
        {
            _connections.Add(new OrderConnection(stream, account, session, login, nowNs));
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
        _client = null;
    }

    private void OnLogin(OrderConnection connection)
    {
        HasSeenClient = true;
        OrderConnection? older = _client;
        _client = connection;
        if (older is not null) Drop(older);
    }

    private void Drop(OrderConnection connection)
    {
        connection.Close();
        _connections.Remove(connection);
        if (_client == connection) _client = null;
    }
}
