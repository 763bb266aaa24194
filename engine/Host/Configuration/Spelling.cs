namespace MarketMaker.Host.Configuration;

/// <summary>What somebody meant who wrote something else.</summary>
internal static class Spelling
{
    /// <summary>The name that takes the fewest changes; empty when there are no names.</summary>
    public static string Nearest(string word, IEnumerable<string> names) => names.MinBy(name => Distance(word.ToLowerInvariant(), name)) ?? "";

    // The fewest letters to add, drop, change or swap with their neighbour.
    private static int Distance(string from, string to)
    {
        int[,] steps = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++) steps[i, 0] = i;
        for (int j = 0; j <= to.Length; j++) steps[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int changed = steps[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                int best = Math.Min(changed, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                bool isSwap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                steps[i, j] = isSwap ? Math.Min(best, steps[i - 2, j - 2] + 1) : best;
            }
        }

        return steps[from.Length, to.Length];
    }
}
