using System.Globalization;
using System.Text;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>Who a journal belongs to: the rows of its table <c>meta</c>, all of them text.</summary>
public sealed record JournalMeta
{
    /// <summary>The layout this program writes.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The oldest layout this program reads; an engine that opens such a journal brings it up to <see cref="CurrentFormat"/>.</summary>
    public const int OldestFormat = 1;

    /// <summary>Layout of tables and records.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The journal's own id: the key of its shipping cursor.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The node it was made for.</summary>
    public required string Node { get; init; }

    /// <summary>The host it may be written on.</summary>
    public required string HostId { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Cash before the first transaction, in 1/10,000 dollar.</summary>
    public required long OpeningCash { get; init; }

    internal static ReadOnlySpan<byte> LastSessionKey => "last-session"u8;

    /// <summary>"yes" while an engine may have orders in flight, "no" after it ended in order; missing before the first.</summary>
    internal static ReadOnlySpan<byte> InUseKey => "in-use"u8;

    /// <summary>Number of the last record in quarantine that a person has seen to: 8 bytes. Missing before the first.</summary>
    internal static ReadOnlySpan<byte> QuarantineSeenKey => "quarantine-seen"u8;

    /// <summary>Number of the newest intent: 8 bytes. Missing before the first.</summary>
    internal static ReadOnlySpan<byte> LastIntentKey => "last-intent"u8;

    /// <summary>The session of the executions that came from a lost journal.</summary>
    internal static ReadOnlySpan<byte> RestoredSessionKey => "restored-session"u8;

    internal static JournalMeta Read(LmdbTransaction transaction, LmdbDatabase meta)
    {
        int format = int.Parse(Text(transaction, meta, "format"u8), CultureInfo.InvariantCulture);
        if (format is < OldestFormat or > CurrentFormat)
        {
            throw new JournalException(
                $"the journal is of format {format}, and this program knows {OldestFormat} to {CurrentFormat}: run the version of marketmaker that wrote it, "
                + "or make a new journal with 'marketmaker init'.");
        }

        return new JournalMeta
        {
            Format = format,
            Uuid = Guid.ParseExact(Text(transaction, meta, "uuid"u8), "D"),
            Node = Text(transaction, meta, "node"u8),
            HostId = Text(transaction, meta, "host"u8),
            CreatedAt = DateTimeOffset.ParseExact(Text(transaction, meta, "created"u8), "O", CultureInfo.InvariantCulture),
            OpeningCash = long.Parse(Text(transaction, meta, "opening-cash"u8), CultureInfo.InvariantCulture),
        };
    }

    internal void Write(LmdbTransaction transaction, LmdbDatabase meta)
    {
        Put(transaction, meta, "format"u8, Format.ToString(CultureInfo.InvariantCulture));
        Put(transaction, meta, "uuid"u8, Uuid.ToString("D"));
        Put(transaction, meta, "node"u8, Node);
        Put(transaction, meta, "host"u8, HostId);
        Put(transaction, meta, "created"u8, CreatedAt.ToString("O", CultureInfo.InvariantCulture));
        Put(transaction, meta, "opening-cash"u8, OpeningCash.ToString(CultureInfo.InvariantCulture));
    }

    private static string Text(LmdbTransaction transaction, LmdbDatabase meta, ReadOnlySpan<byte> key)
    {
        LmdbStatus status = transaction.Get(meta, key, out ReadOnlySpan<byte> value);
        JournalException.ThrowUnlessSuccess(status, $"reading '{Encoding.ASCII.GetString(key)}' of the journal's meta data");
        return Encoding.UTF8.GetString(value);
    }

    private static void Put(LmdbTransaction transaction, LmdbDatabase meta, ReadOnlySpan<byte> key, string value) =>
        JournalException.ThrowUnlessSuccess(
            transaction.Put(meta, key, Encoding.UTF8.GetBytes(value)), $"writing '{Encoding.ASCII.GetString(key)}' of the journal's meta data");
}
