using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Venue;

/// <summary>Who may log in: one or more accounts with one password; an account's name is the participant's name in the fills.</summary>
public sealed class VenueLogin(IReadOnlyList<string> usernames, string password)
{
    private readonly byte[][] _usernames = [.. usernames.Select(Encoding.ASCII.GetBytes)];
    private readonly byte[] _password = Encoding.ASCII.GetBytes(password);

    /// <summary>Checks a login request: user, password, and that the session asked for is this one or blank.</summary>
    /// <param name="payload">Payload of the L packet.</param>
    /// <param name="session">The session that is on.</param>
    /// <param name="request">The request, when it is readable.</param>
    /// <param name="account">Number of the account, in the order of the names; below 0 when it is none.</param>
    /// <param name="rejectReason">Why not, when the answer is false.</param>
    public bool Check(ReadOnlySpan<byte> payload, SessionId session, out SoupBinLoginRequest request, out int account, out byte rejectReason)
    {
        account = SoupBinLoginRequest.TryRead(payload, out request) ? _usernames.Length - 1 : -1;
        while (account >= 0 && !request.Matches(_usernames[account], _password)) account--;
        rejectReason = account >= 0 ? SoupBinLoginAnswer.SessionNotAvailable : SoupBinLoginAnswer.NotAuthorised;
        return account >= 0 && (request.Session.IsNone || request.Session == session);
    }
}
