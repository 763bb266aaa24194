namespace MarketMaker.Venue.Orders;

/// <summary>What became of the orders of an account.</summary>
public sealed class OrderStatistics
{
    /// <summary>Enter Order messages with a fresh number.</summary>
    public long Received { get; set; }

    /// <summary>Orders with at least one execution.</summary>
    public long Won { get; set; }

    /// <summary>Accepted orders without any execution, dead ones included.</summary>
    public long Lost { get; set; }

    /// <summary>Orders dead on arrival.</summary>
    public long Dead { get; set; }

    /// <summary>Rejected orders.</summary>
    public long Rejected { get; set; }

    /// <summary>Executions.</summary>
    public long Executions { get; set; }

    /// <summary>Executions broken later.</summary>
    public long Broken { get; set; }

    /// <summary>Requests ignored because their number was not fresh.</summary>
    public long Repeated { get; set; }

    /// <summary>Messages that are no OUCH message of a client.</summary>
    public long Malformed { get; set; }

    /// <summary>Requests that concern a live order; none ever is, so they are ignored as the protocol says.</summary>
    public long WithoutEffect { get; set; }

    /// <summary>Those of several accounts together.</summary>
    public static OrderStatistics Sum(IEnumerable<OrderStatistics> accounts)
    {
        OrderStatistics sum = new();
        foreach (OrderStatistics account in accounts)
        {
            sum.Received += account.Received;
            sum.Won += account.Won;
            sum.Lost += account.Lost;
            sum.Dead += account.Dead;
            sum.Rejected += account.Rejected;
            sum.Executions += account.Executions;
            sum.Broken += account.Broken;
            sum.Repeated += account.Repeated;
            sum.Malformed += account.Malformed;
            sum.WithoutEffect += account.WithoutEffect;
        }

        return sum;
    }
}
