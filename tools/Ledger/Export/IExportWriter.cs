using MarketMaker.Records;

namespace MarketMaker.Ledger.Export;

/// <summary>Writes transactions into a file of one format.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    /// <summary>Writes some more.</summary>
    Task Write(ReadOnlyMemory<Transaction> transactions);
}
