using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Shipper.Database;

/// <summary>Puts into the ledger's quarantine what could not be taken as it came, inside the batch's transaction.</summary>
internal sealed class LedgerQuarantine(LedgerDialect dialect, DbTransaction transaction)
{
    private const string Columns =
        "id, checksum, noticed_at, journal, node, reason, record, source, venue_session, venue_sequence, match_number, user_ref_num, price, quantity";

    private static readonly string Insert =
        $"insert into quarantine ({Columns}) values ({string.Join(", ", Columns.Split(", ").Select(column => $"@{column}"))}) on conflict do nothing";

    /// <summary>A record of the journal that is damaged, or whose id is there with other content.</summary>
    /// <returns>What to tell of it.</returns>
    public (long Id, string Reason) Put(Shipment shipment, long id, JournalRecord record, string reason)
    {
        // What a damaged record says may be nothing that a column takes: its bytes are kept, and no more.
        if (RecordChecksum.IsIntact(ref record))
        {
            Execute(shipment, "SHIPPER", id, record.Checksum, reason, StructBytes.Of(ref record).ToArray(), dialect.Time(record.BookedAtNs), record.Session.ToString(),
                record.VenueSequence, unchecked((long)record.MatchNumber), (long)record.UserRefNum, dialect.Dollars(record.Price), record.QuantityShares);
        }
        else
        {
            ExecuteRaw(shipment, "SHIPPER", id, record.Checksum, reason, StructBytes.Of(ref record).ToArray());
        }

        return (id, reason);
    }

    /// <summary>A message of the venue that the engine kept in its own quarantine.</summary>
    /// <returns>What to tell of it.</returns>
    public (long Id, string Reason) Put(Shipment shipment, QuarantineRecord kept)
    {
        if (!RecordChecksum.IsIntact(ref kept))
        {
            ExecuteRaw(shipment, "JOURNAL", kept.Number, kept.Checksum, "the record is damaged", StructBytes.Of(ref kept).ToArray());
            return (kept.Number, "the record is damaged, in the journal's own quarantine");
        }

        Execute(shipment, "JOURNAL", kept.Number, kept.Checksum, kept.Reason.ToString(), StructBytes.Of(ref kept).ToArray(), dialect.Time(kept.KeptAtNs), kept.Session.ToString(),
            kept.VenueSequence, unchecked((long)kept.MatchNumber), (long)kept.UserRefNum, dialect.Dollars((long)Math.Min(kept.Price, long.MaxValue)), (long)kept.QuantityShares);
        return (kept.Number, $"{kept.Reason} in the session {kept.Session}, message {kept.VenueSequence}");
    }

    private void ExecuteRaw(Shipment shipment, string source, long id, ulong checksum, string reason, byte[] bytes) =>
        Execute(shipment, source, id, checksum, reason, bytes, dialect.Time((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick), null, null, null, null, null, null);

    private void Execute(Shipment shipment, string source, long id, ulong checksum, string reason, byte[] bytes, object noticedAt, params ReadOnlySpan<object?> facts)
    {
        using DbCommand insert = LedgerCommand.Make(transaction.Connection!, transaction, Insert,
            ("source", source), ("id", id), ("checksum", checksum.ToString("x16", CultureInfo.InvariantCulture)), ("reason", reason), ("record", bytes),
            ("noticed_at", noticedAt), ("journal", dialect.Uuid(shipment.Journal)), ("node", shipment.Node),
            ("venue_session", facts[0] ?? DBNull.Value), ("venue_sequence", facts[1] ?? DBNull.Value), ("match_number", facts[2] ?? DBNull.Value),
            ("user_ref_num", facts[3] ?? DBNull.Value), ("price", facts[4] ?? DBNull.Value), ("quantity", facts[5] ?? DBNull.Value));
        insert.ExecuteNonQuery();
    }
}
