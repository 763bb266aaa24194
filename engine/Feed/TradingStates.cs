using MarketMaker.Contracts;
using MarketMaker.Platform;

namespace MarketMaker.Feed;

/// <summary>
/// What the venue says may be traded: the halts of every ticker by cause, and the market's hours. It is the authority; changes wait
/// in a list until the ring has room, so a full ring can delay one but never lose it.
/// </summary>
internal sealed class TradingStates
{
    /// <summary>What the list of changes holds in a ticker's place for the market's hours.</summary>
    public const ushort MarketHours = Universe.NoTicker;

    // A trading action, and an operational halt of each of three market centres and of all others.
    private const int Causes = 5;
    private const int TradingActionCause = 0;

    private readonly byte[] _haltCauses;
    private readonly ulong[] _appliedSequences;
    private readonly bool[] _isListed;
    private readonly ushort[] _changes;
    private int _firstChange;
    private int _changeCount;
    private ulong _hoursSequence;
    private bool _areHoursListed;

    public TradingStates(Universe universe)
    {
        _haltCauses = new byte[universe.Count];
        _appliedSequences = new ulong[universe.Count * Causes];
        _isListed = new bool[universe.Count];
        _changes = new ushort[universe.Count + 1];
        // The market is closed until the venue says otherwise; the stages behind hear it first of all.
        ListHours();
    }

    public bool IsMarketOpen { get; private set; }

    public bool HasChanges => _changeCount > 0;

    public TickerFlags FlagsOf(ushort ticker) => _haltCauses[ticker] == 0 ? TickerFlags.None : TickerFlags.Halted;

    /// <summary>ITCH H: T is trading, anything else is not.</summary>
    public void ApplyTradingAction(ushort ticker, byte state, ulong sequence) =>
        Apply(ticker, TradingActionCause, state != (byte)'T', sequence);

    /// <summary>ITCH h: each market centre halts on its own.</summary>
    public void ApplyOperationalHalt(ushort ticker, byte marketCode, byte action, ulong sequence)
    {
        int cause = marketCode switch
        {
            (byte)'Q' => 1,
            (byte)'B' => 2,
            (byte)'X' => 3,
            _ => 4,
        };
        Apply(ticker, cause, action != (byte)'T', sequence);
    }

    /// <summary>ITCH S: Q opens; M, and the ends of hours and messages, close.</summary>
    /// <returns>Whether the market opened or closed by it.</returns>
    public bool ApplySystemEvent(byte eventCode, ulong sequence)
    {
        bool opens = eventCode == (byte)'Q';
        bool closes = eventCode is (byte)'M' or (byte)'E' or (byte)'C';
        if ((!opens && !closes) || sequence < _hoursSequence) return false;
        _hoursSequence = sequence;
        if (opens == IsMarketOpen) return false;
        IsMarketOpen = opens;
        ListHours();
        return true;
    }

    /// <summary>The oldest change not yet published: a ticker, or <see cref="MarketHours"/>.</summary>
    public ushort PeekChange() => _changes[_firstChange];

    /// <summary>The change last peeked at was published.</summary>
    public void DropChange()
    {
        ushort change = _changes[_firstChange];
        if (change == MarketHours) _areHoursListed = false;
        else _isListed[change] = false;
        _firstChange = _firstChange + 1 == _changes.Length ? 0 : _firstChange + 1;
        _changeCount--;
    }

    // Causes are kept apart, and so are their sequence numbers: an older message of one cause still counts after a newer one of
    // another, as it would have in sequence.
    private void Apply(ushort ticker, int cause, bool isHalted, ulong sequence)
    {
        ref ulong applied = ref _appliedSequences[ticker * Causes + cause];
        if (sequence < applied) return;
        applied = sequence;
        byte before = _haltCauses[ticker];
        byte after = (byte)(isHalted ? before | 1 << cause : before & ~(1 << cause));
        _haltCauses[ticker] = after;
        if ((before == 0) == (after == 0) || _isListed[ticker]) return;
        _isListed[ticker] = true;
        List(ticker);
    }

    private void ListHours()
    {
        if (_areHoursListed) return;
        _areHoursListed = true;
        List(MarketHours);
    }

    private void List(ushort change)
    {
        // Every ticker is listed once at most, and the hours once: the list cannot overflow.
        Invariant.Check(_changeCount < _changes.Length, "the list of state changes has a place for every ticker");
        int end = _firstChange + _changeCount;
        _changes[end < _changes.Length ? end : end - _changes.Length] = change;
        _changeCount++;
    }
}
