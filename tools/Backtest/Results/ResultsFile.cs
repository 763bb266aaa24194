using System.Globalization;

namespace MarketMaker.Backtest.Results;

/// <summary>Every run behind the tables, a line each: what is run again replaces its own lines, so that a cell alone can be renewed.</summary>
internal sealed class ResultsFile
{
    /// <summary>The figures that are kept of a run.</summary>
    public static readonly string[] Kept =
        ["profit", "edge_profit", "bad_trade_loss", "leftover_stock", "start_cash", "capital_used_mean", "offers", "orders", "orders_won", "price_requests_urgent", "violations",
            "wild_tickers", "wild_found", "wild_found_ms", "wild_found_ms_max", "false_verdicts", "held_positions", "held_value", "held_profit", "held_loss", "idle_profit", "idle_loss",
            "stale_loss", "stale_loss_formula", "stale_loss_equal"];

    private readonly SortedDictionary<(string Cell, string Label, ulong Seed), long[]> _rows;

    private ResultsFile(SortedDictionary<(string, string, ulong), long[]> rows) => _rows = rows;

    /// <summary>Reads the file; an absent one is empty.</summary>
    /// <exception cref="FormatException">A line is not of this form: delete the file and run all cells.</exception>
    public static ResultsFile Read(string file)
    {
        SortedDictionary<(string, string, ulong), long[]> rows = new(Comparer<(string Cell, string Label, ulong Seed)>.Create(Compare));
        if (!File.Exists(file)) return new ResultsFile(rows);
        string[] lines = File.ReadAllLines(file);
        if (lines.Length == 0 || lines[0] != Header) throw new FormatException($"{file}: its first line is not of this version: delete it and run all cells");
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            if (fields.Length != Kept.Length + 3) throw new FormatException($"{file}:{i + 1}: {fields.Length} fields where {Kept.Length + 3} are due: delete the file and run all cells");
            rows[(fields[0], fields[1], ulong.Parse(fields[2], CultureInfo.InvariantCulture))] = [.. fields[3..].Select(f => long.Parse(f, CultureInfo.InvariantCulture))];
        }

        return new ResultsFile(rows);
    }

    private static string Header => string.Join(',', ["cell", "run", "seed", .. Kept]);

    /// <summary>Whether there is any row of a cell.</summary>
    public bool Has(string cell) => _rows.Keys.Any(k => k.Cell == cell);

    /// <summary>Forgets a cell's rows.</summary>
    public void Clear(string cell)
    {
        foreach (var key in _rows.Keys.Where(k => k.Cell == cell).ToList()) _rows.Remove(key);
    }

    /// <summary>Forgets the rows of one run of a cell.</summary>
    public void Clear(string cell, string label)
    {
        foreach (var key in _rows.Keys.Where(k => k.Cell == cell && k.Label == label).ToList()) _rows.Remove(key);
    }

    /// <summary>Adds a run's row.</summary>
    public void Add(string cell, string label, ulong seed, Simulation.RunResult result) => _rows[(cell, label, seed)] = [.. Kept.Select(name => result[name])];

    /// <summary>A figure of all runs with a label, by seed in ascending order.</summary>
    public double[] Values(string cell, string label, string figure)
    {
        int index = Array.IndexOf(Kept, figure);
        return [.. _rows.Where(r => r.Key.Cell == cell && r.Key.Label == label).Select(r => (double)r.Value[index])];
    }

    /// <summary>The seeds of a run's rows.</summary>
    public ulong[] Seeds(string cell, string label) => [.. _rows.Keys.Where(k => k.Cell == cell && k.Label == label).Select(k => k.Seed)];

    /// <summary>Whether two runs of a cell were made over the same seeds, so that they can be compared day by day.</summary>
    public bool ArePaired(string cell, string label, string other) => Seeds(cell, label) is { Length: > 0 } seeds && seeds.SequenceEqual(Seeds(cell, other));

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save(string file)
    {
        string fresh = file + ".new";
        File.WriteAllLines(fresh, [Header, .. _rows.Select(r => string.Join(',', [r.Key.Cell, r.Key.Label, $"{r.Key.Seed}", .. r.Value.Select(v => $"{v}")]))]);
        File.Move(fresh, file, overwrite: true);
    }

    private static int Compare((string Cell, string Label, ulong Seed) left, (string Cell, string Label, ulong Seed) right)
    {
        int cell = string.CompareOrdinal(left.Cell, right.Cell);
        if (cell != 0) return cell;
        int label = string.CompareOrdinal(left.Label, right.Label);
        return label != 0 ? label : left.Seed.CompareTo(right.Seed);
    }
}
