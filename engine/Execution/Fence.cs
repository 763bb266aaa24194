using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Execution;

/// <summary>
/// The fence after every login: a Mass Cancel with a fresh UserRefNum. The venue works through one port strictly in order and
/// ignores lower numbers from then on, so when the response echoes the number, an order not accepted by then never will be.
/// </summary>
/// <remarks>
/// The process that sent the last order knows the next number. After a restart it is asked for: the highest answer counts, since
/// old answers are replayed too. A response to an old Mass Cancel is replayed as well and must not be taken for ours, so after a
/// restart some numbers are left out, how many depends on the process (<paramref name="saltNumbers"/>): gaps are legal.
/// </remarks>
internal sealed class Fence(SoupBinClientSession session, uint firm, uint saltNumbers, long retryNs)
{
    private const ulong EverySymbol = 0x2020_2020_2020_2020;

    private uint _nextAnswered;
    private long _askedNs;

    /// <summary>Number of the Mass Cancel that is out; 0 when none is.</summary>
    public uint Number { get; private set; }

    /// <summary>Whether an answer is awaited.</summary>
    public bool IsRaising { get; private set; }

    /// <summary>Begins on a connection just logged in.</summary>
    /// <param name="highestUserRefNum">The highest number used, when this process knows it; null after a restart.</param>
    /// <param name="nowNs">Monotonic time.</param>
    public void Raise(uint? highestUserRefNum, long nowNs)
    {
        IsRaising = true;
        Number = 0;
        _nextAnswered = 0;
        if (highestUserRefNum is { } highest) SendMassCancel(highest + 1);
        else SendQuery();
        _askedNs = nowNs;
    }

    /// <summary>Asks again when no response came in time. A timeout by itself proves nothing.</summary>
    public void Retry(long nowNs)
    {
        if (!IsRaising || nowNs - _askedNs < retryNs) return;
        SendQuery();
        _askedNs = nowNs;
    }

    /// <summary>The venue names the next usable number.</summary>
    /// <param name="nextUserRefNum">From an Account Query Response, ours or a replayed one.</param>
    /// <param name="highestUserRefNum">The highest number used or seen.</param>
    /// <param name="nowNs">Monotonic time.</param>
    public void OnAccountQueryResponse(uint nextUserRefNum, uint highestUserRefNum, long nowNs)
    {
        _nextAnswered = Math.Max(_nextAnswered, nextUserRefNum);
        // A Mass Cancel whose number is below what the venue wants was ignored.
        if (!IsRaising || _nextAnswered <= Number) return;
        SendMassCancel(Math.Max(_nextAnswered, highestUserRefNum + 1) + saltNumbers);
        _askedNs = nowNs;
    }

    /// <summary>The venue answered a Mass Cancel.</summary>
    /// <returns>True when it was ours: the fence stands.</returns>
    public bool OnMassCancelResponse(uint userRefNum)
    {
        bool isOurs = IsRaising && Number != 0 && userRefNum == Number;
        if (isOurs) IsRaising = false;
        return isOurs;
    }

    /// <summary>Forgets it: the connection is gone.</summary>
    public void Drop() => IsRaising = false;

    private void SendQuery()
    {
        Span<byte> message = stackalloc byte[AccountQuery.Length];
        default(AccountQuery).Write(message);
        session.TrySend(message);
    }

    private void SendMassCancel(uint number)
    {
        Span<byte> message = stackalloc byte[MassCancel.Length];
        new MassCancel { UserRefNum = number, Firm = firm, Symbol = new(EverySymbol) }.Write(message);
        // A full send buffer only delays it: the query is repeated, and its answer leads here again.
        if (session.TrySend(message)) Number = number;
    }
}
