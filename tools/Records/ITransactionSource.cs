namespace MarketMaker.Records;

/// <summary>A witness's transactions, read once from beginning to end in batches, so that memory stays bounded.</summary>
public interface ITransactionSource : IDisposable
{
    /// <summary>Reads on.</summary>
    /// <returns>How many were put at the start of <paramref name="into"/>; 0 at the end.</returns>
    int Read(Span<Transaction> into);
}
