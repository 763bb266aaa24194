using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Protocols.MoldUdp64;

public class MoldGapRecoverySpecs
{
    private static readonly MoldReceiverOptions Options = new()
    {
        FirstRequestDelayNs = 10,
        RetryNs = 100,
        RetryMaxNs = 250,
        AttemptsMax = 4,
        RequestMessagesMax = 3,
        RequestsInFlightMax = 2,
        GapsMax = 3,
    };

    private readonly MoldLine _line = new(Options);

    [Fact]
    public void should_ask_for_nothing_while_nothing_is_missing()
    {
        _line.Receive(1, 1);
        Assert.Equal("", _line.Requests(1_000_000));
    }

    [Fact]
    public void should_ask_after_a_moment_in_which_the_other_line_may_fill_the_gap()
    {
        _line.Receive(3, 1, nowNs: 0);
        Assert.Equal("", _line.Requests(9));
        Assert.Equal("1+2", _line.Requests(10));
    }

    [Fact]
    public void should_ask_again_only_after_the_timeout_which_doubles_up_to_its_bound()
    {
        _line.Receive(3, 1, nowNs: 0);
        Assert.Equal("1+2", _line.Requests(10));
        Assert.Equal("", _line.Requests(109));
        Assert.Equal("1+2", _line.Requests(110));
        Assert.Equal("", _line.Requests(309));
        Assert.Equal("1+2", _line.Requests(310));
        Assert.Equal("", _line.Requests(559));
        Assert.Equal("1+2", _line.Requests(560));
    }

    [Fact]
    public void should_stop_asking_after_the_last_attempt_and_keep_the_gap_open()
    {
        _line.Receive(3, 1, nowNs: 0);
        int requests = 0;
        for (long nowNs = 0; nowNs < 100_000; nowNs += 10) requests += _line.Requests(nowNs).Length > 0 ? 1 : 0;
        Assert.Equal(4, requests);
        Assert.Equal(1, _line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_ask_for_no_more_than_the_window_at_once()
    {
        _line.Receive(11, 1, nowNs: 0);
        _line.Receive(21, 1, nowNs: 0);
        _line.Receive(31, 1, nowNs: 0);
        Assert.Equal("1+3 12+3", _line.Requests(10));
        Assert.Equal("", _line.Requests(11));
    }

    [Fact]
    public void should_ask_for_the_rest_as_soon_as_an_answer_has_come()
    {
        _line.Receive(8, 1, nowNs: 0);
        Assert.Equal("1+3", _line.Requests(10));
        _line.Receive(1, 2, nowNs: 20);
        Assert.Equal("3+3", _line.Requests(20));
        _line.Receive(3, 3, nowNs: 30);
        Assert.Equal("6+2", _line.Requests(30));
        _line.Receive(6, 2, nowNs: 40);
        Assert.Equal(0, _line.Receiver.GapsOpen);
        Assert.Equal(3, _line.Receiver.Statistics.Requests);
    }

    [Fact]
    public void should_not_ask_at_once_when_the_slower_line_fills_a_gap_bit_by_bit()
    {
        _line.Receive(100, 1, nowNs: 0);
        Assert.Equal("1+3", _line.Requests(10));
        _line.Receive(1, 1, nowNs: 20);
        Assert.Equal("2+3", _line.Requests(20));
        for (ulong late = 3; late < 12; late++) _line.Receive(late, 1, nowNs: 21);
        Assert.Equal("", _line.Requests(22));
    }

    [Fact]
    public void should_give_up_the_oldest_gap_when_too_many_are_open()
    {
        foreach (ulong first in new ulong[] { 3, 5, 7, 9 }) _line.Receive(first, 1);
        Assert.Equal(3, _line.Receiver.GapsOpen);
        Assert.Equal(2, _line.Receiver.Statistics.Lost);
        Assert.Equal(MoldReceiveResult.Duplicate, _line.Receive(1, 2));
        Assert.Equal(4UL, _line.Receiver.FirstMissing);
    }

    [Fact]
    public void should_leave_a_message_missing_rather_than_split_a_gap_beyond_the_bound()
    {
        foreach (ulong first in new ulong[] { 2, 4, 9 }) _line.Receive(first, 1);
        Assert.Equal(MoldReceiveResult.Duplicate, _line.Receive(6, 1));
        _line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.Delivered, _line.Receive(6, 1));
        Assert.Equal("2 4 9 1r 6r", _line.DeliveredText);
    }

    [Fact]
    public void should_give_up_a_gap_of_the_configured_age_and_count_what_is_lost()
    {
        MoldLine line = new(Options with { GiveUpAfterNs = 1_000 });
        line.Receive(4, 1, nowNs: 0);
        line.Receive(8, 1, nowNs: 500);
        line.Requests(999);
        Assert.Equal(2, line.Receiver.GapsOpen);
        line.Requests(1_000);
        Assert.Equal(1, line.Receiver.GapsOpen);
        Assert.Equal(3, line.Receiver.Statistics.Lost);
        Assert.Equal(500, line.Receiver.OldestGapAgeNs(1_000));
    }

    [Fact]
    public void should_name_the_session_in_a_request()
    {
        _line.Receive(3, 1, nowNs: 0);
        Assert.True(_line.Receiver.TryNextRequest(10, out MoldHeader request));
        Assert.Equal(new MoldHeader(MoldLine.Session(), 1, 2), request);
    }
}
