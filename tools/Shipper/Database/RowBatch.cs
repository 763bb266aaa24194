using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>Records on their way into <c>transactions</c>, with what their columns need beside them.</summary>
internal sealed class RowBatch(ReadOnlyMemory<JournalRecord> records, Guid journal, IReadOnlyDictionary<Symbol, long> assets)
{
    // Most rows share them; making the text anew for each would cost more than sending it.
    private (SessionId Session, string Text) _session = (default, "");
    private (NodeTag Node, string Text) _node = (default, "");

    public ReadOnlyMemory<JournalRecord> Records => records;

    public Guid Journal => journal;

    /// <summary>The asset's id; null for an adjustment of cash alone.</summary>
    public long? AssetOf(in JournalRecord record) => HasAsset(record) ? assets[record.Symbol] : null;

    public string SessionText(in JournalRecord record)
    {
        if (_session.Session != record.Session) _session = (record.Session, record.Session.ToString());
        return _session.Text;
    }

    public string NodeText(in JournalRecord record)
    {
        ReadOnlySpan<byte> known = _node.Node;
        ReadOnlySpan<byte> node = record.Node;
        if (!known.SequenceEqual(node)) _node = (record.Node, record.Node.ToString());
        return _node.Text;
    }

    public static bool HasAsset(in JournalRecord record) => record.Symbol.Packed != 0;
}
