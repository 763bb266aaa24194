using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Simulation;

/// <summary>
/// A truthful order port: it keeps the session's messages and replays them, obeys the rule of UserRefNums, gives every order the
/// fate that was chosen for it, and keeps a record of its own of what was executed.
/// </summary>
internal sealed class SimulatedVenue
{
    private const long HourNs = 3_600_000 * VirtualTime.NsPerMs;

    private readonly VirtualTime _time;
    private readonly Random _random;
    private readonly List<byte[]> _messages = [];
    private readonly List<VenueConnection> _connections = [];
    private readonly PriorityQueue<Action, (long AtNs, int Order)> _due = new();
    private readonly byte[] _scratch = new byte[128];
    private UserRefNumGate _gate;
    private int _dueCount;
    private ulong _lastMatch;

    public SimulatedVenue(VirtualTime time, Random random)
    {
        (_time, _random) = (time, random);
        Session = Name("SIMDAY1");
        Fate = new OrderFate(this, random).Choose;
    }

    public SessionId Session { get; private set; }

    /// <summary>What happens to each order; the default chooses by seed.</summary>
    public Action<VenueOrder> Fate { get; set; }

    public List<VenueFill> Fills { get; } = [];

    /// <summary>Accepted orders that still have shares open.</summary>
    public Dictionary<uint, VenueOrder> Open { get; } = [];

    public int OrdersReceived { get; private set; }

    /// <summary>Orders that came with a number that was used already.</summary>
    public int StaleOrders { get; private set; }

    /// <summary>Orders that came over a connection before its Mass Cancel.</summary>
    public int OrdersBeforeFence { get; private set; }

    public int Logins { get; private set; }

    public bool HasPlans => _due.Count > 0;

    public long LastSequence => _messages.Count;

    /// <summary>The day is over: who is connected hears of it, and the next session counts messages, order numbers and matches anew.</summary>
    public void BeginSession(string name)
    {
        Assert.True(Open.Count == 0 && !HasPlans, "no order lives longer than its session");
        foreach (VenueConnection connection in _connections) connection.EndSession(this);
        _connections.Clear();
        Session = Name(name);
        _messages.Clear();
        (_gate, _lastMatch) = (default, 0);
    }

    public void Connect(SimulatedConnection connection) => _connections.Add(new VenueConnection(connection, _time));

    public void Work()
    {
        while (_due.TryPeek(out Action? plan, out (long AtNs, int) due) && due.Item1 <= _time.NowNs)
        {
            _due.Dequeue();
            plan();
        }

        foreach (VenueConnection connection in _connections) connection.Work(this);
        _connections.RemoveAll(connection => connection.IsOver);
    }

    public void After(double ms, Action plan) => _due.Enqueue(plan, (_time.NowNs + (long)(ms * VirtualTime.NsPerMs), _dueCount++));

    public void Accept(VenueOrder order, char state = 'L')
    {
        if (state == 'L') Open[order.Number] = order;
        EnterOrder terms = order.Terms;
        Say(new Accepted
        {
            TimestampNs = Now,
            UserRefNum = order.Number,
            Side = terms.Side,
            QuantityShares = terms.QuantityShares,
            Symbol = terms.Symbol,
            Price = terms.Price,
            TimeInForce = terms.TimeInForce,
            Display = terms.Display,
            OrderReferenceNumber = 1_000_000ul + order.Number,
            Capacity = terms.Capacity,
            Iso = terms.Iso,
            CrossType = terms.CrossType,
            OrderState = (byte)state,
            ClOrdId = terms.ClOrdId,
        }.Write(_scratch));
    }

    public ulong Execute(VenueOrder order, int shares, long price)
    {
        shares = Math.Min(shares, order.Leaves);
        if (shares == 0) return 0;
        ulong match = ++_lastMatch;
        Take(order, shares);
        Fills.Add(new VenueFill(match, false, order.Number, order.Terms.Symbol.ToString(), order.Side, price, shares));
        Say(new Executed { TimestampNs = Now, UserRefNum = order.Number, QuantityShares = (uint)shares, Price = (ulong)price, Liquidity = (byte)'R', MatchNumber = match }.Write(_scratch));
        return match;
    }

