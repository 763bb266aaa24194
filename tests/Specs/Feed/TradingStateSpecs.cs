using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Feed;

public class TradingStateSpecs
{
    private const ushort Ibm = 1;

    private readonly FeedLab _lab = new FeedLab().Open();

    [Fact]
    public void should_say_that_the_market_is_closed_before_anything_else()
    {
        FeedLab lab = new();
        lab.Parser.DoWork();
        OfferEvent first = Assert.Single(lab.Published());
        Assert.Equal((OfferEventKind.MarketHours, TickerFlags.MarketClosed), (first.Kind, first.Flags));
    }

    [Theory]
    [InlineData('M')]
    [InlineData('E')]
    [InlineData('C')]
    public void should_open_the_market_at_q_and_close_it_at_m_or_what_follows(char closing)
    {
        FeedLab lab = new();
        lab.Send(FeedLab.SystemEvent('O'), FeedLab.SystemEvent('S'), FeedLab.SystemEvent('Q'));
        Assert.Equal("MarketHours:MarketClosed MarketHours:None", Text(lab.Published()));
        lab.Send(FeedLab.SystemEvent(closing));
        Assert.Equal("MarketHours:MarketClosed", Text(lab.Published()));
        Assert.Equal([LogMessage.MarketOpened, LogMessage.MarketClosed], lab.Logged());
    }

    [Theory]
    [InlineData('H')]
    [InlineData('P')]
    [InlineData('Q')]
    public void should_halt_a_ticker_in_every_state_but_trading(char state)
    {
        _lab.Send(FeedLab.TradingAction("IBM", state, FeedLab.IbmLocate));
        OfferEvent change = Assert.Single(_lab.Published());
        Assert.Equal((OfferEventKind.TradingState, TickerFlags.Halted, Ibm), (change.Kind, change.Flags, change.TickerIndex));
        _lab.Send(FeedLab.TradingAction("IBM", 'T', FeedLab.IbmLocate));
        Assert.Equal("1:None", Text(_lab.Published()));
    }

    [Fact]
    public void should_resume_a_ticker_only_when_every_cause_of_its_halt_is_over()
    {
        _lab.Send(FeedLab.TradingAction("AAPL", 'H'), FeedLab.OperationalHalt("AAPL", 'Q', 'H'), FeedLab.OperationalHalt("AAPL", 'B', 'H'));
        Assert.Equal("0:Halted", Text(_lab.Published()));
        _lab.Send(FeedLab.TradingAction("AAPL", 'T'));
        _lab.Send(FeedLab.OperationalHalt("AAPL", 'Q', 'T'));
        Assert.Empty(_lab.Published());
        _lab.Send(FeedLab.OperationalHalt("AAPL", 'B', 'T'));
        Assert.Equal("0:None", Text(_lab.Published()));
    }

    [Fact]
    public void should_publish_nothing_for_a_state_that_is_no_change()
    {
        _lab.Send(FeedLab.TradingAction("AAPL", 'T'), FeedLab.OperationalHalt("AAPL", 'Q', 'T'), FeedLab.SystemEvent('Q'));
        Assert.Empty(_lab.Published());
    }

