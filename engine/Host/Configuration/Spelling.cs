namespace MarketMaker.Host.Configuration;

/// <summary>What somebody meant who wrote something else.</summary>
internal static class Spelling
{
    /// <summary>The name that takes the fewest changes; empty when there are no names.</summary>
    public static string Nearest(string word, IEnumerable<string> names) => names.MinBy(name => Distance(word.ToLowerInvariant(), name)) ?? "";

    // Levenshtein's distance: the fewest letters to add, drop or change.
    private static int Distance(string from, string to)
    {
        int[] row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
