using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>One table of the results: which runs it needs, cell by cell, and how it is written down. A cell can be run alone.</summary>
internal abstract class ResultsTable
{
    /// <summary>Its name: the first part of a cell's.</summary>
    public abstract string Name { get; }

    /// <summary>Its heading.</summary>
    public abstract string Title { get; }

    /// <summary>The cells by name (table/cell) with the runs each needs for one seed, each run by its label.</summary>
    public abstract IReadOnlyList<Cell> Cells { get; }

    /// <summary>How many of the seeds asked for it takes, from how many it makes of one.</summary>
    public virtual IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked;

    /// <summary>The table in Markdown, from the rows there are.</summary>
    public abstract void Write(TextWriter writer, ResultsFile rows);
}

/// <summary>One cell of a table.</summary>
/// <param name="Name">Its name, with the table's before it.</param>
/// <param name="Runs">What to run for each seed, by a label that is unique in the cell; the seed is set later.</param>
internal sealed record Cell(string Name, IReadOnlyList<(string Label, Job Job)> Runs)
{
    /// <summary>The cell with these runs alone; no label: all of it.</summary>
    public Cell Only(IReadOnlyList<string> labels) => labels.Count == 0 ? this : this with { Runs = [.. Runs.Where(r => labels.Contains(r.Label))] };
}
