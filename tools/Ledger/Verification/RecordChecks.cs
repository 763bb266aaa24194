using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Ledger.Verification;

/// <summary>What must hold from record to record: ids without gaps, nothing booked twice. The chain is <see cref="JournalWalk"/>'s business.</summary>
internal sealed class RecordChecks
{
    private readonly Dictionary<SessionId, SessionNumbers> _sessions = [];
    private SessionId _session;
    private SessionNumbers? _numbers;
    private long _previousId;

    /// <summary>Takes the next whole record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isChained">Whether it follows the one before by its checksum.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Next(in JournalRecord record, bool isChained)
    {
        bool isConsecutive = _previousId == 0 || record.Id == _previousId + 1 || TransactionId.Block(record.Id) != TransactionId.Block(_previousId);
        string? problem = !isConsecutive ? $"follows {_previousId}: {record.Id - _previousId - 1} ids are missing between them"
            : !isChained ? "does not follow the record before it: one was taken out or exchanged"
            : ContentProblem(record);
        _previousId = record.Id;
        return problem;
    }

    /// <summary>Goes on behind an id: a record that is not whole, or the last one that was purged.</summary>
    public void PassOver(long id) => _previousId = id;

    private string? ContentProblem(in JournalRecord record)
    {
        if (record.Kind == JournalRecordKind.Adjustment)
            return AdjustmentReason.IsKnown(record.ReasonCode) ? null : $"is an adjustment for the unknown reason {record.ReasonCode}";
        if (record.Kind is not (JournalRecordKind.Execution or JournalRecordKind.Break)) return $"is of the unknown kind {(int)record.Kind}";
        if (record.Side is not (Side.Buy or Side.Sell)) return $"has the unknown side {(int)record.Side}";
        if (record.QuantityShares <= 0 || record.Price < 0) return $"has {record.QuantityShares} shares at {record.Price}";
        if (_numbers is null || record.Session != _session) SwitchTo(record.Session);
        return _numbers!.Add(record);
    }

    private void SwitchTo(SessionId session)
    {
        _session = session;
        if (!_sessions.TryGetValue(session, out _numbers)) _sessions[session] = _numbers = new SessionNumbers();
    }
}
