using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Protocols.MoldUdp64;

public class MoldReceiverSpecs
{
    private readonly MoldLine _line = new();

    [Fact]
    public void should_deliver_messages_in_sequence()
    {
        Assert.Equal(MoldReceiveResult.Delivered, _line.Receive(1, 2));
        Assert.Equal(MoldReceiveResult.Delivered, _line.Receive(3, 1));
        Assert.Equal("1 2 3", _line.DeliveredText);
        Assert.Equal(4UL, _line.Receiver.NextExpected);
    }

    [Fact]
    public void should_drop_the_second_copy_of_a_packet()
    {
        _line.Receive(1, 2);
        Assert.Equal(MoldReceiveResult.Duplicate, _line.Receive(1, 2));
        Assert.Equal("1 2", _line.DeliveredText);
        Assert.Equal(2, _line.Receiver.Statistics.Duplicates);
    }

    [Fact]
    public void should_deliver_the_new_tail_of_a_packet_that_overlaps()
    {
        _line.Receive(1, 3);
        Assert.Equal(MoldReceiveResult.Delivered, _line.Receive(2, 4));
        Assert.Equal("1 2 3 4 5", _line.DeliveredText);
        Assert.Equal(2, _line.Receiver.Statistics.Duplicates);
        Assert.Equal(0, _line.Receiver.Statistics.Recovered);
    }

    [Fact]
    public void should_pass_later_packets_at_once_while_a_gap_is_open()
    {
        _line.Receive(1, 1);
        _line.Receive(4, 2, nowNs: 100);
        Assert.Equal("1 4 5", _line.DeliveredText);
        Assert.Equal(1, _line.Receiver.GapsOpen);
        Assert.Equal(2UL, _line.Receiver.FirstMissing);
        Assert.Equal(50, _line.Receiver.OldestGapAgeNs(150));
    }

    [Fact]
    public void should_mark_what_fills_a_gap_as_recovered_and_close_the_gap()
    {
        _line.Receive(4, 1);
        _line.Receive(1, 3);
        Assert.Equal("4 1r 2r 3r", _line.DeliveredText);
        Assert.Equal(0, _line.Receiver.GapsOpen);
        Assert.Equal(1, _line.Receiver.Statistics.GapsClosed);
        Assert.Equal(3, _line.Receiver.Statistics.Recovered);
    }

