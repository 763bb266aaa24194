using MarketMaker.Contracts;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Tests.Specs.Prices.Verdicts;

/// <summary>When verdicts are trusted, and what holds while they are not.</summary>
public sealed class AlertsSpecs
{
    private readonly AlertsLab _lab = new();

    [Fact]
    public void should_only_sell_before_the_first_whole_snapshot()
    {
        _lab.Read();
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        byte[][] snapshot = _lab.WholeSnapshot("IBM");
        _lab.Send(snapshot[..^1]);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal(1, Read(Counter.AlertsAllSellOnly));
        _lab.Send(snapshot[^1]);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        Assert.Equal([TickerFlags.None, AlertsLab.Unsafe, TickerFlags.None], _lab.Flags);
        Assert.Equal([LogMessage.AlertsTrusted], _lab.Logged());
        Assert.Equal(0, Read(Counter.AlertsAllSellOnly));
        Assert.Equal(1, Read(Counter.AlertsTickersSellOnly));
    }

    [Fact]
    public void should_tell_the_single_tickers_before_it_lifts_the_verdict_for_all()
    {
        _lab.Send(_lab.WholeSnapshot("IBM"));
        Assert.Equal(PriceEventKind.VerdictForAll, _lab.Events[^1].Kind);
        Assert.Contains(_lab.Events, one => one is { Kind: PriceEventKind.Verdict, TickerIndex: 1, Flags: AlertsLab.Unsafe, SigmaCentiBp: 131, OpenPrice: 1_000_000 });
    }

    [Fact]
    public void should_pass_on_a_change_at_once()
    {
        Trust();
        _lab.Send(AlertsLab.Verdict("MSFT", VerdictLevel.Denied, VerdictReasons.DayMove));
        Assert.Equal(TickerFlags.SellOnly | TickerFlags.Denied, _lab.Flags[2]);
        Assert.Equal(1, Read(Counter.AlertsTickersDenied));
        Assert.Equal(1, Read(Counter.AlertsChanges));
        _lab.Send(AlertsLab.Verdict("MSFT"));
        Assert.Equal(TickerFlags.None, _lab.Flags[2]);
        Assert.Equal(0, Read(Counter.AlertsTickersDenied));
    }

    [Fact]
    public void should_not_repeat_what_has_not_changed()
    {
        Trust();
        int events = _lab.Events.Count;
        for (int i = 0; i < 5; i++)
        {
            _lab.Advance(500);
            _lab.Send(_lab.WholeSnapshot());
        }

        Assert.Equal(events, _lab.Events.Count);
        Assert.Equal(6, Read(Counter.AlertsSnapshots));
    }

    [Fact]
    public void should_pass_on_a_sigma_that_moved_by_more_than_an_eighth()
    {
        Trust();
        int events = _lab.Events.Count;
        _lab.Send(AlertsLab.Verdict("IBM", sigma: 147));
        Assert.Equal(events, _lab.Events.Count);
        _lab.Send(AlertsLab.Verdict("IBM", sigma: 148));
        Assert.Equal(148, _lab.Events[^1].SigmaCentiBp);
    }

