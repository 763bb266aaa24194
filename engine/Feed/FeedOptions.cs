using System.Numerics;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Feed;

/// <summary>The settings of the stage Feed.</summary>
public sealed record FeedOptions
{
    /// <summary>The venue's feed session, 1 to 10 characters; blank (the default) takes that of the first good packet.</summary>
    public string Session { get; init; } = "";

    /// <summary>Age in ms beyond which an open gap has every offer refused. 0 to 60,000; default 1,000: a halt may be missing.</summary>
    public int GapRefuseAfterMs { get; init; } = 1_000;

    /// <summary>Us from a gap's opening to its first request. 0 to 1,000,000; default 500: the other line mostly fills it first.</summary>
    public int GapRequestDelayUs { get; init; } = 500;

    /// <summary>Ms until the second request for a gap; doubles with each attempt. 1 to 10,000; default 20: some round trips.</summary>
    public int GapRetryMs { get; init; } = 20;

    /// <summary>Longest wait in ms between two requests for a gap. 1 to 60,000; default 1,000.</summary>
    public int GapRetryMaxMs { get; init; } = 1_000;

    /// <summary>Requests for a gap without any progress before it is no longer asked for. 1 to 10,000; default 20: some 15 s.</summary>
    public int GapAttemptsMax { get; init; } = 20;

    /// <summary>Messages asked for in one request. 1 to 65,534; default 1,000; the server sends what fits one packet.</summary>
    public int GapRequestMessages { get; init; } = 1_000;

    /// <summary>Requests that may await their answers at a time. 1 to 1,024; default 16: a server may hold senders to a rate.</summary>
    public int GapRequestsInFlight { get; init; } = 16;

    /// <summary>Gaps that may be open at a time; beyond, the oldest is given up. 2 to 65,536; default 1,024.</summary>
    public int GapsMax { get; init; } = 1_024;

    /// <summary>
    /// Age in ms at which a gap is given up and trading goes on without what was in it. 0 to 86,400,000; default 0 = never, so that a
    /// person decides.
    /// </summary>
    public int GapGiveUpAfterMs { get; init; }

    /// <summary>Messages a packet may be ahead; beyond, it is dropped. 1 to 1,000,000,000; default 1,000,000: two busy seconds.</summary>
    public int FarFutureMessages { get; init; } = 1_000_000;

    /// <summary>
    /// Messages a single packet may be ahead and be followed at once; one further ahead needs a successor. 1 to 1,000,000,000; default 10,000:
    /// one forged packet must not turn a second of real ones into late ones.
    /// </summary>
    public int LeapMessages { get; init; } = 10_000;

    /// <summary>Follow a packet too far ahead, and lose what lies between. Default false: one forged packet would blind the engine.</summary>
    public bool FollowFarFuture { get; init; }

    /// <summary>Begin at whatever number arrives first. Default false: begin at 1, or where the snapshot says.</summary>
    public bool JoinAtFirstPacket { get; init; }

    /// <summary>
    /// Size of the table of order sides as a power of two; a Replace whose original has been overwritten there is passed on. 10 to 26;
    /// default 20: 8 MB, a million orders.
    /// </summary>
    public int SideTableBits { get; init; } = 20;

    /// <summary>
    /// Turns for one look where the answers to re-requests come, while nothing was asked: a look is a system call. A power of two, 1 to 1,024; default 1:
    /// every turn.
    /// </summary>
    public int AnswerLookEvery { get; init; } = 1;

    /// <summary>Everything wrong with the settings, one sentence each that opens with the property's name; none when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (Session.Length > 0 && !MoldSession.TryParse(Session, out _))
        {
            problems.Add($"{nameof(Session)} is '{Session}'; 1 to 10 printable characters, or blank");
        }

        Check(nameof(GapRefuseAfterMs), GapRefuseAfterMs, 0, 60_000);
        Check(nameof(GapRequestDelayUs), GapRequestDelayUs, 0, 1_000_000);
        Check(nameof(GapRetryMs), GapRetryMs, 1, 10_000);
        Check(nameof(GapRetryMaxMs), GapRetryMaxMs, 1, 60_000);
        Check(nameof(GapAttemptsMax), GapAttemptsMax, 1, 10_000);
        Check(nameof(GapRequestMessages), GapRequestMessages, 1, MoldHeader.MessageCountMax);
        Check(nameof(GapRequestsInFlight), GapRequestsInFlight, 1, 1_024);
        Check(nameof(GapsMax), GapsMax, 2, 65_536);
        Check(nameof(GapGiveUpAfterMs), GapGiveUpAfterMs, 0, 86_400_000);
        if (!BitOperations.IsPow2(AnswerLookEvery) || AnswerLookEvery > 1_024) problems.Add($"{nameof(AnswerLookEvery)} is {AnswerLookEvery}; a power of two, 1 to 1,024");
        Check(nameof(FarFutureMessages), FarFutureMessages, 1, 1_000_000_000);
        Check(nameof(LeapMessages), LeapMessages, 1, 1_000_000_000);
        Check(nameof(SideTableBits), SideTableBits, 10, 26);
        return problems;

        void Check(string name, int value, int least, int most)
        {
            if (value < least || value > most) problems.Add($"{name} is {value}; {least} to {most}");
        }
    }

    internal MoldReceiverOptions ToReceiverOptions()
    {
        const long NsPerUs = 1_000;
        const long NsPerMs = 1_000_000;
        MoldSession.TryParse(Session, out MoldSession session);
        return new MoldReceiverOptions
        {
            Session = session,
            JoinAtFirstPacket = JoinAtFirstPacket,
            FarFutureMessages = (ulong)FarFutureMessages,
            LeapMessages = (ulong)LeapMessages,
            FollowFarFuture = FollowFarFuture,
            GapsMax = GapsMax,
            FirstRequestDelayNs = GapRequestDelayUs * NsPerUs,
            RetryNs = GapRetryMs * NsPerMs,
            RetryMaxNs = GapRetryMaxMs * NsPerMs,
            AttemptsMax = GapAttemptsMax,
            RequestMessagesMax = GapRequestMessages,
            RequestsInFlightMax = GapRequestsInFlight,
            GiveUpAfterNs = GapGiveUpAfterMs * NsPerMs,
        };
    }
}
