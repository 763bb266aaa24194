using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices.Verdicts;

namespace MarketMaker.Tests.Specs.Prices.Verdicts;

public sealed class DenylistSpecs
{
    private readonly Universe _universe;
    private readonly MultiProducerRingBuffer<PriceEvent> _ring = new("prices", 2);
    private readonly EventPoller<PriceEvent> _poller;
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly bool[] _denied = new bool[4];

    public DenylistSpecs()
    {
        Assert.True(Universe.TryCreate([.. new[] { "AAPL", "IBM", "MSFT", "TR#" }.Select(Symbol.Parse)], out Universe? universe, out _));
        _universe = universe!;
        _poller = _ring.NewPoller();
    }

    [Fact]
    public void should_read_one_ticker_a_line_and_pass_over_comments()
    {
        DenylistFile? list = DenylistFile.Parse("deny", "# before the merger\nIBM\r\n\n  MSFT # until Friday\nTR#\nIBM\nQQQ", _universe, out _);
        Assert.Equal([1, 2, 3], list!.Tickers);
        Assert.Equal([Symbol.Parse("QQQ")], list.Unknown);
    }

    [Theory]
    [InlineData("IBM\nAAPL MSFT", "deny:2: 'AAPL MSFT' is no ticker")]
    [InlineData("TOOLONGNAME", "deny:1: 'TOOLONGNAME' is no ticker")]
    [InlineData("IBM\u00e4", "deny:1:")]
    public void should_refuse_a_line_that_is_no_ticker(string text, string says)
    {
        Assert.Null(DenylistFile.Parse("deny", text, _universe, out string error));
        Assert.StartsWith(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void should_name_the_remedy_when_there_is_no_file()
    {
        Assert.Null(DenylistFile.Read("/does/not/exist", _universe, out string error));
        Assert.Contains("make the denylist", error, StringComparison.Ordinal);
    }

    [Fact]
    public void should_pass_on_the_first_list_before_anything_runs()
    {
        DenylistAgent<ManualClock> agent = Agent("IBM\nMSFT");
        Assert.True(agent.IsPassedOn);
        Read();
        Assert.Equal([false, true, true, false], _denied);
    }

    [Fact]
    public void should_pass_on_changes_only_and_wait_for_room()
    {
        DenylistAgent<ManualClock> agent = Agent("AAPL\nIBM\nMSFT");
        Assert.False(agent.IsPassedOn);
        Assert.Equal(0, agent.DoWork());
        Read();
        Assert.Equal(1, agent.DoWork());
        Assert.True(agent.IsPassedOn);
        Assert.Equal(1, Read());
        Assert.Equal([true, true, true, false], _denied);
        agent.Submit(DenylistFile.Parse("deny", "MSFT\nAAPL\nTR#", _universe, out _)!);
        Assert.False(agent.IsPassedOn);
        agent.DoWork();
        Assert.Equal(2, Read());
        Assert.Equal([true, false, true, true], _denied);
        Assert.Equal(3, _counters.Read(Counter.AlertsDenylistTickers));
        agent.Submit(DenylistFile.Empty);
        while (!agent.IsPassedOn)
        {
            agent.DoWork();
            Read();
        }

        Assert.Equal([false, false, false, false], _denied);
    }

    private DenylistAgent<ManualClock> Agent(string text)
    {
        LogWriter log = LogWriter.Create(16, out _);
        return new(_universe, DenylistFile.Parse("deny", text, _universe, out _)!, _ring, _counters, log, new ManualClock(new ManualTime()));
    }

    private int Read()
    {
        int events = 0;
        long last = _poller.AvailableThrough(16);
        for (long sequence = _poller.Next; sequence <= last; sequence++, events++)
        {
            Assert.Equal(PriceEventKind.Denylist, _poller[sequence].Kind);
            _denied[_poller[sequence].TickerIndex] = _poller[sequence].Flags == TickerFlags.Denied;
        }

        if (events > 0) _poller.Advance(last);
        return events;
    }
}
