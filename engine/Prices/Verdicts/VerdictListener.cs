using MarketMaker.Contracts;
using MarketMaker.Platform.Logging;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Prices.Verdicts;

/// <summary>
/// Decides whether the verdicts can be trusted: only after a whole snapshot of the newest session, and until silence, a gap that does not
/// heal, the end of its validity, or another session. Not trusted means: every ticker is only sold.
/// </summary>
/// <remarks>No I/O and no clock inside. One thread; allocates nothing after construction.</remarks>
internal sealed class VerdictListener(VerdictOptions options, Universe universe, VerdictBoard board, LogWriter log)
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerDay = 86_400_000_000_000;

    private readonly MoldReceiver _receiver = new(options.ToReceiverOptions());
    private readonly long _silenceNs = options.SilenceMs * NsPerMs;
    private readonly long _validityMaxNs = options.ValidityMaxMs * NsPerMs;
    private SnapshotProgress _snapshot;
    private VerdictStatistics _statistics;
    private long _trustedUntilNs;
    private long _lastHeardNs = long.MinValue;
    private long _lostSeen;
    private long _nowNs;
    private long _wallNs;
    private bool _isSilent;
    private MoldSession _session;

    public ref readonly VerdictStatistics Statistics => ref _statistics;

    public ref readonly MoldStatistics Stream => ref _receiver.Statistics;

    /// <summary>Sets the time of what follows; call first in each duty cycle.</summary>
    public void SetTime(long nowNs, long wallNs)
    {
        (_nowNs, _wallNs) = (nowNs, wallNs);
        if (_lastHeardNs == long.MinValue) _lastHeardNs = nowNs;
    }

    public void OnPacket(ReadOnlySpan<byte> packet)
    {
        Handler handler = new(this);
        MoldReceiveResult result = _receiver.Receive(packet, _nowNs, ref handler);
        if (result == MoldReceiveResult.WrongSession && TryFollow(packet)) result = _receiver.Receive(packet, _nowNs, ref handler);
        if (result is MoldReceiveResult.Delivered or MoldReceiveResult.Heartbeat)
        {
            (_lastHeardNs, _isSilent) = (_nowNs, false);
            if (_receiver.Session != _session) (_session, _statistics.Sessions) = (_receiver.Session, _statistics.Sessions + 1);
        }
        else if (result == MoldReceiveResult.EndOfSession && _receiver.IsEnded)
        {
            Distrust(LogMessage.AlertsEnded);
        }
    }

    /// <summary>What time alone does. Call after the packets of the duty cycle.</summary>
    public void OnTime()
    {
        if (!_isSilent && _nowNs - _lastHeardNs > _silenceNs)
        {
            _isSilent = true;
            bool said = Distrust(LogMessage.AlertsSilent, (_nowNs - _lastHeardNs) / NsPerMs);
            if (!said) log.Write(LogMessage.AlertsSilent, (_nowNs - _lastHeardNs) / NsPerMs);
            // Whatever comes next is taken up, also an earlier session: the clock of the service may have been set back.
            _receiver.Restart();
            StartOver();
        }

        if (board.IsTrusted && _nowNs > _trustedUntilNs) Distrust(LogMessage.AlertsOutdated, _statistics.Outdated);
        if (_receiver.Statistics.Lost == _lostSeen) return;
        _lostSeen = _receiver.Statistics.Lost;
        _snapshot.StartOver(_receiver.NextExpected);
        Distrust(LogMessage.AlertsGap, _lostSeen);
    }

    public bool TryNextRequest(out MoldHeader request) => _receiver.TryNextRequest(_nowNs, out request);

    private void OnMessage(ulong sequence, ReadOnlySpan<byte> message)
    {
        bool good = (message.IsEmpty ? default : (VerdictMessageType)message[0]) switch
        {
            VerdictMessageType.Verdict => OnVerdict(sequence, message),
            VerdictMessageType.SnapshotBegin => OnBegin(sequence, message),
            VerdictMessageType.SnapshotEnd => OnEnd(sequence, message),
            _ => false,
        };
        if (!good) _statistics.Malformed++;
        if (_snapshot.IsComplete) OnWholeSnapshot();
    }

    private bool OnVerdict(ulong sequence, ReadOnlySpan<byte> message)
    {
        if (!TickerVerdict.TryRead(message, out TickerVerdict verdict)) return false;
        if (!TryValidity(verdict.ValidUntilNs, out long validUntilNs)) return true;
        ushort ticker = universe.IndexOf(verdict.Ticker);
        if (ticker == Universe.NoTicker) _statistics.UnknownTickers++;
        else if (!board.TryApply(ticker, sequence, verdict, validUntilNs)) _statistics.Old++;
        _snapshot.Count(sequence, verdict.Snapshot);
        return true;
    }

    private bool OnBegin(ulong sequence, ReadOnlySpan<byte> message)
    {
        if (!VerdictSnapshotBegin.TryRead(message, out VerdictSnapshotBegin begin)) return false;
        if (!TryValidity(begin.ValidUntilNs, out long validUntilNs)) return true;
        if (IsOfToday(begin.TradingDate)) _snapshot.Begin(sequence, begin, validUntilNs);
        else _statistics.Outdated++;
        return true;
    }

    private bool OnEnd(ulong sequence, ReadOnlySpan<byte> message)
    {
        if (!VerdictSnapshotEnd.TryRead(message, out VerdictSnapshotEnd end)) return false;
        _snapshot.End(sequence, end);
        return true;
    }

    private void OnWholeSnapshot()
    {
        _statistics.Snapshots++;
        _trustedUntilNs = _snapshot.ValidUntilNs;
        _snapshot.StartOver(0);
        // Lost in the same duty cycle, and not looked at yet: what was lost may be newer than the snapshot.
        if (_receiver.Statistics.Lost != _lostSeen || board.IsTrusted) return;
        board.SweepAll(_nowNs);
        board.IsTrusted = true;
        board.Flush(_nowNs);
        log.Write(LogMessage.AlertsTrusted, board.SellOnlyTickers, board.DeniedTickers);
    }

    /// <summary>A later session is a new start of the service and is followed; an earlier one is a straggler or a second service.</summary>
    private bool TryFollow(ReadOnlySpan<byte> packet)
    {
        MoldHeader.TryRead(packet, out MoldHeader header);
        MoldSession now = _receiver.Session;
        bool isLater = header.Session.First > now.First || (header.Session.First == now.First && header.Session.Last > now.Last);
        if (!isLater)
        {
            if (long.IsPow2(++_statistics.OldSession)) log.Write(LogMessage.AlertsOldSession, _statistics.OldSession);
            return false;
        }

        _receiver.Restart();
        StartOver();
        Span<byte> name = stackalloc byte[MoldSession.Length];
        header.Session.Write(name);
        if (board.IsTrusted) _statistics.Stops++;
        board.IsTrusted = false;
        log.Write(LogMessage.AlertsSession, text: name);
        return true;
    }

    private void StartOver()
    {
        _snapshot.StartOver(0);
        board.ForgetSequences();
    }

    private bool Distrust(LogMessage why, long a = 0)
    {
        if (!board.IsTrusted) return false;
        board.IsTrusted = false;
        _statistics.Stops++;
        log.Write(why, a);
        return true;
    }

    private bool TryValidity(long validUntilWallNs, out long validUntilNs)
    {
        // Compared before it is subtracted, so that no value on the wire can overflow.
        bool valid = validUntilWallNs > _wallNs;
        validUntilNs = valid ? _nowNs + Math.Min(validUntilWallNs - _wallNs, _validityMaxNs) : 0;
        if (!valid) _statistics.Outdated++;
        return valid;
    }

    // The venue's day may begin up to a day before or after that of UTC.
    private bool IsOfToday(int date)
    {
        for (int days = -1; days <= 1; days++)
        {
            DateTime utc = DateTime.UnixEpoch.AddTicks((_wallNs + days * NsPerDay) / 100);
            if (date == utc.Year * 1_00_00 + utc.Month * 1_00 + utc.Day) return true;
        }

        return false;
    }

    /// <summary>Lets the receiver's call be a direct one.</summary>
    private readonly struct Handler(VerdictListener listener) : IMoldMessageHandler
    {
        public void OnMessage(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered) => listener.OnMessage(sequence, message);
    }
}
