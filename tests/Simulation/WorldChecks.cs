using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Journal;

namespace MarketMaker.Tests.Simulation;

/// <summary>What must hold in every world: at each step, and after the end.</summary>
internal static class WorldChecks
{
    /// <summary>
    /// What the venue may still execute is set aside: money and shares are reserved before an order is sent and released only on the
    /// venue's word. Checked while the session is live; before, orders of an earlier life are still being taken up.
    /// </summary>
    public static void Reservations(World world)
    {
        if (!world.Life.IsTrading) return;
        foreach (IGrouping<ushort, VenueOrder> orders in world.Venue.Open.Values.GroupBy(order => world.Tickers.IndexOf(order.Terms.Symbol)))
        {
            ref readonly TickerState ticker = ref world.Life.Book[orders.Key];
            long cash = orders.Where(order => order.Side == Side.Buy).Sum(order => order.Leaves * (long)order.Terms.Price);
            long shares = orders.Where(order => order.Side == Side.Sell).Sum(order => order.Leaves);
            Assert.True(ticker.ReservedCash >= cash && ticker.ReservedShares >= shares,
                $"seed {world.Seed}: of {world.Tickers[orders.Key]} the venue may still take {cash} of cash and {shares} shares; reserved are {ticker.ReservedCash} and {ticker.ReservedShares}");
        }
    }

    /// <summary>The venue tells the truth, so no answer may look like a contradiction.</summary>
    public static void NothingContradicts(World world)
    {
        EngineLife life = world.Life;
        string where = $"seed {world.Seed}, life {world.Kills}: ";
        LogMessage[] faults = [LogMessage.Contradiction, LogMessage.SessionGone, LogMessage.ReplayRefused, LogMessage.LoginRefused, LogMessage.IdsExhausted];
        Assert.True(!life.Said.Intersect(faults).Any(), where + string.Join(' ', life.Said));
        Assert.True(life.Counters.Read(Counter.ExecutionContradictions) == 0, where + "Execution saw contradictions");
        Assert.True(life.Counters.Read(Counter.ExecutionMalformedMessages) == 0, where + "Execution could not read a message");
        Assert.True(life.Book.Contradictions == 0, where + "Decision saw contradictions");
    }

    /// <summary>After an orderly stop: every record agrees, nothing is reserved, every offer is accounted for.</summary>
    public static void AtTheEnd(World world)
    {
        string seed = $"seed {world.Seed}: ";
        NothingContradicts(world);
        EngineLife life = world.Life;
        Assert.True((world.Venue.StaleOrders, world.Venue.OrdersBeforeFence) == (0, 0), $"{seed}{world.Venue.StaleOrders} orders with a used number, {world.Venue.OrdersBeforeFence} before the fence");
        Assert.True(life.OffersUnaccounted() == 0, $"{seed}{life.OffersUnaccounted()} offers seen were neither refused nor sent");
        Assert.True((life.Book.CashReserved, life.Book.OrdersInFlight) == (0, 0), $"{seed}{life.Book.CashReserved} of cash and {life.Book.OrdersInFlight} orders are still reserved");
        SameExecutions(seed, world.Venue.Fills, Booked(life));
        long cash = World.OpeningCash + world.Venue.Fills.Sum(fill => fill.CashChange);
        Assert.True(life.Book.CashFree == cash, $"{seed}Decision has {life.Book.CashFree} of cash, the venue's record says {cash}");
        CheckPositions(world, seed + "Decision", ticker => life.Book[ticker].PositionShares);
        for (int i = 0; i < world.Tickers.Count; i++) Assert.True(life.Book[i] is { ReservedShares: 0, ReservedCash: 0 }, $"{seed}{world.Tickers[i]} is still reserved");
        RecoveredState journal = world.Reopen();
        Assert.True(journal.Cash == cash, $"{seed}the journal has {journal.Cash} of cash, the venue's record says {cash}");
        CheckPositions(world, seed + "the journal", ticker => journal.PositionOf(world.Tickers[ticker]));
        Assert.True(journal.BookedThrough == world.Venue.LastSequence, $"{seed}booked through {journal.BookedThrough} of {world.Venue.LastSequence} messages");
        Assert.True(journal.ReplayFrom == journal.BookedThrough + 1, $"{seed}no order is open, and a restart would replay from {journal.ReplayFrom}");
        Assert.True(world.Venue.OrdersReceived <= world.Sent, $"{seed}the venue got {world.Venue.OrdersReceived} orders of {world.Sent} sent");
    }

    private static void SameExecutions(string seed, List<VenueFill> venue, List<VenueFill> journal)
    {
        VenueFill[] missing = [.. venue.Except(journal)];
        VenueFill[] invented = [.. journal.Except(venue)];
        VenueFill[] doubled = [.. journal.GroupBy(fill => fill).Where(same => same.Count() > 1).Select(same => same.Key)];
        Assert.True(missing.Length + invented.Length + doubled.Length == 0 && venue.Count == journal.Count,
            $"{seed}of {venue.Count} executions {missing.Length} are missing, {invented.Length} invented, {doubled.Length} doubled, first {missing.Concat(invented).Concat(doubled).FirstOrDefault()}");
    }

    /// <summary>What the journal holds; ids must follow one another without a hole.</summary>
    public static List<VenueFill> Booked(EngineLife life)
    {
        using JournalReader reader = life.OpenReader();
        JournalRecord[] records = new JournalRecord[20_000];
        JournalBatch batch = reader.ReadAfter(0, records);
        Assert.Equal(0, batch.DamagedId);
        records = records[..batch.Count];
        Assert.All(records.Zip(records.Skip(1)), pair => Assert.Equal(pair.First.Id + 1, pair.Second.Id));
        return [.. records.Select(record => new VenueFill(record.MatchNumber, record.Kind == JournalRecordKind.Break, record.UserRefNum, record.Symbol.ToString(), record.Side, record.Price, record.QuantityShares))];
    }

    private static void CheckPositions(World world, string who, Func<int, long> position)
    {
        for (int i = 0; i < world.Tickers.Count; i++)
        {
            string ticker = world.Tickers[i].ToString();
            long expected = world.Venue.Fills.Where(fill => fill.Symbol == ticker).Sum(fill => fill.SharesChange);
            Assert.True(position(i) == expected, $"{who} holds {position(i)} of {ticker}, the venue's record says {expected}");
        }
    }
}
