namespace MarketMaker.Records;

/// <summary>Which rows of the ledger's database are meant.</summary>
/// <param name="Node">The node's rows; null: of all nodes.</param>
/// <param name="Journal">The node's present journal: rows of its former ones are told apart. Null: all are alike.</param>
public readonly record struct LedgerScope(string? Node, Guid? Journal)
{
    /// <summary>The condition on <c>transactions</c> as SQL. Both values are of a form that needs no quoting.</summary>
    internal string Where() => Node switch
    {
        null => "",
        _ when Contracts.NodeTag.TryParse(Node, out _) => $"where t.node = '{Node}'",
        _ => throw new FormatException($"node name '{Node}' is not 1 to 13 of A-Z and 0-9"),
    };

    /// <summary>The column that says whether a row is of the journal.</summary>
    internal string IsFormer(string trueText, string falseText) =>
        Journal is { } journal ? $"case when t.journal = '{journal:D}' then {falseText} else {trueText} end" : falseText;
}
