using System.Text;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Feed;

/// <summary>
/// The late start: fetches the directory, the trading states and the market's hours over SoupBinTCP, up to the message that names
/// the feed's sequence number to go on from. Polled until it is no longer <see cref="SnapshotState.Running"/>.
/// </summary>
/// <remarks>
/// The feed's socket is open but the parser is not run meanwhile: packets wait in the kernel's buffer. A connection lost half-way is
/// made again and the whole snapshot applied anew, which changes nothing that was right.
/// </remarks>
public sealed class SnapshotClient<TStream, TClock> : IAgent
    where TStream : IByteStream
    where TClock : struct, IClock
{
    private const long NsPerMs = 1_000_000;
    private const int FirstMessage = 1;

    private readonly SnapshotOptions _options;
    private readonly ISnapshotTarget _target;
    private readonly TStream _stream;
    private readonly TClock _clock;
    private readonly SoupBinClientSession _session = new();
    private readonly byte[] _username;
    private readonly byte[] _password;
    private readonly long _deadlineNs;
    private long _nextAttemptNs;
    private bool _isConnecting;
    private bool _isOpen;

    /// <summary>Starts the clock of the timeout; the first poll connects.</summary>
    /// <param name="options">Settings, checked already.</param>
    /// <param name="target">What the snapshot is applied to.</param>
    /// <param name="stream">Not yet connected; it is closed at the end.</param>
    /// <param name="clock">The time.</param>
    public SnapshotClient(SnapshotOptions options, ISnapshotTarget target, TStream stream, TClock clock)
    {
        _options = options;
        _target = target;
        _stream = stream;
        _clock = clock;
        _username = Encoding.ASCII.GetBytes(options.Username);
        _password = Encoding.ASCII.GetBytes(options.Password);
        _nextAttemptNs = clock.MonotonicNs;
        _deadlineNs = _nextAttemptNs + options.TimeoutMs * NsPerMs;
    }

    /// <inheritdoc/>
    public string Name => "Snapshot";

    /// <summary>Where it stands.</summary>
    public SnapshotState State { get; private set; }

    /// <summary>Messages applied so far.</summary>
    public int MessagesApplied { get; private set; }

    /// <summary>The feed's sequence number to go on from, once complete.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>The letter the server refused the login with.</summary>
    public byte RejectReason => _session.RejectReason;

    /// <summary>errno of the last connection that failed.</summary>
    public int LastError => _stream.LastError;

    /// <inheritdoc/>
    public int DoWork()
    {
        if (State != SnapshotState.Running) return 0;
        long nowNs = _clock.MonotonicNs;
        if (nowNs >= _deadlineNs) return End(SnapshotState.TimedOut);
        switch (_stream.State)
        {
            case StreamState.Closed:
                return ConnectWhenDue(nowNs);
            case StreamState.Connected:
                if (!_isOpen) LogIn(nowNs);
                return Exchange(nowNs);
            default:
                return 0;
        }
    }

    private int ConnectWhenDue(long nowNs)
    {
        if (_isConnecting)
        {
            // The attempt has failed, or the connection has ended: both cost a pause.
            _isConnecting = false;
            _isOpen = false;
            _nextAttemptNs = nowNs + _options.RetryMs * NsPerMs;
        }

        if (nowNs < _nextAttemptNs) return 0;
        _isConnecting = true;
        _stream.BeginConnect();
        return 1;
    }

    private void LogIn(long nowNs)
    {
        _isOpen = true;
        _session.Open(_username, _password, default, FirstMessage, nowNs);
    }

    private int Exchange(long nowNs)
    {
        int sent = _session.Out.FlushTo(_stream);
        if (sent > 0) _session.Sent(nowNs);
        int received = sent < 0 ? -1 : _session.In.FillFrom(_stream);
        if (received > 0) _session.Received(nowNs);
        // What was received before the connection ended may hold the end of the snapshot.
        int handled = Handle();
        if (State == SnapshotState.Running && (received < 0 || !_session.KeepAlive(nowNs))) _stream.Close();
        return handled;
    }

    private int Handle()
    {
        for (int handled = 0; ; handled++)
        {
            switch (_session.Next(out ReadOnlySpan<byte> message))
            {
                case SoupBinClientEvent.None:
                    return handled;
                case SoupBinClientEvent.LoginAccepted:
                    break;
                case SoupBinClientEvent.Sequenced:
                case SoupBinClientEvent.Unsequenced:
                    if (!TryApply(message)) return End(SnapshotState.Complete);
                    break;
                case SoupBinClientEvent.LoginRejected:
                    return End(SnapshotState.LoginRefused);
                default:
                    // An end of session without the message that ends a snapshot is no snapshot.
                    return End(SnapshotState.Malformed);
            }
        }
    }

    /// <returns>False when the message ended the snapshot.</returns>
    private bool TryApply(ReadOnlySpan<byte> message)
    {
        if (SnapshotEnd.TryRead(message, out ulong nextSequence))
        {
            NextSequence = nextSequence;
            _target.StartAt(nextSequence);
            return false;
        }

        _target.ApplySnapshotMessage(message);
        MessagesApplied++;
        return true;
    }

    private int End(SnapshotState state)
    {
        State = state;
        if (state == SnapshotState.Complete && _session.TryLogout()) _session.Out.FlushTo(_stream);
        _stream.Close();
        return 1;
    }
}
