namespace MarketMaker.Demo;

/// <summary>What a run of several engines against one venue found. Money in dollars.</summary>
internal sealed record NodesReport
{
    public double Seconds { get; init; }

    public long OffersSent { get; init; }

    /// <summary>Offers of the nodes' own slices, together: each of the venue's is one node's.</summary>
    public long OffersOwn { get; init; }

    public required NodeReport[] Nodes { get; init; }

    /// <summary>Rows of all nodes in the venue's record, in the journals, in the one database.</summary>
    public long VenueExecutions { get; init; }

    public long JournalRows { get; init; }

    public long DatabaseRows { get; init; }

    /// <summary>Blocks of ids that more than one node had: none.</summary>
    public int SharedBlocks { get; init; }

    /// <summary>The capital that was divided.</summary>
    public decimal OpeningCash { get; init; }

    /// <summary>Cash and stock of all nodes less that.</summary>
    public decimal Profit { get; init; }

    public bool Reconciled { get; init; }

    public required string[] Problems { get; init; }
}

/// <summary>One of the nodes.</summary>
internal sealed record NodeReport
{
    public required string Name { get; init; }

    public required string Slice { get; init; }

    public long Block { get; init; }

    public long OffersSeen { get; init; }

    public long OffersOwn { get; init; }

    public long ExecutesSent { get; init; }

    public long Wins { get; init; }

    public long VenueExecutions { get; init; }

    public long JournalRows { get; init; }

    public long DatabaseRows { get; init; }

    public decimal OpeningCash { get; init; }

    public decimal Cash { get; init; }

    public decimal InventoryValue { get; init; }

    public bool Reconciled { get; init; }
}
