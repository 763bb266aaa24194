using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>What can be wrong between two witnesses.</summary>
public enum DifferenceKind
{
    /// <summary>Both have it, with other content.</summary>
    Content,

    /// <summary>The journal has it, the database not, though its cursor is beyond.</summary>
    NotInDatabase,

    /// <summary>The database has it, the journal not.</summary>
    NotInJournal,

    /// <summary>Journal or database have it, the venue not.</summary>
    NotInVenueRecord,

    /// <summary>The venue has it, we do not.</summary>
    NotBooked,

    /// <summary>One witness has it twice.</summary>
    Twice,

    /// <summary>The journal's record is not whole.</summary>
    Damaged,

    /// <summary>The venue's record has no row of ours at all.</summary>
    VenueRecordEmpty,
}

/// <summary>One difference: where, and what.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Transaction">As the witness that has it tells it; where both have it, as we booked it.</param>
/// <param name="Detail">A sentence that says what differs.</param>
public readonly record struct Difference(DifferenceKind Kind, Transaction Transaction, string Detail)
{
    /// <summary>The transaction's id; 0 when only the venue has it.</summary>
    public long Id => Transaction.Id;

    /// <summary>The venue's session; none of an adjustment.</summary>
    public SessionId Session => Transaction.Session;

    /// <summary>The venue's match number.</summary>
    public ulong MatchNumber => Transaction.MatchNumber;
}