    [Fact]
    public void should_only_sell_after_three_seconds_of_silence_and_until_the_next_whole_snapshot()
    {
        Trust();
        _lab.Advance(3_000);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        _lab.Advance(1);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal([LogMessage.AlertsSilent], _lab.Logged());
        Assert.Equal(1, Read(Counter.AlertsStops));
        _lab.Send(AlertsLab.Verdict("IBM"));
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.ForAll);
    }

    [Fact]
    public void should_say_once_that_the_service_never_spoke()
    {
        _lab.Work();
        for (int i = 0; i < 10; i++) _lab.Advance(1_000);
        Assert.Equal([LogMessage.AlertsSilent], _lab.Logged());
        Assert.Equal(0, Read(Counter.AlertsStops));
    }

    [Fact]
    public void should_not_take_heartbeats_for_verdicts_once_the_last_snapshot_is_no_longer_valid()
    {
        Trust();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(TickerFlags.None, _lab.ForAll);
            _lab.Time.Advance(1_000 * ManualTime.NsPerMs);
            _lab.Deliver(_lab.Packet(_lab.NextSequence));
        }

        _lab.Advance(1);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal([LogMessage.AlertsOutdated], _lab.Logged());
    }

    [Fact]
    public void should_not_count_the_same_packet_again_as_a_sign_of_life()
    {
        byte[] packet = _lab.Packet(1, _lab.WholeSnapshot());
        for (int i = 0; i < 4; i++)
        {
            _lab.Deliver(packet);
            _lab.Advance(1_000);
        }

        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Contains(LogMessage.AlertsSilent, _lab.Logged());
    }

    [Fact]
    public void should_ask_for_what_is_missing_and_go_on_when_it_comes()
    {
        Trust();
        byte[] lost = _lab.Packet(_lab.NextSequence, AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.Jump));
        _lab.NextSequence++;
        _lab.Send(AlertsLab.Verdict("MSFT"));
        _lab.Advance(2);
        Assert.Equal("6+1", _lab.RequestsSent());
        _lab.Deliver(lost);
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[1]);
        _lab.Advance(600);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        Assert.Equal(1, Read(Counter.AlertsMessagesRecovered));
    }

    [Fact]
    public void should_only_sell_after_a_gap_that_does_not_heal_and_until_a_snapshot_that_began_later()
    {
        Trust();
        byte[][] around = _lab.WholeSnapshot();
        _lab.Send(around[..2]);
        _lab.NextSequence++;
        _lab.Send(around[2..4]);
        _lab.Advance(499);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        _lab.Advance(1);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal([LogMessage.AlertsGap], _lab.Logged());
        Assert.Equal(1, Read(Counter.AlertsMessagesLost));
        // This one began before the gap was given up: what was lost may be newer than its verdicts.
        _lab.Send(around[4..]);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.ForAll);
    }

    [Fact]
    public void should_not_take_the_parts_of_two_snapshots_for_a_whole_one()
    {
        byte[][] first = _lab.WholeSnapshot();
        _lab.Send(first[..3]);
        byte[][] second = _lab.WholeSnapshot();
        _lab.Send(second[2..]);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.ForAll);
    }

    [Fact]
    public void should_not_trust_a_snapshot_while_one_of_its_verdicts_is_missing()
    {
        byte[][] snapshot = _lab.WholeSnapshot("MSFT");
        _lab.Send(snapshot[..2]);
        byte[] late = _lab.Packet(_lab.NextSequence, snapshot[2]);
        _lab.NextSequence++;
        _lab.Send(snapshot[3..]);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        _lab.Deliver(late);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
    }

    [Fact]
    public void should_complete_a_snapshot_whose_packets_came_in_the_wrong_order()
    {
        byte[][] snapshot = _lab.WholeSnapshot("MSFT");
        _lab.Send(AlertsLab.Verdict("AAPL"));
        byte[] early = _lab.Packet(_lab.NextSequence, snapshot[..2]);
        _lab.NextSequence += 2;
        _lab.Send(snapshot[2..]);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        _lab.Deliver(early);
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[2]);
    }

    [Fact]
    public void should_not_let_an_older_verdict_replace_a_newer_one()
    {
        Trust();
        byte[] late = _lab.Packet(_lab.NextSequence, AlertsLab.Verdict("IBM"));
        _lab.NextSequence++;
        _lab.Send(AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.Jump));
        _lab.Deliver(late);
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[1]);
        Assert.Equal(1, Read(Counter.AlertsOldMessages));
    }

    [Fact]
    public void should_wait_for_the_whole_snapshot_of_a_service_that_started_anew()
    {
        Trust();
        (_lab.Session, _lab.NextSequence) = ("V000000002", 1);
        _lab.Send(AlertsLab.Verdict("IBM"));
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal([LogMessage.AlertsSession], _lab.Logged());
        _lab.Send(_lab.WholeSnapshot("AAPL"));
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[0]);
        Assert.Equal(2, Read(Counter.AlertsSessions));
    }

    [Fact]
    public void should_drop_an_earlier_session_unless_the_later_one_has_gone_silent()
    {
        _lab.Session = "V000000002";
        Trust();
        (_lab.Session, _lab.NextSequence) = ("V000000001", 1);
        _lab.Send(AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.Jump));
        Assert.Equal(TickerFlags.None, _lab.Flags[1]);
        Assert.Equal(1, Read(Counter.AlertsOldSessionPackets));
        Assert.Equal([LogMessage.AlertsOldSession], _lab.Logged());
        Assert.Equal(1, Read(Counter.AlertsSessions));
        _lab.Advance(3_001);
        _lab.Send(_lab.WholeSnapshot("IBM"));
        Assert.Equal(2, Read(Counter.AlertsSessions));
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[1]);
    }

    [Fact]
    public void should_only_sell_as_soon_as_the_service_ends()
    {
        Trust();
        byte[] end = _lab.Packet(_lab.NextSequence);
        end[^2] = end[^1] = 0xFF;
        _lab.Deliver(end);
        Assert.Equal(AlertsLab.Unsafe, _lab.ForAll);
        Assert.Equal([LogMessage.AlertsEnded], _lab.Logged());
    }

    [Fact]
    public void should_only_sell_what_the_service_does_not_name()
    {
        _lab.Snapshot = 1;
        _lab.Send(_lab.Begin(2), AlertsLab.Verdict("AAPL", snapshot: 1), AlertsLab.Verdict("ZZZ", snapshot: 1), _lab.End(2));
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        // Not volatile: a sell-off would give money away for nothing but silence.
        Assert.Equal([TickerFlags.None, TickerFlags.SellOnly, TickerFlags.SellOnly], _lab.Flags);
        Assert.Equal(1, Read(Counter.AlertsUnknownTickers));
        Assert.Equal(2, Read(Counter.AlertsExpired));
    }

    [Fact]
    public void should_only_sell_a_ticker_whose_verdict_ran_out()
    {
        Trust();
        _lab.Send(AlertsLab.Verdict("IBM", validUntilNs: _lab.Time.WallNs + 1_000 * ManualTime.NsPerMs));
        _lab.Advance(999);
        Assert.Equal(TickerFlags.None, _lab.Flags[1]);
        _lab.Advance(1);
        Assert.Equal(TickerFlags.SellOnly, _lab.Flags[1]);
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.Flags[1]);
        Assert.Equal(0, Read(Counter.AlertsExpired));
    }

    [Fact]
    public void should_sell_only_and_not_in_haste_what_the_service_has_no_price_of()
    {
        Trust();
        _lab.Send(AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.NoData));
        Assert.Equal(TickerFlags.SellOnly, _lab.Flags[1]);
        _lab.Send(AlertsLab.Verdict("IBM", VerdictLevel.Volatile, VerdictReasons.NoData | VerdictReasons.Rise));
        Assert.Equal(AlertsLab.Unsafe, _lab.Flags[1]);
    }

    private void Trust()
    {
        _lab.Send(_lab.WholeSnapshot());
        Assert.Equal(TickerFlags.None, _lab.ForAll);
        _lab.Logged();
    }

    private long Read(Counter counter) => _lab.Counters.Read(counter);
}
