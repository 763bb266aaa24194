using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Crash;

/// <summary>What a venue answers, from a seed: batches of executions, breaks and other messages, in one session after another.</summary>
internal sealed class History(int seed, int firstSession = 1)
{
    private readonly Random _random = new(seed);
    private long _sequence;
    private ulong _match;
    private int _session = firstSession;

    /// <summary>The events of the next commit; the last one is always a booking.</summary>
    internal ResponseEvent[] NextBatch()
    {
        if (_random.Next(20) == 0)
        {
            _session++;
            _sequence = 0;
        }

        // Mostly small batches, now and then one of several pages.
        int count = _random.Next(6) == 0 ? _random.Next(20, 200) : _random.Next(1, 12);
        ResponseEvent[] events = new ResponseEvent[count];
        for (int i = 0; i < count; i++) events[i] = Next(isBooking: i == count - 1 || _random.Next(3) > 0);
        return events;
    }

    private ResponseEvent Next(bool isBooking)
    {
        _sequence++;
        ResponseEvent response = new()
        {
            Kind = isBooking ? ResponseKind.Executed : ResponseKind.Accepted,
            VenueSequence = _sequence,
            ReplayFrom = Math.Max(1, _sequence + 1 - _random.Next(3)),
            UserRefNum = (uint)_sequence,
            QuantityShares = _random.Next(1, 1000),
            LimitPrice = _random.Next(1, 500_0000),
            OrderSide = _random.Next(2) == 0 ? Side.Buy : Side.Sell,
            TickerIndex = (ushort)_random.Next(2),
            Session = Session(),
        };
        response.ExecutionPrice = response.LimitPrice;
        response.MatchNumber = isBooking ? ++_match : 0;
        return response;
    }

    private SessionId Session()
    {
        Assert.True(SessionId.TryCreate(Encoding.ASCII.GetBytes($"S{_session:D9}"), out SessionId session));
        return session;
    }
}
