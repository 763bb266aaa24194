namespace MarketMaker.Records;

/// <summary>Several sources, one after the other.</summary>
internal sealed class Chained(params ITransactionSource[] sources) : ITransactionSource
{
    private int _current;

    public int Read(Span<Transaction> into)
    {
        for (; _current < sources.Length; _current++)
        {
            int count = sources[_current].Read(into);
            if (count > 0) return count;
        }

        return 0;
    }

    public void Dispose() => Array.ForEach(sources, source => source.Dispose());
}
