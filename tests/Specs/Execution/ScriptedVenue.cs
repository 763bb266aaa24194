using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>
/// A venue that does what a test says: it keeps the sequenced messages of its session, replays them as a venue does, obeys the
/// rule of UserRefNums, and answers queries and mass cancels by itself unless told not to.
/// </summary>
internal sealed class ScriptedVenue(MemoryByteStream stream, ManualTime time)
{
    private readonly byte[] _scratch = new byte[128];
    private SoupBinServerSession? _connection;
    private int _connectsSeen;
    private UserRefNumGate _gate;

    public SessionId Session { get; set; } = Name("DAY1");
    public List<byte[]> Messages { get; } = [];
    public List<EnterOrder> Orders { get; } = [];
    public List<uint> MassCancels { get; } = [];
    public List<(SessionId Session, long Sequence)> Logins { get; } = [];
    public int Queries { get; private set; }
    public bool WasLoggedOut { get; private set; }

    /// <summary>Reject reason of logins; 0 accepts them.</summary>
    public char Rejects { get; set; }

    /// <summary>Added to the sequence number that Login Accepted should name.</summary>
    public long LiesAboutSequenceBy { get; set; }
    public bool AnswersQueries { get; set; } = true;
    public bool AnswersMassCancels { get; set; } = true;

    /// <summary>What happens to each order that arrives.</summary>
    public Action<ScriptedVenue, EnterOrder>? OnOrder { get; set; }

    /// <summary>Number of the order that arrived last.</summary>
    public uint LastOrder => Orders[^1].UserRefNum;

    public uint NextUserRefNum => _gate.Next;

    public static SessionId Name(string name)
    {
        SessionId.TryCreate(Encoding.ASCII.GetBytes(name), out SessionId session);
        return session;
    }

    /// <summary>The venue begins another session, as on a new day.</summary>
    public void BeginSession(string name)
    {
        Session = Name(name);
        Messages.Clear();
        _gate = default;
    }

    /// <summary>The numbers up to here were used by an earlier run.</summary>
    public void BeginSessionWithNumbersUsedThrough(uint userRefNum) => _gate.TryConsume(userRefNum);

    public void EndSession() => _connection!.TryEndSession();

    public void Work()
    {
        if (stream.Connects != _connectsSeen)
        {
            _connectsSeen = stream.Connects;
            _connection = new SoupBinServerSession(time.NowNs);
        }

        if (_connection is not { } connection || stream.State != StreamState.Connected) return;
        byte[] sent = stream.TakeSent();
        sent.CopyTo(connection.In.Space(sent.Length));
        connection.In.Commit(sent.Length);
        if (sent.Length > 0) connection.Received(time.NowNs);
        SoupBinServerEvent told;
        while ((told = connection.Next(out ReadOnlySpan<byte> payload)) != SoupBinServerEvent.None)
        {
            if (told == SoupBinServerEvent.LoginRequested) OnLogin(connection, payload);
            else if (told == SoupBinServerEvent.Unsequenced) OnMessage(payload);
            else if (told == SoupBinServerEvent.Logout) WasLoggedOut = true;
            else Assert.Fail("the engine sent bytes that are not the protocol's");
        }

        while (connection.IsLoggedIn && connection.NextToSend <= Messages.Count)
            if (!connection.TrySendSequenced(Messages[(int)connection.NextToSend - 1])) break;
        connection.KeepAlive(time.NowNs);
        if (connection.Out.Count == 0) return;
        stream.Deliver(connection.Out.Pending);
        connection.Out.Clear();
        connection.Sent(time.NowNs);
        if (WasRejected) stream.IsEnded = true;
    }

    private bool WasRejected { get; set; }

    public void Accept(uint userRefNum, char state = 'L', Action<AcceptedTerms>? change = null)
    {
        AcceptedTerms terms = new(Orders.Last(o => o.UserRefNum == userRefNum));
        change?.Invoke(terms);
        EnterOrder order = terms.Order;
        Say(new Accepted
        {
            TimestampNs = Now,
            UserRefNum = userRefNum,
            Side = order.Side,
            QuantityShares = order.QuantityShares,
            Symbol = order.Symbol,
            Price = order.Price,
            TimeInForce = order.TimeInForce,
            Display = order.Display,
            OrderReferenceNumber = 5000 + userRefNum,
            Capacity = order.Capacity,
            Iso = order.Iso,
            CrossType = order.CrossType,
            OrderState = (byte)state,
            ClOrdId = order.ClOrdId,
        }.Write(_scratch));
    }

