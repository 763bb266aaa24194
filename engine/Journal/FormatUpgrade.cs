using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>Brings a journal of an older format up to the present one. Records stay as they are.</summary>
internal static class FormatUpgrade
{
    /// <summary>Makes what is missing; nothing is to be done for a journal of the present format.</summary>
    /// <param name="transaction">All of it becomes durable with this one, or nothing.</param>
    /// <param name="tables">As opened; replaced by those of the present format.</param>
    /// <param name="meta">As read; replaced by what is written.</param>
    internal static void Run(LmdbTransaction transaction, ref JournalTables tables, ref JournalMeta meta)
    {
        if (meta.Format == JournalMeta.CurrentFormat) return;
        tables = JournalTables.Open(transaction, create: true);
        meta = meta with { Format = JournalMeta.CurrentFormat };
        meta.Write(transaction, tables.Meta);
    }
}
