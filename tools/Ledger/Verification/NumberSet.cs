namespace MarketMaker.Ledger.Verification;

/// <summary>Numbers seen so far. Most arrive in ascending order, and those cost eight bytes and no search.</summary>
internal sealed class NumberSet
{
    private readonly List<ulong> _ascending = [];
    private readonly HashSet<ulong> _stragglers = [];

    /// <summary>Takes a number; false when it was there.</summary>
    public bool Add(ulong number)
    {
        if (_ascending.Count == 0 || number > _ascending[^1])
        {
            _ascending.Add(number);
            return true;
        }

        return _ascending.BinarySearch(number) < 0 && _stragglers.Add(number);
    }
}
