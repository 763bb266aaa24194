using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Feed;

/// <summary>
/// The stage Feed: packets in, session and sequence checked, messages decoded in place, offers and changes of state out. Asks again
/// for what is missing.
/// </summary>
/// <typeparam name="TPackets">Where packets come from; a struct, so that calls are direct.</typeparam>
/// <typeparam name="TSink">Where re-requests go; a struct, likewise.</typeparam>
/// <typeparam name="TClock">The time.</typeparam>
/// <remarks>Source: design document, section 4. Belongs to one thread; allocates nothing after its constructor.</remarks>
public sealed class FeedParser<TPackets, TSink, TClock> : IFeed
    where TPackets : IPacketSource
    where TSink : IPacketSink
    where TClock : struct, IClock
{
    private const long NsPerMs = 1_000_000;

    private readonly TPackets[] _lines;
    private readonly TPackets[] _answers;
    private readonly MoldReceiver _receiver;
    private readonly TradingStates _states;
    private readonly OfferPublisher _publisher;
    private readonly FeedMessages _messages;
    private readonly FeedWatch _watch;
    private readonly CounterFile _counters;
    private readonly byte[] _request = new byte[MoldHeader.Length];
    private readonly long _refuseAfterNs;
    private readonly bool _mayLose;
    private EveryNthTurn _answerLook;
    private int _line;
    private readonly TClock _clock;
    private TSink _requests;
    private volatile bool _mustEnd;
    private volatile bool _hasEnded;

    /// <summary>Builds the stage. It takes all its memory here.</summary>
    /// <param name="options">Its settings, checked already.</param>
    /// <param name="universe">The tickers of the day.</param>
    /// <param name="offers">The ring it alone publishes to.</param>
    /// <param name="lines">Line A, and line B where there is one.</param>
    /// <param name="answers">What the answers to re-requests come to, where that is another source; else empty.</param>
    /// <param name="requests">Where re-requests are sent, from the socket that their answers come to.</param>
    /// <param name="counters">Its block of counters starts at <see cref="Counter.FeedDutyCycles"/>.</param>
    /// <param name="log">Never waits.</param>
    /// <param name="clock">The time.</param>
    public FeedParser(
        FeedOptions options,
        Universe universe,
        SingleProducerRingBuffer<OfferEvent> offers,
        ReadOnlySpan<TPackets> lines,
        ReadOnlySpan<TPackets> answers,
        TSink requests,
        CounterFile counters,
        LogWriter log,
        TClock clock)
    {
        _lines = lines.ToArray();
        _answers = answers.ToArray();
        _requests = requests;
        _counters = counters;
        _clock = clock;
        _refuseAfterNs = options.GapRefuseAfterMs * NsPerMs;
        _mayLose = options.GapGiveUpAfterMs > 0 || options.FollowFarFuture;
        _answerLook = new EveryNthTurn(options.AnswerLookEvery);
        _receiver = new MoldReceiver(options.ToReceiverOptions());
        _states = new TradingStates(universe);
        _publisher = new OfferPublisher(offers, _states, counters);
        _messages = new FeedMessages(universe, options.SideTableBits, _states, _publisher, counters, log);
        _watch = new FeedWatch(_receiver, counters, log);
    }

    /// <inheritdoc/>
    public string Name => "Feed";

    /// <summary>The sequence number after the highest one known to exist.</summary>
    public ulong NextExpected => _receiver.NextExpected;

    /// <summary>Whether the venue ended the session and all of it has come.</summary>
    public bool IsSessionEnded => _receiver.IsEnded;

    /// <inheritdoc/>
    public bool HasEnded => _hasEnded;

    /// <inheritdoc/>
    public void End() => _mustEnd = true;

    /// <summary>Handles one batch of a line and of the answers, then cares for gaps and for changes of state that found the ring full.</summary>
    /// <returns>Packets handled.</returns>
    public int DoWork()
    {
        _counters.Add(Counter.FeedDutyCycles);
        if (_mustEnd)
        {
            _hasEnded = true;
            return 0;
        }

        int packets = PollLines();
        // A look is a system call, so without a gap only what is late or stray is looked for, now and then.
        if (_answers.Length > 0 && (_receiver.GapsOpen > 0 || _answerLook.IsDue())) packets += Poll(ref _answers[0]);
        if (_receiver.GapsOpen > 0) AskForWhatIsMissing();
        if (_states.HasChanges) PublishChanges();
        if (packets > 0 || _watch.IsGapOpen) _watch.Update(_messages.IsRefusing);
        if (packets > 0) _counters.Add(Counter.FeedWorkCycles);
        return packets;
    }

    /// <inheritdoc/>
    public void ApplySnapshotMessage(ReadOnlySpan<byte> message)
    {
        const ulong BeforeTheFeed = 0;
        _messages.ReceivedNs = _clock.MonotonicNs;
        _messages.OnMessage(BeforeTheFeed, message, isRecovered: true);
        PublishClaims();
    }

    /// <inheritdoc/>
    public void StartAt(ulong sequence) => _receiver.StartAt(sequence);

    // No more than one line a turn has its packets handled: their order would wait for the system call that looks at the other. That one is first in the next turn.
    private int PollLines()
    {
        int packets = 0;
        for (int looks = 0; looks < _lines.Length && packets == 0; looks++)
        {
            packets = Poll(ref _lines[_line]);
            if (++_line == _lines.Length) _line = 0;
        }

        return packets;
    }

    private int Poll(ref TPackets source)
    {
        int count = source.ReceiveBatch();
        if (count == 0) return 0;
        _messages.ReceivedNs = _clock.MonotonicNs;
        MessageHandler handler = new(_messages);
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> packet = source.Packet(i);
            bytes += packet.Length;
            if (!source.IsFromVenue(i))
            {
                _counters.Add(Counter.FeedForeignPackets);
                continue;
            }

            JudgeGaps(_messages.ReceivedNs);
            _receiver.Receive(packet, _messages.ReceivedNs, ref handler);
            PublishClaims();
        }

        _counters.Add(Counter.FeedPackets, count);
        _counters.Add(Counter.FeedBytes, bytes);
        return count;
    }

    private void JudgeGaps(long nowNs) =>
        _messages.IsRefusing = (_receiver.GapsOpen > 0 && _receiver.OldestGapAgeNs(nowNs) > _refuseAfterNs) || HasLostWithoutLeave;

    // More gaps than the list holds: what was lost may have been a halt, and nobody has said that it may be passed over.
    private bool HasLostWithoutLeave => !_mayLose && _receiver.Statistics.Lost > 0;

    private void AskForWhatIsMissing()
    {
        long nowNs = _clock.MonotonicNs;
        // A datagram that is not taken is as good as lost: the receiver's timeout covers both.
        while (_receiver.TryNextRequest(nowNs, out MoldHeader request))
        {
            request.Write(_request);
            _requests.TrySend(_request);
        }

        JudgeGaps(nowNs);
    }

    private void PublishChanges()
    {
        _messages.ReceivedNs = _clock.MonotonicNs;
        _publisher.TryClaimChanges(_messages.ReceivedNs);
        PublishClaims();
    }

    private void PublishClaims()
    {
        if (_publisher.HasClaims) _publisher.Publish(_messages.ReceivedNs, _clock.MonotonicNs);
    }

    /// <summary>Lets the receiver's call of the handler be a direct one.</summary>
    private readonly struct MessageHandler(FeedMessages messages) : IMoldMessageHandler
    {
        public void OnMessage(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered) =>
            messages.OnMessage(sequence, message, isRecovered);
    }
}
