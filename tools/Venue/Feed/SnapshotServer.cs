using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Venue.Feed;

/// <summary>The GLIMPSE-style snapshot: a SoupBinTCP port of its own, where each login gets the state of the directory once.</summary>
public sealed class SnapshotServer(TcpAcceptor acceptor, DirectoryState directory, SessionId session, VenueLogin login) : IAgent
{
    private const int ClientsMax = 16;

    private readonly SystemClock _clock = default;
    private readonly List<Client> _clients = [];

    /// <inheritdoc/>
    public string Name => "snapshot";

    /// <inheritdoc/>
    public int DoWork()
    {
        long nowNs = _clock.MonotonicNs;
        int work = 0;
        while (_clients.Count < ClientsMax && acceptor.TryAccept() is { } stream)
        {
            _clients.Add(new Client(stream, new SoupBinServerSession(nowNs), []));
            work++;
        }

        for (int i = _clients.Count - 1; i >= 0; i--)
        {
            if (Serve(_clients[i], nowNs, ref work)) continue;
            _clients[i].Stream.Dispose();
            _clients.RemoveAt(i);
        }

        return work;
    }

    /// <summary>Serves one client; false when its connection is over.</summary>
    private bool Serve(Client client, long nowNs, ref int work)
    {
        SoupBinServerSession soup = client.Soup;
        int read = soup.In.FillFrom(client.Stream);
        if (read < 0) return false;
        if (read > 0) soup.Received(nowNs);
        work += read;
        switch (soup.Next(out ReadOnlySpan<byte> payload))
        {
            case SoupBinServerEvent.LoginRequested:
                if (!login.Check(payload, session, out SoupBinLoginRequest request, out _, out byte rejectReason))
                {
                    soup.RejectLogin(rejectReason);
                    soup.Out.FlushTo(client.Stream);
                    return false;
                }

                client.Messages.AddRange(directory.Snapshot());
                soup.AcceptLogin(session, nextSequence: 1, request.HeartbeatTimeoutMs);
                break;
            case SoupBinServerEvent.Logout or SoupBinServerEvent.Malformed:
                return false;
        }

        while (soup.IsLoggedIn && soup.NextToSend <= client.Messages.Count && soup.TrySendSequenced(client.Messages[(int)soup.NextToSend - 1])) work++;
        bool alive = soup.KeepAlive(nowNs);
        int sent = soup.Out.FlushTo(client.Stream);
        if (sent > 0) soup.Sent(nowNs);
        return alive && sent >= 0;
    }

    private sealed record Client(TcpStream Stream, SoupBinServerSession Soup, List<byte[]> Messages);
}
