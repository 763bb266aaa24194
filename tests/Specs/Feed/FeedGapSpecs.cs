using MarketMaker.Contracts;
using MarketMaker.Feed;

namespace MarketMaker.Tests.Specs.Feed;

public class FeedGapSpecs
{
    private const long Ms = 1_000_000;

    private readonly FeedLab _lab = new FeedLab().Open();

    [Fact]
    public void should_trade_on_behind_a_fresh_gap_and_show_it()
    {
        OpenGap();
        Assert.Equal(100UL, Assert.Single(_lab.Published()).OrderReference);
        Assert.Equal(1, _lab.Read(Counter.FeedGapOpen));
        Assert.Equal(1, _lab.Read(Counter.FeedGaps));
        Assert.Equal([LogMessage.MarketOpened, LogMessage.FeedGapOpened], _lab.Logged());
    }

    [Fact]
    public void should_ask_for_what_is_missing()
    {
        OpenGap();
        _lab.NowNs += Ms;
        _lab.Parser.DoWork();
        Assert.Equal("5+2", _lab.RequestsSent());
        _lab.Parser.DoWork();
        Assert.Equal("", _lab.RequestsSent());
        Assert.Equal(1, _lab.Read(Counter.FeedRequestsSent));
    }

    [Fact]
    public void should_look_for_answers_each_turn_while_a_gap_is_open_and_now_and_then_otherwise()
    {
        const int Every = 16;
        const int Answers = 2;
        FeedLab lab = new FeedLab(new FeedOptions { AnswerLookEvery = Every, SideTableBits = 10 }).Open();
        byte[] late = FeedLab.Packet(1, [FeedLab.Add(100, Side.Sell)]);
        long packets = lab.Read(Counter.FeedPackets);
        int turns = 1;
        for (lab.Deliver(Answers, late); lab.Read(Counter.FeedPackets) == packets; turns++) lab.Parser.DoWork();
        lab.Deliver(Answers, late);
        int next = 1;
        for (; lab.Read(Counter.FeedPackets) == packets + 1; next++) lab.Parser.DoWork();
        Assert.InRange(turns, 1, Every);
        Assert.Equal(Every, next);

        lab.SendAt(lab.NextSequence + 1, FeedLab.Add(101, Side.Sell));
        Assert.Equal(1, lab.Read(Counter.FeedGapOpen));
        lab.Deliver(Answers, FeedLab.Packet(lab.NextSequence, [FeedLab.Add(102, Side.Sell)]));
        Assert.Equal(0, lab.Read(Counter.FeedGapOpen));
    }

    [Fact]
    public void should_refuse_for_good_when_more_gaps_open_than_it_can_keep_and_nothing_may_be_given_up()
    {
        FeedLab lab = new FeedLab(new FeedOptions { GapsMax = 2 }).Open();
        for (ulong i = 1; i <= 3; i++) lab.SendAt(100 * i, FeedLab.Add(100 + i, Side.Sell));
        lab.Published();
        lab.SendAt(301, FeedLab.Add(200, Side.Sell));
        lab.SendAt(302, FeedLab.Add(201, Side.Sell));
        Assert.Empty(lab.PublishedOffers());
        Assert.True(lab.Refused(RefusalReason.FeedGap) > 0);
        Assert.True(lab.Read(Counter.FeedMessagesLost) > 0);
    }

    [Fact]
    public void should_never_trade_a_recovered_offer()
    {
        OpenGap();
        _lab.Published();
        CloseGap();
        Assert.Empty(_lab.Published());
        Assert.Equal(2, _lab.Refused(RefusalReason.Recovered));
        Assert.Equal(2, _lab.Read(Counter.FeedMessagesRecovered));
        Assert.Equal(1, _lab.Read(Counter.FeedGapsClosed));
        Assert.Equal(0, _lab.Read(Counter.FeedGapOpen));
        Assert.Contains(LogMessage.FeedGapClosed, _lab.Logged());
    }

    [Fact]
    public void should_know_the_side_of_a_recovered_order_when_it_is_replaced()
    {
        OpenGap();
        CloseGap();
        _lab.Published();
        _lab.Send(FeedLab.Replace(50, 60));
        Assert.Equal(Side.Sell, Assert.Single(_lab.Published()).OfferSide);
    }

    [Fact]
    public void should_refuse_offers_while_a_gap_is_open_longer_than_a_second_and_trade_again_once_it_is_closed()
    {
        OpenGap();
        _lab.NowNs += 1_000 * Ms;
        _lab.Send(FeedLab.Add(101, Side.Buy));
        Assert.Equal(0, _lab.Refused(RefusalReason.FeedGap));
        _lab.NowNs += 1;
        _lab.Send(FeedLab.Add(102, Side.Buy));
        Assert.Equal(1, _lab.Refused(RefusalReason.FeedGap));
        Assert.Contains(LogMessage.FeedRefusing, _lab.Logged());
        Assert.Equal([100UL, 101UL], _lab.Published().Select(offer => offer.OrderReference));
        CloseGap();
        _lab.Send(FeedLab.Add(103, Side.Buy));
        Assert.Equal(103UL, Assert.Single(_lab.Published()).OrderReference);
    }

    [Fact]
    public void should_apply_halts_while_offers_are_refused_for_a_gap()
    {
        OpenGap();
        _lab.Published();
        _lab.NowNs += 2_000 * Ms;
        _lab.Send(FeedLab.TradingAction("AAPL", 'H'));
        Assert.Equal(TickerFlags.Halted, Assert.Single(_lab.Published()).Flags);
    }

    [Fact]
    public void should_keep_refusing_when_no_answer_ever_comes()
    {
        OpenGap();
        for (int second = 0; second < 60; second++)
        {
            _lab.NowNs += 1_000 * Ms;
            _lab.Parser.DoWork();
        }

        _lab.Send(FeedLab.Add(101, Side.Buy));
        Assert.Equal(1, _lab.Refused(RefusalReason.FeedGap));
        Assert.Equal(new FeedOptions().GapAttemptsMax, _lab.Read(Counter.FeedRequestsSent));
    }

    [Fact]
    public void should_trade_again_once_a_gap_is_given_up_by_configuration()
    {
        FeedLab lab = new FeedLab(new FeedOptions { GapGiveUpAfterMs = 3_000, SideTableBits = 10 }).Open();
        lab.NextSequence += 2;
        lab.Send(FeedLab.Add(100, Side.Buy));
        lab.NowNs += 3_000 * Ms;
        lab.Parser.DoWork();
        Assert.Equal(2, lab.Read(Counter.FeedMessagesLost));
        Assert.Equal(0, lab.Read(Counter.FeedGapOpen));
        Assert.Contains(LogMessage.FeedGapGivenUp, lab.Logged());
        lab.Send(FeedLab.Add(101, Side.Buy));
        Assert.Equal([100UL, 101UL], lab.Published().Select(offer => offer.OrderReference));
    }

    [Fact]
    public void should_close_a_gap_with_an_answer_that_comes_to_the_request_socket()
    {
        OpenGap();
        _lab.Deliver(2, FeedLab.Packet(5, [FeedLab.Add(50, Side.Sell), FeedLab.Add(51, Side.Buy)]));
        Assert.Equal(0, _lab.Read(Counter.FeedGapOpen));
    }

    private void OpenGap()
    {
        _lab.NextSequence += 2;
        _lab.Send(FeedLab.Add(100, Side.Buy));
    }

    private void CloseGap() => _lab.SendAt(5, FeedLab.Add(50, Side.Sell), FeedLab.Add(51, Side.Buy));
}
