using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>One transaction as any of the witnesses tells it: venue, journal or database. What a witness does not know is zero.</summary>
public struct Transaction
{
    /// <summary>The transaction's id; 0 in the venue's record, which knows none.</summary>
    public long Id;

    /// <summary>The venue's match number; of a Break, the broken execution's.</summary>
    public ulong MatchNumber;

    /// <summary>Sequence number of the venue's message in <see cref="Session"/>.</summary>
    public long Sequence;

    /// <summary>The venue's order session; none of an Adjustment.</summary>
    public SessionId Session;

    /// <summary>Execution, Break or Adjustment.</summary>
    public JournalRecordKind Kind;

    /// <summary>Our side; of a Break, the original's.</summary>
    public Side Side;

    /// <summary>Why an Adjustment was made: <see cref="AdjustmentReason"/>. Else 0 or the venue's letter of a Break.</summary>
    public byte ReasonCode;

    /// <summary>Whether another journal of the node booked it: a former one, that was lost. Only the database knows.</summary>
    public bool IsOfFormerJournal;

    /// <summary>The ticker; empty (0) in an Adjustment of cash alone.</summary>
    public Symbol Symbol;

    /// <summary>Price in 1/10,000 dollar.</summary>
    public int Price;

    /// <summary>Shares.</summary>
    public int QuantityShares;

    /// <summary>Change of cash by an Adjustment, in 1/10,000 dollar.</summary>
    public long CashAmount;

    /// <summary>When it was executed, ns since 1970, UTC. The database rounds down to a microsecond.</summary>
    public long ExecutedAtNs;

    /// <summary>The journal record's checksum, over all its bytes.</summary>
    public ulong Checksum;

    /// <summary>A record of the journal.</summary>
    public static Transaction Of(in JournalRecord record) => new()
    {
        Id = record.Id,
        MatchNumber = record.MatchNumber,
        Sequence = record.VenueSequence,
        Session = record.Session,
        Kind = record.Kind,
        Side = record.Side,
        ReasonCode = record.ReasonCode,
        Symbol = record.Symbol,
        Price = record.Price,
        QuantityShares = record.QuantityShares,
        CashAmount = record.CashAmount,
        ExecutedAtNs = record.ExecutedAtNs,
        Checksum = record.Checksum,
    };

    /// <summary>Change of the position in shares: up by a purchase, down by a sale, the reverse for a Break.</summary>
    public readonly long SharesChange => Side == Side.Buy == (Kind != JournalRecordKind.Break) ? QuantityShares : -QuantityShares;

    /// <summary>Change of cash in 1/10,000 dollar.</summary>
    public readonly long CashChange => Kind == JournalRecordKind.Adjustment ? CashAmount : -Price * SharesChange;
}
