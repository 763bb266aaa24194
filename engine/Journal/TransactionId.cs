namespace MarketMaker.Journal;

/// <summary>A transaction's id: a leased block (31 bits, from 1) and a counter in it (32 bits). Always positive.</summary>
public static class TransactionId
{
    /// <summary>The highest block.</summary>
    public const long BlockMax = int.MaxValue;

    /// <summary>Ids that a block can hold.</summary>
    public const long IdsPerBlock = 1L << 32;

    /// <summary>Puts an id together.</summary>
    public static long Of(long block, long counter) => block << 32 | counter;

    /// <summary>The block of an id.</summary>
    public static long Block(long id) => id >> 32;

    /// <summary>The counter of an id.</summary>
    public static long Counter(long id) => id & (IdsPerBlock - 1);
}
