using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Fills;
using MarketMaker.Venue.Orders;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Venue.Markets;

/// <summary>A source of offers that the venue can run: the simulated market or a recorded day. Belongs to the market thread.</summary>
public abstract class VenueMarket(FeedPublisher feed, VenueClock clock) : IOrderTarget
{
    private readonly List<OrderAccount> _accounts = [];
    private FillsWriter? _fills;

    /// <summary>The fair prices, for the price service.</summary>
    public abstract IPriceBoard Prices { get; }

    /// <summary>Offers sent so far.</summary>
    public abstract long Offers { get; }

    /// <summary>The participant number of the first account; lower ones are the market's own competitors.</summary>
    public abstract int FirstAccount { get; }

    /// <summary>Executions so far, by participant number.</summary>
    public Dictionary<int, long> ExecutionsByParticipant { get; } = [];

    /// <summary>When offers began, monotonic ns; below 0 before.</summary>
    public long StartNs { get; private set; } = -1;

    /// <summary>Ns since offers began; 0 before.</summary>
    protected long ElapsedNs => StartNs < 0 ? 0 : clock.NowNs - StartNs;

    /// <summary>The feed of this market.</summary>
    protected FeedPublisher Feed => feed;

    /// <summary>The market thread's time.</summary>
    protected VenueClock Clock => clock;

    /// <summary>Publishes what comes before the offers (directory, system events). Called once.</summary>
    public abstract void Open();

    /// <summary>Lets offers begin now.</summary>
    public void Start() => StartNs = clock.NowNs;

    /// <summary>Lets everything happen that is due at the clock's time.</summary>
    /// <returns>False when nothing will ever happen again: the recorded day is over.</returns>
    public abstract bool Advance();

    /// <summary>Ends the market: no order executes any more. Publishes the end of the market's hours and of the day.</summary>
    public abstract void Close();

    /// <inheritdoc/>
    public abstract bool TryFindTicker(Symbol symbol, out int ticker);

    /// <inheritdoc/>
    public abstract bool IsTrading(int ticker);

    /// <inheritdoc/>
    public abstract bool DrawDeadOnArrival();

    /// <inheritdoc/>
    public abstract int Enter(in MarketOrder order);

    /// <summary>Says where fills are reported.</summary>
    public void Connect(OrderAccount account, FillsWriter? fills)
    {
        _accounts.Add(account);
        _fills = fills;
    }

    /// <summary>The ITCH header of a message about a stock.</summary>
    protected ItchHeader Header(ushort locate) => new(locate, TrackingNumber: 0, clock.TimeOfDayNs);

    /// <summary>Publishes a system event.</summary>
    protected void PublishEvent(char code) => feed.Publish(new SystemEvent(Header(0), (byte)code));

    /// <summary>Reports a participant's execution to the participant and to the witness.</summary>
    protected void ReportFill(in MarketFill fill)
    {
        ExecutionsByParticipant[fill.Order.Participant] = ExecutionsByParticipant.GetValueOrDefault(fill.Order.Participant) + 1;
        int account = fill.Order.Participant - FirstAccount;
        long sequence = account >= 0 ? _accounts[account].OnFill(fill) : 0;
        _fills?.Write(fill with { Sequence = sequence }, isBreak: false);
    }

    /// <summary>Reports the break of an execution to the feed, the participant and the witness.</summary>
    protected void ReportBroken(in MarketFill fill, ushort locate)
    {
        feed.Publish(new BrokenTrade(Header(locate), fill.Match));
        int account = fill.Order.Participant - FirstAccount;
        long sequence = account >= 0 ? _accounts[account].OnBroken(fill) : 0;
        _fills?.Write(fill with { Sequence = sequence }, isBreak: true);
    }
}
