using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Prices.Verdicts;

/// <summary>How much of the newest snapshot has been heard. Messages may come in any order, each once.</summary>
internal struct SnapshotProgress
{
    private ushort _snapshot;
    private ulong _firstHeard;
    private ulong _notBefore;
    private int _verdicts;
    private int _verdictsWanted;
    private bool _hasBegin;
    private bool _hasEnd;

    /// <summary>Until when it holds, monotonic ns.</summary>
    public long ValidUntilNs { get; private set; }

    public readonly bool IsComplete => _hasBegin && _hasEnd && _verdicts == _verdictsWanted;

    /// <summary>Nothing before this number counts any more: what was lost may have come after it.</summary>
    public void StartOver(ulong notBefore)
    {
        this = default;
        _notBefore = notBefore;
    }

    public void Begin(ulong sequence, in VerdictSnapshotBegin begin, long validUntilNs)
    {
        if (!IsOfNewest(sequence, begin.Snapshot)) return;
        (_hasBegin, _verdictsWanted, ValidUntilNs) = (true, begin.Tickers, validUntilNs);
    }

    public void Count(ulong sequence, ushort snapshot)
    {
        if (snapshot != VerdictWire.NoSnapshot && IsOfNewest(sequence, snapshot)) _verdicts++;
    }

    public void End(ulong sequence, in VerdictSnapshotEnd end)
    {
        if (IsOfNewest(sequence, end.Snapshot)) _hasEnd = true;
    }

    private bool IsOfNewest(ulong sequence, ushort snapshot)
    {
        if (sequence < _notBefore) return false;
        if (snapshot == _snapshot) return true;
        if (sequence < _firstHeard) return false;
        ulong notBefore = _notBefore;
        this = default;
        (_snapshot, _firstHeard, _notBefore) = (snapshot, sequence, notBefore);
        return true;
    }
}
