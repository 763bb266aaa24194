using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MarketMaker.Tests.Torture.Wire;

/// <summary>What no order on the wire may pass. Money in 1/10,000 dollar.</summary>
internal readonly record struct Limits(long OrderNotionalMax, int OrdersInFlightMax, long OpeningCash);

/// <summary>
/// Watches the orders and answers that pass between engine and venue and holds each order against the limits: its worth, the
/// orders in flight, the cash and the shares that executions and other open orders leave for it.
/// </summary>
/// <remarks>It sees an answer before the engine does and an order after it, so what it counts is never more than the engine's own count.</remarks>
internal sealed class OrderWatch(Limits limits)
{
    // An order may have been under way when a break took away what it was to be paid with.
    private static readonly TimeSpan BreakGrace = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, OpenOrder> _open = [];
    private readonly Dictionary<ulong, (OpenOrder Order, long Price, long Shares)> _executions = [];
    private readonly Dictionary<string, long> _shares = [];
    private long _cash = limits.OpeningCash;
    private long _seenThrough;
    private DateTime _brokenAt;

    public long Orders { get; private set; }

    public int InFlightMax { get; private set; }

    public List<string> LimitsPassed { get; } = [];

    /// <summary>A new session of the venue: its numbers begin at 1, and nothing is open in it.</summary>
    public void BeginSession()
    {
        lock (_lock)
        {
            _open.Clear();
            _executions.Clear();
            _seenThrough = 0;
        }
    }

    /// <summary>An Enter Order, its packet header taken off.</summary>
    public void OnOrder(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(message[1..]);
            long price = (long)BinaryPrimitives.ReadUInt64BigEndian(message[18..]);
            OpenOrder order = new(Encoding.ASCII.GetString(message.Slice(10, 8)).TrimEnd(), message[5] == 'B', price)
            {
                Shares = BinaryPrimitives.ReadUInt32BigEndian(message[6..]),
            };
            Orders++;
            if (!_open.TryAdd(number, order)) LimitsPassed.Add($"order {number} was sent twice");
            InFlightMax = Math.Max(InFlightMax, _open.Count);
            if (order.Notional > limits.OrderNotionalMax) LimitsPassed.Add($"order {number} is worth {order.Notional / 10_000m:N2}");
            if (_open.Count > limits.OrdersInFlightMax) LimitsPassed.Add($"{_open.Count} orders are in flight after order {number}");
            if (DateTime.UtcNow - _brokenAt > BreakGrace) CheckMeans(number, order);
        }
    }

    /// <summary>A sequenced message of the venue.</summary>
    /// <param name="sequence">Its number: what was seen on an earlier connection is passed over.</param>
    /// <param name="message">Without the packet's header.</param>
    public void OnAnswer(long sequence, ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (sequence <= _seenThrough || message.Length < 10) return;
            _seenThrough = sequence;
            uint number = message.Length >= 13 ? BinaryPrimitives.ReadUInt32BigEndian(message[9..]) : 0;
            switch ((char)message[0])
            {
                case 'A' when _open.TryGetValue(number, out OpenOrder? order):
                    order.IsAccepted = true;
                    if (message[47] == 'D') _open.Remove(number);
                    break;
                case 'E' when _open.TryGetValue(number, out OpenOrder? order):
                    OnExecuted(number, order, BinaryPrimitives.ReadUInt32BigEndian(message[13..]), (long)BinaryPrimitives.ReadUInt64BigEndian(message[17..]),
                        BinaryPrimitives.ReadUInt64BigEndian(message[26..]));
                    break;
                case 'C' or 'J':
                    _open.Remove(number);
                    break;
                case 'B':
                    OnBroken(BinaryPrimitives.ReadUInt64BigEndian(message[13..]));
                    break;
                case 'X':
                    // The fence: what the venue has not accepted by now never arrived.
                    foreach (uint lost in _open.Where(order => !order.Value.IsAccepted).Select(order => order.Key).ToArray()) _open.Remove(lost);
                    break;
            }
        }
    }

    /// <summary>Sequence number that a Login Accepted announces.</summary>
    public static long NextSequence(ReadOnlySpan<byte> payload) =>
        long.Parse(Encoding.ASCII.GetString(payload.Slice(10, 20)).Trim(), CultureInfo.InvariantCulture);

    private void OnExecuted(uint number, OpenOrder order, long shares, long price, ulong match)
    {
        _executions[match] = (order, price, shares);
        order.Shares -= shares;
        if (order.Shares <= 0) _open.Remove(number);
        Move(order, price, shares);
    }

    private void OnBroken(ulong match)
    {
        if (!_executions.Remove(match, out (OpenOrder Order, long Price, long Shares) execution)) return;
        Move(execution.Order, execution.Price, -execution.Shares);
        _brokenAt = DateTime.UtcNow;
    }

    private void Move(OpenOrder order, long price, long shares)
    {
        long gained = order.IsBuy ? shares : -shares;
        _cash -= gained * price;
        _shares[order.Ticker] = _shares.GetValueOrDefault(order.Ticker) + gained;
    }

    private void CheckMeans(uint number, OpenOrder order)
    {
        long cashLeft = _cash - _open.Values.Where(open => open.IsBuy).Sum(open => open.Notional);
        if (order.IsBuy && cashLeft < 0) LimitsPassed.Add($"order {number} may cost {-cashLeft / 10_000m:N4} more than the cash that is left");
        long sharesLeft = _shares.GetValueOrDefault(order.Ticker) - _open.Values.Where(open => !open.IsBuy && open.Ticker == order.Ticker).Sum(open => open.Shares);
        if (!order.IsBuy && sharesLeft < 0) LimitsPassed.Add($"order {number} may sell {-sharesLeft} shares of {order.Ticker} that are not there");
    }

    private sealed class OpenOrder(string ticker, bool isBuy, long price)
    {
        public string Ticker => ticker;

        public bool IsBuy => isBuy;

        public long Shares { get; set; }

        public bool IsAccepted { get; set; }

        public long Notional => Shares * price;
    }
}
