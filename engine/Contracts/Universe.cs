namespace MarketMaker.Contracts;

/// <summary>The tickers of the day, in alphabetical order; a ticker's place in it is its index everywhere in the engine.</summary>
/// <remarks>Built once at start from the price service's <c>/all</c>; never changes after. Read by every thread.</remarks>
public sealed class Universe
{
    /// <summary>Ticker indexes are 16 bits wide; the last value means "no ticker".</summary>
    public const int TickersMax = 65_000;

    /// <summary>Marks a stock locate or a name that is not in the universe.</summary>
    public const ushort NoTicker = ushort.MaxValue;

    private readonly Symbol[] _symbols;

    private Universe(Symbol[] symbols) => _symbols = symbols;

    /// <summary>How many tickers there are.</summary>
    public int Count => _symbols.Length;

    /// <summary>The name at an index.</summary>
    public Symbol this[int tickerIndex] => _symbols[tickerIndex];

    /// <summary>The index of a name, or <see cref="NoTicker"/>. A binary search: for start and directory messages.</summary>
    public ushort IndexOf(Symbol symbol)
    {
        int index = Array.BinarySearch(_symbols, symbol);
        return index < 0 ? NoTicker : (ushort)index;
    }

    /// <summary>Sorts and checks the names.</summary>
    /// <returns>False, with a sentence that says why, when there are none, too many, or a name comes twice.</returns>
    public static bool TryCreate(ReadOnlySpan<Symbol> symbols, out Universe? universe, out string? error)
    {
        universe = null;
        error = symbols.Length switch
        {
            0 => "the list of tickers is empty",
            > TickersMax => $"the list names {symbols.Length} tickers; at most {TickersMax} are supported",
            _ => null,
        };
        if (error is not null) return false;
        Symbol[] sorted = symbols.ToArray();
        Array.Sort(sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[i - 1]) continue;
            error = $"the list names {sorted[i]} twice";
            return false;
        }

        universe = new Universe(sorted);
        return true;
    }
}
