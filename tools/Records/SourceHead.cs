namespace MarketMaker.Records;

/// <summary>A source with a look at its next transaction, for merging.</summary>
internal sealed class SourceHead(ITransactionSource? source)
{
    private readonly Transaction[] _batch = new Transaction[JournalSource.BatchRecords];
    private int _next, _count;

    /// <summary>Transactions taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>The next one; only after <see cref="HasNext"/>.</summary>
    public ref readonly Transaction Next => ref _batch[_next];

    /// <summary>Whether there is a next one.</summary>
    public bool HasNext()
    {
        if (_next < _count) return true;
        if (source is null) return false;
        (_next, _count) = (0, source.Read(_batch));
        return _count > 0;
    }

    /// <summary>Goes on behind <see cref="Next"/>.</summary>
    public void Take()
    {
        _next++;
        Taken++;
    }
}