    [Fact]
    public void should_publish_a_halt_before_the_offers_behind_it_and_after_those_before_it()
    {
        _lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.TradingAction("AAPL", 'H'), FeedLab.Add(2, Side.Buy));
        Assert.Equal("1 0:Halted 2", Text(_lab.Published()));
    }

    [Fact]
    public void should_not_lose_a_halt_that_finds_the_ring_full_and_publish_it_before_any_further_offer()
    {
        FeedLab lab = new FeedLab(ringCapacity: 2).Open();
        lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy), FeedLab.TradingAction("AAPL", 'H'), FeedLab.Add(3, Side.Buy));
        Assert.Equal("1 2", Text(lab.Published()));
        Assert.Equal(1, lab.Refused(RefusalReason.RingFull));
        lab.Send(FeedLab.Add(4, Side.Buy));
        Assert.Equal("0:Halted 4", Text(lab.Published()));
    }

    [Fact]
    public void should_publish_a_waiting_halt_without_any_further_packet()
    {
        FeedLab lab = new FeedLab(ringCapacity: 2).Open();
        lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy), FeedLab.TradingAction("AAPL", 'H'));
        lab.Published();
        lab.Parser.DoWork();
        Assert.Equal("0:Halted", Text(lab.Published()));
    }

    [Fact]
    public void should_publish_the_last_of_several_changes_that_found_the_ring_full()
    {
        FeedLab lab = new FeedLab(ringCapacity: 2).Open();
        lab.Send(FeedLab.Add(1, Side.Buy), FeedLab.Add(2, Side.Buy));
        for (int i = 0; i < 100; i++)
        {
            lab.Send(FeedLab.TradingAction("AAPL", 'H'), FeedLab.TradingAction("IBM", 'H', FeedLab.IbmLocate));
            lab.Send(FeedLab.TradingAction("IBM", 'T', FeedLab.IbmLocate), FeedLab.SystemEvent(i % 2 == 0 ? 'M' : 'Q'));
        }

        lab.Send(FeedLab.SystemEvent('M'));
        List<OfferEvent> all = [];
        for (int i = 0; i < 4; i++)
        {
            all.AddRange(lab.Published());
            lab.Parser.DoWork();
        }

        Assert.Equal("1 2 0:Halted 1:None MarketHours:MarketClosed", Text(all));
    }

    [Fact]
    public void should_apply_a_recovered_halt()
    {
        _lab.NextSequence++;
        _lab.Send(FeedLab.Add(1, Side.Buy));
        _lab.SendAt(5, FeedLab.TradingAction("AAPL", 'H'));
        Assert.Equal("1 0:Halted", Text(_lab.Published()));
    }

    [Fact]
    public void should_ignore_a_recovered_halt_older_than_what_was_applied_to_its_ticker()
    {
        _lab.NextSequence += 2;
        _lab.Send(FeedLab.TradingAction("AAPL", 'T'));
        _lab.SendAt(5, FeedLab.TradingAction("AAPL", 'H'), FeedLab.TradingAction("IBM", 'H', FeedLab.IbmLocate));
        Assert.Equal("1:Halted", Text(_lab.Published()));
    }

    [Fact]
    public void should_apply_a_recovered_halt_of_another_cause_than_the_newer_one()
    {
        _lab.NextSequence++;
        _lab.Send(FeedLab.TradingAction("AAPL", 'T'));
        _lab.SendAt(5, FeedLab.OperationalHalt("AAPL", 'Q', 'H'));
        Assert.Equal("0:Halted", Text(_lab.Published()));
    }

    [Fact]
    public void should_ignore_a_recovered_opening_older_than_the_close()
    {
        FeedLab lab = new() { NextSequence = 2 };
        lab.Send(FeedLab.SystemEvent('M'));
        lab.SendAt(1, FeedLab.SystemEvent('Q'));
        Assert.Equal("MarketHours:MarketClosed", Text(lab.Published()));
    }

    [Fact]
    public void should_find_the_ticker_of_a_halt_by_name_while_its_directory_message_is_missing()
    {
        FeedLab lab = new() { NextSequence = 2 };
        lab.Send(FeedLab.TradingAction("IBM", 'H', FeedLab.IbmLocate));
        Assert.Contains("1:Halted", Text(lab.Published()));
    }

    [Fact]
    public void should_apply_a_recovered_directory_message()
    {
        FeedLab lab = new() { NextSequence = 2 };
        lab.Send(FeedLab.Add(1, Side.Buy));
        lab.SendAt(1, FeedLab.Directory(FeedLab.AaplLocate, "AAPL"));
        lab.Send(FeedLab.Add(2, Side.Buy));
        Assert.Equal(2UL, Assert.Single(lab.PublishedOffers()).OrderReference);
        Assert.Equal(0, lab.Read(Counter.FeedGapOpen));
    }

    private static string Text(IEnumerable<OfferEvent> events) => string.Join(" ", events.Select(one => one.Kind switch
    {
        OfferEventKind.Offer => $"{one.OrderReference}",
        OfferEventKind.MarketHours => $"{one.Kind}:{one.Flags}",
        _ => $"{one.TickerIndex}:{one.Flags}",
    }));
}