    public void Execute(uint userRefNum, uint shares, ulong price, ulong match) => Say(new Executed
    {
        TimestampNs = Now,
        UserRefNum = userRefNum,
        QuantityShares = shares,
        Price = price,
        Liquidity = (byte)'R',
        MatchNumber = match,
    }.Write(_scratch));

    public void Cancel(uint userRefNum, uint shares) => Say(new Canceled
    {
        TimestampNs = Now,
        UserRefNum = userRefNum,
        QuantityShares = shares,
        Reason = OuchCancelReason.ImmediateOrCancel,
    }.Write(_scratch));

    public void CancelSelfMatch(uint userRefNum, uint shares) => Say(new AiqCanceled
    {
        TimestampNs = Now,
        UserRefNum = userRefNum,
        DecrementShares = shares,
        Reason = (byte)'Q',
        QuantityPreventedShares = shares,
    }.Write(_scratch));

    public void Reject(uint userRefNum, OuchRejectReason reason) => Say(new Rejected
    {
        TimestampNs = Now,
        UserRefNum = userRefNum,
        RejectReason = (ushort)reason,
        ClOrdId = ClOrdId.Blank,
    }.Write(_scratch));

    public void Break(uint userRefNum, ulong match) => Say(new BrokenTrade
    {
        TimestampNs = Now,
        UserRefNum = userRefNum,
        MatchNumber = match,
        Reason = OuchBrokenTradeReason.Erroneous,
        ClOrdId = ClOrdId.Blank,
    }.Write(_scratch));

    public void SayStartOfDay() => Say(new SystemEvent { TimestampNs = Now, EventCode = OuchEventCode.StartOfDay }.Write(_scratch));

    public void SayNextUserRefNum(uint next) =>
        Say(new AccountQueryResponse { TimestampNs = Now, NextUserRefNum = next }.Write(_scratch));

    public void SayMassCanceled(uint userRefNum) =>
        Say(new MassCancelResponse { TimestampNs = Now, UserRefNum = userRefNum, Firm = 0, Symbol = new(0) }.Write(_scratch));

    public void SayRaw(params byte[] message) => Messages.Add(message);

    private long Now => 34_200_000_000_000 + Messages.Count;

    private void Say(int bytes) => Messages.Add(_scratch[..bytes]);

    private void OnLogin(SoupBinServerSession connection, ReadOnlySpan<byte> payload)
    {
        Assert.True(SoupBinLoginRequest.TryRead(payload, out SoupBinLoginRequest login));
        Assert.True(login.Matches("MMUSER"u8, "SECRET"u8));
        Logins.Add((login.Session, login.RequestedSequence));
        bool isOtherSession = !login.Session.IsNone && login.Session != Session;
        WasRejected = Rejects != 0 || isOtherSession;
        if (WasRejected) connection.RejectLogin(Rejects == 0 ? (byte)'S' : (byte)Rejects);
        else connection.AcceptLogin(Session, SoupBinServerSession.FirstOwed(login.RequestedSequence, Messages.Count) + LiesAboutSequenceBy);
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        if (EnterOrder.TryRead(message, out EnterOrder order, out _))
        {
            if (!_gate.TryConsume(order.UserRefNum)) return;
            Orders.Add(order);
            OnOrder?.Invoke(this, order);
        }
        else if (MassCancel.TryRead(message, out MassCancel cancel, out _))
        {
            MassCancels.Add(cancel.UserRefNum);
            if (_gate.TryConsume(cancel.UserRefNum) && AnswersMassCancels) SayMassCanceled(cancel.UserRefNum);
        }
        else if (AccountQuery.TryRead(message, out _, out _))
        {
            Queries++;
            if (AnswersQueries) SayNextUserRefNum(_gate.Next);
        }
        else
        {
            Assert.Fail("the engine sent a message that is none of its three");
        }
    }
}

/// <summary>What an Accepted says of an order, to be changed by a test.</summary>
internal sealed class AcceptedTerms(EnterOrder order)
{
    public EnterOrder Order = order;
}
