using System.IO.Hashing;
using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>The sum of all records up to one: what a start takes up instead of reading them.</summary>
public sealed class Checkpoint
{
    private readonly CheckpointHeader _header;

    private Checkpoint(in CheckpointHeader header, Dictionary<Symbol, long> positions) => (_header, PositionsShares) = (header, positions);

    /// <summary>The last record it sums up; 0 for none.</summary>
    public long LastId => _header.LastId;

    /// <summary>That record's checksum; 0 for none.</summary>
    public ulong LastChecksum => _header.LastChecksum;

    /// <summary>In 1/10,000 dollar.</summary>
    public long Cash => _header.Cash;

    /// <summary>Records summed up, purged ones and those of a lost journal included.</summary>
    public long Transactions => _header.Transactions;

    /// <summary>Shares by ticker, without those of no shares.</summary>
    public IReadOnlyDictionary<Symbol, long> PositionsShares { get; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset WrittenAt => DateTimeOffset.UnixEpoch.AddTicks(_header.WrittenAtNs / TimeSpan.NanosecondsPerTick);

    /// <summary>The venue session at hand then; none in a new journal.</summary>
    public SessionId Session => _header.Session;

    /// <summary>How far that session was booked then.</summary>
    public long BookedThrough => _header.BookedThrough;

    internal static ReadOnlySpan<byte> NewestKey => "checkpoint"u8;

    /// <summary>What a journal began with when it took over from one that was lost; never replaced.</summary>
    internal static ReadOnlySpan<byte> GenesisKey => "genesis"u8;

    /// <summary>Reads one; null when the journal has none.</summary>
    /// <exception cref="JournalException">It is damaged: what is behind it may be purged, so nothing can stand in for it.</exception>
    internal static Checkpoint? Read(LmdbTransaction transaction, JournalTables tables, ReadOnlySpan<byte> key)
    {
        LmdbStatus status = transaction.Get(tables.Meta, key, out ReadOnlySpan<byte> bytes);
        if (status == LmdbStatus.NotFound) return null;
        JournalException.ThrowUnlessSuccess(status, "reading the journal's checkpoint");
        if (bytes.Length < CheckpointHeader.SizeBytes || !StructBytes.TryRead(bytes[..CheckpointHeader.SizeBytes], out CheckpointHeader header))
            throw Damaged("is too short");
        if (header.Checksum != XxHash3.HashToUInt64(bytes[sizeof(ulong)..])) throw Damaged("does not match its checksum");
        if (header.Version != CheckpointHeader.CurrentVersion) throw Damaged($"is of the unknown version {header.Version}");
        ReadOnlySpan<byte> rows = bytes[CheckpointHeader.SizeBytes..];
        if (rows.Length != header.Positions * (long)CheckpointPosition.SizeBytes) throw Damaged("has not the positions it names");
        Dictionary<Symbol, long> positions = new(header.Positions);
        for (; rows.Length > 0; rows = rows[CheckpointPosition.SizeBytes..])
        {
            _ = StructBytes.TryRead(rows[..CheckpointPosition.SizeBytes], out CheckpointPosition row);
            positions.Add(row.Symbol, row.Shares);
        }

        return new Checkpoint(header, positions);
    }

    internal void CopyTo(RecoveredState state)
    {
        (state.Cash, state.Transactions, state.LastId, state.LastChecksum) = (Cash, Transactions, LastId, LastChecksum);
        (state.Buys, state.Sells, state.SharesBought, state.SharesSold) = (_header.Buys, _header.Sells, _header.SharesBought, _header.SharesSold);
        foreach ((Symbol symbol, long shares) in PositionsShares) state.PositionsShares[symbol] = shares;
    }

    internal static JournalException Damaged(string how) => new(
        $"the journal's checkpoint is damaged: it {how}. Do not trade on it: restore the folder from a copy, or take positions over from the "
        + "database with 'mm-shipper restore' and 'marketmaker init --from'.");
}
