using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>
/// The receiving side of a session: every message once, the first copy of it, whichever line brings it; gaps noticed, asked for,
/// closed or given up. Messages behind a gap pass at once.
/// </summary>
/// <remarks>No I/O and no clock inside: packets and time come in, requests go out. Belongs to one thread; allocates nothing.</remarks>
public sealed class MoldReceiver(MoldReceiverOptions options)
{
    private readonly MoldGapList _gaps = new(Math.Max(options.GapsMax, 2));
    private MoldStatistics _statistics;
    private ulong _leapNext;
    private bool _hasStart = !options.JoinAtFirstPacket;
    private ulong _endSequence;

    /// <summary>The session; none until the first good packet when none was configured.</summary>
    public MoldSession Session { get; private set; } = options.Session;

    /// <summary>The number after the highest one known to exist.</summary>
    public ulong NextExpected { get; private set; } = 1;

    /// <summary>Gaps open now.</summary>
    public int GapsOpen => _gaps.Count;

    /// <summary>The lowest number still awaited; <see cref="NextExpected"/> when none is missing.</summary>
    public ulong FirstMissing => _gaps.Count == 0 ? NextExpected : _gaps[0].First;

    /// <summary>The first number after the oldest gap; <see cref="NextExpected"/> when none is open.</summary>
    public ulong FirstMissingEnd => _gaps.Count == 0 ? NextExpected : _gaps[0].End;

    /// <summary>The session was ended and every message of it has come or was given up.</summary>
    public bool IsEnded => _endSequence != 0 && NextExpected >= _endSequence && _gaps.Count == 0;

    /// <summary>What was counted so far.</summary>
    public ref readonly MoldStatistics Statistics => ref _statistics;

    /// <summary>Goes on from a number that a snapshot named: everything before it counts as seen.</summary>
    public void StartAt(ulong sequence)
    {
        while (_gaps.Count > 0) _gaps.GiveUpOldest();
        NextExpected = sequence;
        _hasStart = true;
    }

    /// <summary>Forgets session, numbers and gaps and begins as it did at first; what was counted stays counted.</summary>
    public void Restart()
    {
        while (_gaps.Count > 0) _gaps.GiveUpOldest();
        Session = options.Session;
        (NextExpected, _leapNext, _endSequence) = (1, 0, 0);
        _hasStart = !options.JoinAtFirstPacket;
    }

    /// <summary>Ns since the oldest open gap was noticed; 0 when none is open.</summary>
    public long OldestGapAgeNs(long nowNs) => _gaps.Count == 0 ? 0 : nowNs - _gaps[0].OpenedNs;

    /// <summary>Checks a packet and delivers what is new in it.</summary>
    public MoldReceiveResult Receive<THandler>(ReadOnlySpan<byte> packet, long nowNs, ref THandler handler)
        where THandler : struct, IMoldMessageHandler
    {
        if (!MoldPacket.TryRead(packet, out MoldHeader header, out MoldBlocks blocks)) return OnMalformed();
        if (header.Session != Session && !Session.IsNone) return OnWrongSession();
        // A start at the first packet is a start also when that packet has the number expected.
        if ((header.SequenceNumber != NextExpected || !_hasStart) && !TryMoveTo(header, nowNs)) return OnFarFuture();
        if (Session.IsNone) Session = header.Session;
        if (header.BlockCount == 0) return OnNoMessages(header);
        ulong sequence = header.SequenceNumber;
        if (sequence < NextExpected) return OnOverlap(header, blocks, nowNs, ref handler);
        while (blocks.TryNext(out ReadOnlySpan<byte> message)) handler.OnMessage(sequence++, message, isRecovered: false);
        NextExpected = sequence;
        _statistics.Delivered += header.BlockCount;
        return MoldReceiveResult.Delivered;
    }

