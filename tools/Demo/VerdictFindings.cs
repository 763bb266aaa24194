using System.Globalization;
using System.Text.Json;

namespace MarketMaker.Demo;

/// <summary>What the volatility service found, held against what the venue says it did.</summary>
/// <param name="WildTickers">Tickers that turned wild.</param>
/// <param name="Found">Of them, those that were called volatile or denied after they had.</param>
/// <param name="SecondsToFindMedian">Seconds from the turn to the verdict, half of those found took no longer; 0 when none was found.</param>
/// <param name="SecondsToFindMax">The longest of them.</param>
/// <param name="Others">Other tickers that were called so: their prices jumped, or it was chance.</param>
internal sealed record VerdictFindings(int WildTickers, int Found, double SecondsToFindMedian, double SecondsToFindMax, int Others)
{
    /// <summary>Reads both records.</summary>
    /// <param name="venue">The venue's report.</param>
    /// <param name="changesFile">The service's CSV.</param>
    /// <param name="wildFromSeconds">When the venue was told to let them turn wild.</param>
    public static VerdictFindings Read(JsonElement venue, string changesFile, int wildFromSeconds)
    {
        long turnNs = venue.GetProperty("startedWallNs").GetInt64() + wildFromSeconds * 1_000_000_000L;
        HashSet<string> wild = [.. venue.GetProperty("wildTickers").EnumerateArray().Select(name => name.GetString()!)];
        Dictionary<string, double> found = [];
        HashSet<string> others = [];
        foreach (string[] cells in File.ReadLines(changesFile).Skip(1).Select(line => line.Split(',')))
        {
            // No data is the state before the first price, and what is calm is no finding.
            if (cells[3] is "None" or "NoData") continue;
            double seconds = (long.Parse(cells[0], CultureInfo.InvariantCulture) - turnNs) / 1e9;
            if (wild.Contains(cells[1]) && seconds >= 0) found.TryAdd(cells[1], seconds);
            else others.Add(cells[1]);
        }

        double[] times = [.. found.Values.Order()];
        others.ExceptWith(wild);
        return new(wild.Count, found.Count, times.Length == 0 ? 0 : times[times.Length / 2], times.Length == 0 ? 0 : times[^1], others.Count);
    }
}
