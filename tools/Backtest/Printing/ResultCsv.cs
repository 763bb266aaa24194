using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Printing;

/// <summary>Runs as CSV, a line each; amounts in 1/10,000 dollar.</summary>
internal static class ResultCsv
{
    /// <summary>Writes the runs that were done.</summary>
    public static void Write(string file, string[] varied, IReadOnlyList<Job> jobs, IReadOnlyList<RunResult?> results)
    {
        using StreamWriter writer = new(file);
        varied = [.. varied.Where(key => key != "policy")];
        RunResult? any = results.FirstOrDefault(r => r is not null);
        if (any is null) return;
        writer.WriteLine(string.Join(',', [.. varied, "policy", "seed", .. any.Figures.Select(f => f.Name)]));
        for (int i = 0; i < jobs.Count; i++)
        {
            if (results[i] is not { } result) continue;
            writer.WriteLine(string.Join(',', [.. varied.Select(key => Value(jobs[i], key)), jobs[i].Policy.Name, $"{jobs[i].Seed}", .. result.Figures.Select(f => $"{f.Value}")]));
        }
    }

    /// <summary>Writes what a run was like over time.</summary>
    public static void WriteSeries(string file, IReadOnlyList<SeriesPoint> series)
    {
        using StreamWriter writer = new(file);
        writer.WriteLine("second,equity,stock,reserved,edge_profit,sent,won");
        foreach (SeriesPoint p in series)
            writer.WriteLine(FormattableString.Invariant($"{p.AtNs / 1_000_000_000},{p.Equity},{p.Stock},{p.Reserved},{p.EdgeProfit},{p.Sent},{p.Won}"));
    }

    /// <summary>What a job's setting is.</summary>
    public static string Value(Job job, string key) =>
        key == "policy" ? job.Policy.Name
        : key.StartsWith("decision.", StringComparison.Ordinal) ? job.Policy.Settings.FirstOrDefault(s => s.Key == key["decision.".Length..]).Value ?? ""
        : job.World.Settings.FirstOrDefault(s => s.Key == key).Value ?? "";
}
