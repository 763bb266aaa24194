using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Venue;

/// <summary>Who may log in. One account for now; its name is the participant's name in the fills.</summary>
public sealed class VenueLogin(string username, string password)
{
    private readonly byte[] _username = Encoding.ASCII.GetBytes(username);
    private readonly byte[] _password = Encoding.ASCII.GetBytes(password);

    /// <summary>The account's name.</summary>
    public string Username => username;

    /// <summary>Checks a login request: user, password, and that the session asked for is this one or blank.</summary>
    /// <param name="payload">Payload of the L packet.</param>
    /// <param name="session">The session that is on.</param>
    /// <param name="request">The request, when it is readable.</param>
    /// <param name="rejectReason">Why not, when the answer is false.</param>
    public bool Check(ReadOnlySpan<byte> payload, SessionId session, out SoupBinLoginRequest request, out byte rejectReason)
    {
        bool known = SoupBinLoginRequest.TryRead(payload, out request) && request.Matches(_username, _password);
        rejectReason = known ? SoupBinLoginAnswer.SessionNotAvailable : SoupBinLoginAnswer.NotAuthorised;
        return known && (request.Session.IsNone || request.Session == session);
    }
}
