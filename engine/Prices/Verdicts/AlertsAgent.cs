using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Prices.Verdicts;

/// <summary>Hears the volatility service and puts its verdicts on the <c>prices</c> ring; while it cannot be trusted, every ticker is only sold.</summary>
/// <typeparam name="TPackets">Where packets come from; a struct, so that calls are direct.</typeparam>
/// <typeparam name="TSink">Where re-requests go; a struct, likewise.</typeparam>
/// <typeparam name="TClock">The time.</typeparam>
/// <remarks>Source: strategy document, section 5. Cold; belongs to one thread; allocates nothing after its constructor.</remarks>
public sealed class AlertsAgent<TPackets, TSink, TClock> : IAgent
    where TPackets : IPacketSource
    where TSink : IPacketSink
    where TClock : struct, IClock
{
    private readonly TPackets[] _sources;
    private readonly VerdictBoard _board;
    private readonly VerdictListener _listener;
    private readonly CounterFile _counters;
    private readonly TClock _clock;
    private readonly byte[] _request = new byte[MoldHeader.Length];
    private TSink _requests;

    /// <summary>Builds the agent and makes every ticker sell-only at once: nothing is bought before the first whole snapshot.</summary>
    /// <param name="options">Checked by the host.</param>
    /// <param name="universe">The tickers of the day.</param>
    /// <param name="prices">The ring; this agent is one of its producers. It must be empty enough for one event.</param>
    /// <param name="sources">The line, and the socket the answers to re-requests come to; at least one.</param>
    /// <param name="requests">Where re-requests are sent.</param>
    /// <param name="counters">Its block starts at <see cref="Counter.AlertsDutyCycles"/>.</param>
    /// <param name="log">Never waits.</param>
    /// <param name="clock">Both clocks are read once per duty cycle.</param>
    public AlertsAgent(
        VerdictOptions options,
        Universe universe,
        MultiProducerRingBuffer<PriceEvent> prices,
        ReadOnlySpan<TPackets> sources,
        TSink requests,
        CounterFile counters,
        LogWriter log,
        TClock clock)
    {
        _sources = sources.ToArray();
        _requests = requests;
        _counters = counters;
        _clock = clock;
        _board = new VerdictBoard(universe.Count, prices);
        _listener = new VerdictListener(options, universe, _board, log);
        _board.Flush(clock.MonotonicNs);
        counters.Set(Counter.AlertsAllSellOnly, 1);
    }

    /// <inheritdoc/>
    public string Name => "Alerts";

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.AlertsDutyCycles);
        long nowNs = _clock.MonotonicNs;
        _listener.SetTime(nowNs, _clock.WallClockNs);
        int packets = 0;
        for (int i = 0; i < _sources.Length; i++) packets += Poll(ref _sources[i]);
        // Asking comes first: it also gives up what is too old, which the listener has to hear of.
        while (_listener.TryNextRequest(out MoldHeader request))
        {
            request.Write(_request);
            // One that is not taken is as good as lost: it is made again.
            _requests.TrySend(_request);
        }

        _listener.OnTime();
        if (_board.IsTrusted) _board.SweepSome(nowNs);
        int events = _board.Flush(nowNs);
        if (packets + events > 0)
        {
            Show();
            _counters.Add(Counter.AlertsWorkCycles);
        }

        return packets + events;
    }

    private int Poll(ref TPackets source)
    {
        int count = source.ReceiveBatch();
        for (int i = 0; i < count; i++)
        {
            if (source.IsFromVenue(i)) _listener.OnPacket(source.Packet(i));
            else _counters.Add(Counter.AlertsForeignPackets);
        }

        if (count > 0) _counters.Add(Counter.AlertsPackets, count);
        return count;
    }

    private void Show()
    {
        if (_board.ChangePublishedNs != 0)
        {
            _counters[HopHistogram.VerdictToFlag].Record(Math.Max(0, _clock.WallClockNs - _board.ChangePublishedNs));
            _board.ChangePublishedNs = 0;
        }

        ref readonly VerdictStatistics verdicts = ref _listener.Statistics;
        ref readonly MoldStatistics stream = ref _listener.Stream;
        _counters.Set(Counter.AlertsMessages, stream.Delivered);
        _counters.Set(Counter.AlertsSnapshots, verdicts.Snapshots);
        _counters.Set(Counter.AlertsChanges, _board.Changes);
        _counters.Set(Counter.AlertsAllSellOnly, _board.IsTrusted ? 0 : 1);
        _counters.Set(Counter.AlertsStops, verdicts.Stops);
        _counters.Set(Counter.AlertsTickersSellOnly, _board.SellOnlyTickers);
        _counters.Set(Counter.AlertsTickersDenied, _board.DeniedTickers);
        _counters.Set(Counter.AlertsExpired, _board.ExpiredTickers);
        _counters.Set(Counter.AlertsGaps, stream.GapsOpened);
        _counters.Set(Counter.AlertsRequestsSent, stream.Requests);
        _counters.Set(Counter.AlertsMessagesRecovered, stream.Recovered);
        _counters.Set(Counter.AlertsMessagesLost, stream.Lost);
        _counters.Set(Counter.AlertsOldMessages, stream.Duplicates + verdicts.Old);
        _counters.Set(Counter.AlertsMalformedPackets, stream.Malformed);
        _counters.Set(Counter.AlertsMalformedMessages, verdicts.Malformed);
        _counters.Set(Counter.AlertsOldSessionPackets, verdicts.OldSession);
        _counters.Set(Counter.AlertsFarFuturePackets, stream.FarFuture);
        _counters.Set(Counter.AlertsSessions, verdicts.Sessions);
        _counters.Set(Counter.AlertsUnknownTickers, verdicts.UnknownTickers);
        _counters.Set(Counter.AlertsOutdatedMessages, verdicts.Outdated);
    }
}
