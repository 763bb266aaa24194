using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Verification;

/// <summary>What of one venue session was booked: no message twice, no match twice, no break of what never was.</summary>
internal sealed class SessionNumbers
{
    private readonly NumberSet _sequences = new();
    private readonly NumberSet _executions = new();
    private readonly NumberSet _breaks = new();

    /// <summary>Takes a record.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(in JournalRecord record)
    {
        bool isNewSequence = _sequences.Add((ulong)record.VenueSequence);
        bool isBreak = record.Kind == JournalRecordKind.Break;
        bool isNewMatch = (isBreak ? _breaks : _executions).Add(record.MatchNumber);
        if (isNewSequence && isNewMatch) return null;
        return isNewMatch
            ? $"books the message {record.VenueSequence} of the session {record.Session} a second time"
            : $"books the {(isBreak ? "break" : "execution")} of match {record.MatchNumber} of the session {record.Session} a second time";
    }
}
