using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Commands;

/// <summary>What the venue's record of one of the journal's sessions says beyond the journal, and against it.</summary>
internal sealed class SessionFindings
{
    private const int LeftShownMax = 1000;

    /// <summary>What cannot be: both have it with other content, or only we have it.</summary>
    public required IReadOnlyList<string> Contradictions { get; init; }

    /// <summary>What the journal lacks, in the venue's order, ready to be booked.</summary>
    public required IReadOnlyList<JournalRecord> Missing { get; init; }

    /// <summary>Transactions that both have with the same content.</summary>
    public required long Agreeing { get; init; }

    /// <summary>The highest sequence number of the venue's record or of the journal.</summary>
    public required long LastSequence { get; init; }

    /// <summary>What of the session lies in quarantine and nobody has seen to, a line each.</summary>
    public required IReadOnlyList<string> Left { get; init; }

    /// <param name="reader">The journal.</param>
    /// <param name="progress">The session.</param>
    /// <param name="isLast">Whether it is the one at hand.</param>
    /// <param name="venueFile">The venue's record.</param>
    /// <param name="participant">Whose rows of it are ours.</param>
    /// <exception cref="JournalException">Records of the session may be purged: what the journal lacks may have been booked.</exception>
    public static SessionFindings Of(JournalReader reader, SessionProgress progress, bool isLast, string venueFile, string participant)
    {
        SessionId session = progress.Session;
        // Records of the session at hand are never purged, and of another one none while its first is there: what is not in the journal was not booked.
        if (!isLast && reader.Purged().LastId > progress.AfterId)
        {
            throw new JournalException($"records of session {session} may be purged from the journal, so that it cannot say what of the venue's record was booked; nothing was changed. "
                + "Compare with the database by 'mm-ledger reconcile', and book what is missing with 'mm-ledger adjust --reason correction'.");
        }

        List<string> contradictions = [];
        List<Transaction> missing = [];
        // What a lost journal had booked of this session came over as a sum; its records are in the database.
        long takenOver = reader.Genesis() is { } genesis && genesis.Session == session ? genesis.BookedThrough : 0;
        ReconciliationInput input = new() { Journal = reader, VenueFiles = [venueFile], Participant = participant, OnlySession = session };
        ReconciliationResult result = Reconciliation.Run(input, difference =>
        {
            if (difference.Kind != DifferenceKind.NotBooked) contradictions.Add(string.Create(CultureInfo.InvariantCulture, $"id {difference.Id} match {difference.MatchNumber}: {difference.Detail}"));
            else if (difference.Transaction.Sequence > takenOver) missing.Add(difference.Transaction);
        });
        missing.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        long executedAtNs = EasternDate.Close(progress.TradingDate);
        return new SessionFindings
        {
            Contradictions = contradictions,
            Missing = [.. missing.Select(transaction => ToRecord(transaction, executedAtNs))],
            Agreeing = result.Pairs,
            LastSequence = Math.Max(progress.BookedThrough, missing.Count == 0 ? 0 : missing[^1].Sequence),
            Left = [.. Quarantined(reader, session)],
        };
    }

    // The venue's record names no time: the close of the session's day, since for taxes the day counts.
    private static JournalRecord ToRecord(Transaction transaction, long executedAtNs) => new()
    {
        Kind = transaction.Kind,
        Side = transaction.Side,
        Symbol = transaction.Symbol,
        Session = transaction.Session,
        VenueSequence = transaction.Sequence,
        MatchNumber = transaction.MatchNumber,
        QuantityShares = transaction.QuantityShares,
        Price = transaction.Price,
        ExecutedAtNs = executedAtNs,
    };

    private static IEnumerable<string> Quarantined(JournalReader reader, SessionId session)
    {
        QuarantineRecord[] rows = new QuarantineRecord[LeftShownMax];
        JournalBatch batch = reader.ReadQuarantineAfter(reader.QuarantineSeenThrough(), rows);
        for (int i = 0; i < batch.Count; i++)
        {
            QuarantineRecord row = rows[i];
            if (row.Session != session) continue;
            yield return string.Create(CultureInfo.InvariantCulture, $"in quarantine: {row.Reason}, session {row.Session} message {row.VenueSequence}, order {row.UserRefNum}, match {row.MatchNumber}, {row.QuantityShares} at {row.Price}");
        }
    }
}
