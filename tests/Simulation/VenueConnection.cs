using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Simulation;

/// <summary>The venue's end of one connection: reads what has arrived, sends the messages it owes.</summary>
internal sealed class VenueConnection(SimulatedConnection connection, VirtualTime time)
{
    private const int ReadBytes = 8_192;

    private readonly SoupBinServerSession _session = new(time.NowNs, receiveBytes: 2 * ReadBytes);

    public bool IsBroken => connection.IsBroken;

    /// <summary>Broken, and all that reached the venue was handled.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether a Mass Cancel came over it.</summary>
    public bool HasFenced { get; set; }

    public void Work(SimulatedVenue venue)
    {
        int read = connection.ToVenue.Read(_session.In.Space(ReadBytes));
        _session.In.Commit(read);
        if (read > 0) _session.Received(time.NowNs);
        Handle(venue);
        if (IsBroken)
        {
            IsOver |= connection.ToVenue.IsEmpty;
            return;
        }

        while (_session.IsLoggedIn && _session.NextToSend <= venue.LastSequence)
        {
            if (!_session.TrySendSequenced(venue.Message(_session.NextToSend))) break;
        }

        if (!_session.KeepAlive(time.NowNs)) connection.Break(mayLoseSent: false);
        if (_session.Out.Count == 0 || IsBroken) return;
        connection.ToEngine.Write(_session.Out.Pending);
        _session.Out.Clear();
        _session.Sent(time.NowNs);
    }

    /// <summary>Sends what is owed, then that the session is over.</summary>
    public void EndSession(SimulatedVenue venue)
    {
        if (IsBroken || !_session.IsLoggedIn) return;
        Work(venue);
        _session.TryEndSession();
        connection.ToEngine.Write(_session.Out.Pending);
        _session.Out.Clear();
    }

    private void Handle(SimulatedVenue venue)
    {
        SoupBinServerEvent told;
        while ((told = _session.Next(out ReadOnlySpan<byte> payload)) != SoupBinServerEvent.None)
        {
            switch (told)
            {
                case SoupBinServerEvent.LoginRequested:
                    Assert.True(SoupBinLoginRequest.TryRead(payload, out SoupBinLoginRequest login));
                    if (venue.Knows(login)) _session.AcceptLogin(venue.Session, venue.LogIn(login));
                    else _session.RejectLogin(SoupBinLoginAnswer.SessionNotAvailable);
                    break;
                case SoupBinServerEvent.Unsequenced:
                    venue.Handle(this, payload);
                    break;
                case SoupBinServerEvent.Logout:
                    connection.Break(mayLoseSent: false);
                    break;
                default:
                    Assert.Fail("the engine sent bytes that are not the protocol's");
                    break;
            }
        }
    }
}