    /// <summary>Gives up what is too old, then says whether something is to be asked for. Call until false, once per duty cycle.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    /// <param name="request">The request to send.</param>
    public bool TryNextRequest(long nowNs, out MoldHeader request)
    {
        request = default;
        if (_gaps.Count == 0) return false;
        GiveUpTheOld(nowNs);
        int awaited = 0;
        for (int i = 0; i < _gaps.Count && awaited < options.RequestsInFlightMax; i++)
        {
            ref MoldGap gap = ref _gaps[i];
            if (gap.DueNs > nowNs)
            {
                if (gap.IsAwaited) awaited++;
                continue;
            }

            gap.IsAwaited = false;
            if (gap.Attempts >= options.AttemptsMax) continue;
            long waitNs = Math.Min(options.RetryNs << Math.Min(gap.Attempts, 16), options.RetryMaxNs);
            gap.Attempts++;
            gap.IsAwaited = true;
            gap.DueNs = nowNs + waitNs;
            gap.RequestedFirst = gap.First;
            request = new(Session, gap.First, (ushort)Math.Min(gap.End - gap.First, (ulong)options.RequestMessagesMax));
            _statistics.Requests++;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Brings <see cref="NextExpected"/> up to a packet ahead of it, opening a gap; false when it is too far ahead, or far ahead and alone.
    /// </summary>
    private bool TryMoveTo(MoldHeader header, long nowNs)
    {
        ulong sequence = header.SequenceNumber;
        if (!_hasStart)
        {
            NextExpected = sequence;
            _hasStart = true;
        }

        if (sequence <= NextExpected) return true;
        ulong missing = sequence - NextExpected;
        if (missing > options.LeapMessages && !options.FollowFarFuture && sequence != _leapNext)
        {
            _leapNext = sequence + (ulong)header.BlockCount;
            return false;
        }

        if (missing <= options.FarFutureMessages)
        {
            _statistics.Lost += (long)_gaps.Open(NextExpected, sequence, nowNs, options.FirstRequestDelayNs);
            _statistics.GapsOpened++;
        }
        else if (options.FollowFarFuture)
        {
            _statistics.Lost += (long)missing;
        }
        else
        {
            return false;
        }

        NextExpected = sequence;
        return true;
    }

    /// <summary>Some or all of the packet lies behind us: each message is a duplicate, fills a gap, or belongs to the new tail.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private MoldReceiveResult OnOverlap<THandler>(MoldHeader header, MoldBlocks blocks, long nowNs, ref THandler handler)
        where THandler : struct, IMoldMessageHandler
    {
        long deliveredBefore = _statistics.Delivered;
        ulong sequence = header.SequenceNumber;
        for (; blocks.TryNext(out ReadOnlySpan<byte> message); sequence++)
        {
            bool isNew = sequence == NextExpected;
            if (isNew)
            {
                NextExpected++;
            }
            else if (_gaps.TryFill(sequence, out bool isGapClosed))
            {
                _statistics.Recovered++;
                if (isGapClosed) _statistics.GapsClosed++;
            }
            else
            {
                _statistics.Duplicates++;
                continue;
            }

            _statistics.Delivered++;
            handler.OnMessage(sequence, message, isRecovered: !isNew);
        }

        if (_gaps.Count > 0) _gaps.OnAnswer(header.SequenceNumber, nowNs);
        return _statistics.Delivered > deliveredBefore ? MoldReceiveResult.Delivered : MoldReceiveResult.Duplicate;
    }

    private MoldReceiveResult OnNoMessages(MoldHeader header)
    {
        if (header.MessageCount == MoldHeader.Heartbeat) return MoldReceiveResult.Heartbeat;
        // A number behind us is a stale or forged copy: the session has gone on since.
        if (header.SequenceNumber == NextExpected) _endSequence = header.SequenceNumber;
        return MoldReceiveResult.EndOfSession;
    }

    private void GiveUpTheOld(long nowNs)
    {
        if (options.GiveUpAfterNs == 0) return;
        while (_gaps.Count > 0 && nowNs - _gaps[0].OpenedNs >= options.GiveUpAfterNs) _statistics.Lost += (long)_gaps.GiveUpOldest();
    }

    private MoldReceiveResult OnMalformed()
    {
        _statistics.Malformed++;
        return MoldReceiveResult.Malformed;
    }

    private MoldReceiveResult OnWrongSession()
    {
        _statistics.WrongSession++;
        return MoldReceiveResult.WrongSession;
    }

    private MoldReceiveResult OnFarFuture()
    {
        _statistics.FarFuture++;
        return MoldReceiveResult.FarFuture;
    }
}
