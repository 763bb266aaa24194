using MarketMaker.Contracts;

namespace MarketMaker.Platform.Counters;

/// <summary>The list of counters as one number: names and places, and the names of what counters hold. Another list is another number.</summary>
public static class CounterList
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a, 64 bits, of every name and its value.</summary>
    public static ulong Hash { get; } = Of<Alarm>(Of<TickerFlags>(Of<ExecutionState>(Of<EngineState>(Of<HopHistogram>(Of<RefusalReason>(Of<Counter>(Offset)))))));

    private static ulong Of<T>(ulong hash) where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        string[] names = Enum.GetNames<T>();
        for (int i = 0; i < names.Length; i++)
        {
            foreach (char letter in names[i]) hash = Step(hash, letter);
            hash = Step(Step(hash, '='), (uint)Convert.ToInt32(values[i], null));
        }

        return hash;
    }

    private static ulong Step(ulong hash, uint value)
    {
        for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ (value >> shift & 0xff)) * Prime;
        return hash;
    }
}
