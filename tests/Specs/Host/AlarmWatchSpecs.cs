using MarketMaker.Contracts;
using MarketMaker.Host;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Host;

public sealed class AlarmWatchSpecs : IDisposable
{
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly TradingGate _gate = new();
    private readonly EventPoller<LogEvent> _lines;
    private readonly AlarmWatch _alarms;
    private long _nowNs = 1_000_000_000;

    public AlarmWatchSpecs()
    {
        LogWriter log = LogWriter.Create(256, out _lines);
        _gate.Open();
        _counters.Set(Counter.ExecutionState, (long)ExecutionState.Live);
        _alarms = new AlarmWatch(_counters, _gate, log, dayLossBuysPpm: 10_000, () => _nowNs);
    }

    [Theory]
    [InlineData(StopReasons.Person, Alarm.PersonHalt)]
    [InlineData(StopReasons.ControlFile, Alarm.ControlFile)]
    [InlineData(StopReasons.DayLoss, Alarm.DayLossHalt)]
    [InlineData(StopReasons.Contradictions, Alarm.ContradictionsHalt)]
    [InlineData(StopReasons.Watchdog, Alarm.AgentStuck)]
    [InlineData(StopReasons.TradeNotBooked, Alarm.TradeNotBooked)]
    [InlineData(StopReasons.JournalFailed, Alarm.JournalFailed)]
    [InlineData(StopReasons.Fault, Alarm.EngineFault)]
    [InlineData(StopReasons.Session, Alarm.SessionRefused)]
    public void should_raise_an_alarm_for_each_reason_that_halts_and_clear_it_with_the_halt(StopReasons reason, Alarm alarm)
    {
        _gate.StopSending(reason, stop: true);
        _alarms.DoWork();
        Assert.Equal([alarm], Raised());
        _gate.StopSending(reason, stop: false);
        _alarms.DoWork();
        Assert.Empty(Raised());
        Assert.Equal([(LogMessage.AlarmRaised, alarm), (LogMessage.AlarmCleared, alarm)], Lines());
    }

    [Theory]
    [InlineData(Counter.JournalIdsLevel, Alarm.IdsLow)]
    [InlineData(Counter.JournalMapLevel, Alarm.JournalMap)]
    [InlineData(Counter.JournalDiskLevel, Alarm.JournalDisk)]
    [InlineData(Counter.JournalPinnedReaderPid, Alarm.ReaderPinned)]
    [InlineData(Counter.JournalQuarantined, Alarm.Quarantine)]
    [InlineData(Counter.JournalQuarantineDropped, Alarm.QuarantineFull)]
    [InlineData(Counter.HostDenylistMalformed, Alarm.DenylistMalformed)]
    [InlineData(Counter.DecisionNotCaptured, Alarm.CaptureIncomplete)]
    [InlineData(Counter.WinRecordOurDelay, Alarm.SlowHost)]
    public void should_raise_an_alarm_while_a_gauge_says_so(Counter gauge, Alarm alarm)
    {
        _counters.Set(gauge, 1);
        _alarms.DoWork();
        Assert.Equal([alarm], Raised());
        _counters.Set(gauge, 0);
        _alarms.DoWork();
        Assert.Empty(Raised());
    }

    [Theory]
    [InlineData(Counter.FeedMessagesLost, Alarm.FeedLost)]
    [InlineData(Counter.HostKernelDrops, Alarm.FeedDrops)]
    [InlineData(Counter.JournalShippedMarksUnusable, Alarm.ShippedMark)]
    [InlineData(Counter.HostLogLinesLost, Alarm.LogLost)]
    public void should_hold_an_alarm_for_a_minute_after_the_last_loss(Counter counter, Alarm alarm)
    {
        _counters.Add(counter, 3);
        Pass(1);
        Assert.Contains(alarm, Raised());
        Alive(58);
        Assert.Equal([alarm], Raised());
        _counters.Add(counter, 1);
        Alive(59);
        Assert.Equal([alarm], Raised());
        Alive(2);
        Assert.Empty(Raised());
    }

    [Fact]
    public void should_miss_the_feed_and_the_prices_when_nothing_comes_and_not_before()
    {
        Pass(9);
        Assert.Empty(Raised());
        Pass(1);
        Assert.Equal([Alarm.FeedSilent], Raised());
        Pass(6);
        Assert.Equal([Alarm.FeedSilent, Alarm.PricesSilent], Raised());
        Alive(1);
        Assert.Empty(Raised());
    }

    [Fact]
    public void should_miss_the_venue_only_when_it_stays_away()
    {
        _counters.Set(Counter.ExecutionState, (long)ExecutionState.LoggingIn);
        Alive(9);
        Assert.Empty(Raised());
        Alive(2);
        Assert.Equal([Alarm.VenueLost], Raised());
        _counters.Set(Counter.ExecutionState, (long)ExecutionState.Live);
        Alive(1);
        Assert.Empty(Raised());
    }

    [Fact]
    public void should_describe_every_alarm_once_in_the_order_of_the_list()
    {
        Assert.Equal(Enumerable.Range(0, (int)Alarm.Count), Alarms.All.Select(alarm => (int)alarm.Alarm));
        Assert.Equal((int)Alarm.Count, Alarms.All.Select(alarm => alarm.Id).Distinct().Count());
        Assert.True((int)Counter.AlarmSince + (int)Alarm.Count <= (int)Counter.SlotCount);
    }

    public void Dispose() => _counters.Dispose();

    private void Pass(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _nowNs += 1_000_000_000;
            _alarms.DoWork();
        }
    }

    private void Alive(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _counters.Add(Counter.FeedPackets, 1);
            _counters.Add(Counter.PriceClientPrices, 1);
            Pass(1);
        }
    }

    private Alarm[] Raised() => [.. Alarms.All.Select(alarm => alarm.Alarm).Where(alarm => _counters.Read(Counter.AlarmSince + (int)alarm) != 0)];

    private (LogMessage, Alarm)[] Lines()
    {
        List<(LogMessage, Alarm)> said = [];
        for (long line = 0, last = _lines.AvailableThrough(256); line <= last; line++) said.Add((_lines[line].Message, (Alarm)_lines[line].A));
        return [.. said];
    }
}