    [Fact]
    public void should_split_a_gap_filled_in_its_middle()
    {
        _line.Receive(6, 1);
        _line.Receive(3, 1);
        Assert.Equal(2, _line.Receiver.GapsOpen);
        _line.Receive(1, 6);
        Assert.Equal("6 3r 1r 2r 4r 5r", _line.DeliveredText);
        Assert.Equal(0, _line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_fill_several_gaps_and_go_on_from_one_packet()
    {
        _line.Receive(2, 1);
        _line.Receive(4, 1);
        _line.Receive(1, 6);
        Assert.Equal("2 4 1r 3r 5 6", _line.DeliveredText);
        Assert.Equal(7UL, _line.Receiver.NextExpected);
    }

    [Fact]
    public void should_notice_the_loss_of_the_last_packet_by_the_heartbeat()
    {
        _line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.Heartbeat, _line.Receive(MoldLine.Heartbeat(4)));
        Assert.Equal(1, _line.Receiver.GapsOpen);
        Assert.Equal(4UL, _line.Receiver.NextExpected);
    }

    [Fact]
    public void should_see_no_gap_in_a_heartbeat_from_the_slower_line()
    {
        _line.Receive(1, 3);
        Assert.Equal(MoldReceiveResult.Heartbeat, _line.Receive(MoldLine.Heartbeat(2)));
        Assert.Equal(0, _line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_be_ended_only_when_all_of_the_session_has_come()
    {
        _line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.EndOfSession, _line.Receive(MoldLine.EndOfSession(3)));
        Assert.False(_line.Receiver.IsEnded);
        _line.Receive(2, 1);
        Assert.True(_line.Receiver.IsEnded);
    }

    [Fact]
    public void should_refuse_a_packet_of_another_session()
    {
        _line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.WrongSession, _line.Receive(MoldLine.Packet(2, 1, "SESSION002")));
        Assert.Equal(1, _line.Receiver.Statistics.WrongSession);
        Assert.Equal("1", _line.DeliveredText);
    }

    [Fact]
    public void should_refuse_another_session_than_the_configured_from_the_first_packet_on()
    {
        MoldLine line = new(new MoldReceiverOptions { Session = MoldLine.Session("OTHER") });
        Assert.Equal(MoldReceiveResult.WrongSession, line.Receive(1, 1));
        Assert.Empty(line.Delivered);
    }

    [Fact]
    public void should_drop_a_packet_too_far_ahead_and_go_on()
    {
        MoldLine line = new(new MoldReceiverOptions { FarFutureMessages = 1_000 });
        line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(1_003, 1));
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(MoldLine.Heartbeat(ulong.MaxValue - 100_000)));
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(MoldLine.EndOfSession(1_003)));
        line.Receive(2, 1);
        Assert.Equal("1 2", line.DeliveredText);
        Assert.Equal(3, line.Receiver.Statistics.FarFuture);
        Assert.Equal(0, line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_drop_a_single_packet_that_leaps_ahead_and_go_on()
    {
        MoldLine line = new(new MoldReceiverOptions { LeapMessages = 100 });
        line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(103, 1));
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(MoldLine.Heartbeat(5_000)));
        line.Receive(2, 1);
        Assert.Equal("1 2", line.DeliveredText);
        Assert.Equal(0, line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_follow_a_leap_once_the_next_packet_goes_on_where_it_ended()
    {
        MoldLine line = new(new MoldReceiverOptions { LeapMessages = 100 });
        line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.FarFuture, line.Receive(500, 2));
        Assert.Equal(MoldReceiveResult.Delivered, line.Receive(502, 1));
        Assert.Equal("1 502", line.DeliveredText);
        Assert.Equal(1, line.Receiver.GapsOpen);
        Assert.Equal(503UL, line.Receiver.NextExpected);
    }

    [Fact]
    public void should_follow_a_packet_that_is_ahead_by_no_more_than_a_leap()
    {
        MoldLine line = new(new MoldReceiverOptions { LeapMessages = 100 });
        line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.Delivered, line.Receive(102, 1));
    }

    [Fact]
    public void should_follow_a_packet_just_inside_the_window()
    {
        MoldLine line = new(new MoldReceiverOptions { FarFutureMessages = 1_000 });
        line.Receive(1, 1);
        Assert.Equal(MoldReceiveResult.Delivered, line.Receive(1_002, 1));
    }

    [Fact]
    public void should_follow_a_packet_too_far_ahead_when_configured_and_count_the_loss()
    {
        MoldLine line = new(new MoldReceiverOptions { FarFutureMessages = 1_000, FollowFarFuture = true });
        line.Receive(1, 1);
        line.Receive(5_000, 1);
        Assert.Equal("1 5000", line.DeliveredText);
        Assert.Equal(4_998, line.Receiver.Statistics.Lost);
        Assert.Equal(0, line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_refuse_a_number_so_high_that_it_would_wrap_around() =>
        Assert.Equal(MoldReceiveResult.Malformed, _line.Receive(MoldLine.Heartbeat(ulong.MaxValue)));

    [Fact]
    public void should_ignore_everything_before_the_number_a_snapshot_named()
    {
        _line.Receiver.StartAt(10);
        _line.Receive(8, 4);
        Assert.Equal("10 11", _line.DeliveredText);
        Assert.Equal(0, _line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_join_at_the_first_packet_when_configured()
    {
        MoldLine line = new(new MoldReceiverOptions { JoinAtFirstPacket = true });
        line.Receive(7_000_000, 2);
        Assert.Equal("7000000 7000001", line.DeliveredText);
        Assert.Equal(0, line.Receiver.GapsOpen);
    }

    [Fact]
    public void should_see_a_gap_behind_the_first_packet_also_when_it_joined_at_number_one()
    {
        MoldLine line = new(new MoldReceiverOptions { JoinAtFirstPacket = true });
        line.Receive(1, 1);
        line.Receive(3, 1);
        Assert.Equal(1, line.Receiver.GapsOpen);
        Assert.Equal(MoldReceiveResult.Duplicate, line.Receive(1, 1));
    }

    [Fact]
    public void should_begin_again_with_any_session_after_a_restart()
    {
        MoldLine line = new(new MoldReceiverOptions { JoinAtFirstPacket = true });
        line.Receive(5, 1);
        line.Receive(9, 1);
        line.Receiver.Restart();
        Assert.Equal(0, line.Receiver.GapsOpen);
        Assert.Equal(MoldReceiveResult.Delivered, line.Receive(MoldLine.Packet(2, 1, "OTHER")));
        Assert.Equal("5 9 2", line.DeliveredText);
        Assert.Equal(MoldReceiveResult.WrongSession, line.Receive(10, 1));
    }
}
