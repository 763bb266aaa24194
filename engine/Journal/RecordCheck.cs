using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Tells whether a row of the journal is the record it should be.</summary>
internal static class RecordCheck
{
    /// <summary>Reads a row; whether it is the record that was filed under an id.</summary>
    internal static bool IsWhole(long id, ReadOnlySpan<byte> value, out JournalRecord record) =>
        StructBytes.TryRead(value, out record) && record.Id == id && RecordChecksum.IsIntact(ref record);

    /// <summary>Reads a row that must be whole.</summary>
    /// <exception cref="JournalException">It is not, or of an unknown kind.</exception>
    internal static void Whole(long id, ReadOnlySpan<byte> value, out JournalRecord record)
    {
        string? damage = !StructBytes.TryRead(value, out record) ? $"is {value.Length} bytes long"
            : !RecordChecksum.IsIntact(ref record) ? "does not match its checksum"
            : record.Id != id ? $"is filed under id {id} and says {record.Id}"
            : record.Kind is < JournalRecordKind.Execution or > JournalRecordKind.Adjustment ? $"is of the unknown kind {(int)record.Kind}"
            : null;
        if (damage is not null) throw Damaged(id, damage);
    }

    /// <summary>Checks the chain.</summary>
    /// <param name="record">The record.</param>
    /// <param name="previousChecksum">Of the record before; 0 when there is none.</param>
    internal static void Follows(in JournalRecord record, ulong previousChecksum)
    {
        if (record.PreviousChecksum != previousChecksum)
            throw Damaged(record.Id, "does not follow the record before it: one was taken out or exchanged");
    }

    private static JournalException Damaged(long id, string how) => new(
        $"record {id} of the journal is damaged: it {how}. Do not trade on it: restore the folder from a copy, or take positions over from the "
        + "database with 'mm-shipper restore' and 'marketmaker init --from'.");
}