    public void Cancel(VenueOrder order)
    {
        if (order.Leaves == 0) return;
        int shares = order.Leaves;
        Take(order, shares);
        Say(new Canceled { TimestampNs = Now, UserRefNum = order.Number, QuantityShares = (uint)shares, Reason = OuchCancelReason.ImmediateOrCancel }.Write(_scratch));
    }

    public void Reject(VenueOrder order) =>
        Say(new Rejected { TimestampNs = Now, UserRefNum = order.Number, RejectReason = (ushort)OuchRejectReason.Halted, ClOrdId = ClOrdId.Blank }.Write(_scratch));

    public void Break(ulong match)
    {
        VenueFill fill = Fills.Last(one => one.Match == match && !one.IsBreak);
        Fills.Add(fill with { IsBreak = true });
        Say(new BrokenTrade { TimestampNs = Now, UserRefNum = fill.UserRefNum, MatchNumber = match, Reason = OuchBrokenTradeReason.Erroneous, ClOrdId = ClOrdId.Blank }.Write(_scratch));
    }

    public ReadOnlySpan<byte> Message(long sequence) => _messages[(int)sequence - 1];

    public bool Knows(in SoupBinLoginRequest login) => login.Session.IsNone || login.Session == Session;

    public long LogIn(in SoupBinLoginRequest login)
    {
        Assert.True(login.Matches("SIMUSR"u8, "SECRET"u8), "the engine's login");
        Logins++;
        return SoupBinServerSession.FirstOwed(login.RequestedSequence, _messages.Count);
    }

    public void Handle(VenueConnection connection, ReadOnlySpan<byte> message)
    {
        if (EnterOrder.TryRead(message, out EnterOrder terms, out _)) OnOrder(connection, terms);
        else if (MassCancel.TryRead(message, out MassCancel cancel, out _)) OnMassCancel(connection, cancel);
        else if (AccountQuery.TryRead(message, out _, out _))
            After(_random.Next(2) * _random.NextDouble(), () => Say(new AccountQueryResponse { TimestampNs = Now, NextUserRefNum = _gate.Next }.Write(_scratch)));
        else Assert.Fail("the engine sent a message that is none of its three");
    }

    private void OnOrder(VenueConnection connection, in EnterOrder terms)
    {
        if (!connection.HasFenced) OrdersBeforeFence++;
        if (!_gate.TryConsume(terms.UserRefNum))
        {
            // A connection that broke may deliver its last orders after the next one's Mass Cancel: that is what the fence is for.
            if (!connection.IsBroken) StaleOrders++;
            return;
        }

        OrdersReceived++;
        Fate(new VenueOrder(terms));
    }

    private void OnMassCancel(VenueConnection connection, in MassCancel cancel)
    {
        uint number = cancel.UserRefNum;
        connection.HasFenced = true;
        if (_gate.TryConsume(number))
            Say(new MassCancelResponse { TimestampNs = Now, UserRefNum = number, Firm = cancel.Firm, Symbol = cancel.Symbol }.Write(_scratch));
    }

    private static SessionId Name(string name)
    {
        Assert.True(SessionId.TryCreate(System.Text.Encoding.ASCII.GetBytes(name), out SessionId session));
        return session;
    }

    private void Take(VenueOrder order, int shares)
    {
        order.Leaves -= shares;
        if (order.Leaves == 0) Open.Remove(order.Number);
    }

    private void Say(int bytes) => _messages.Add(_scratch[..bytes]);

    // Its clock counts from midnight at UTC - 5, as the engine's settings say.
    private long Now => (new VirtualClock(_time).WallClockNs - 5 * HourNs) % (24 * HourNs);
}

/// <summary>An order as the venue holds it.</summary>
internal sealed class VenueOrder(EnterOrder terms)
{
    public EnterOrder Terms { get; } = terms;

    public uint Number => Terms.UserRefNum;

    public Side Side => Terms.Side == OuchSide.Buy ? Side.Buy : Side.Sell;

    public int Leaves { get; set; } = (int)terms.QuantityShares;
}
