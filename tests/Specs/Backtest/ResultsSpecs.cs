using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Results;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Tests.Specs.Backtest;

public class ResultsSpecs
{
    [Fact]
    public void should_name_every_cell_once_and_by_its_table()
    {
        string[] names = [.. ResultsDocument.Tables.SelectMany(t => t.Cells.Select(c => c.Name))];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(ResultsDocument.Tables, t => Assert.All(t.Cells, c => Assert.StartsWith(t.Name + "/", c.Name, StringComparison.Ordinal)));
        Assert.All(ResultsDocument.Tables.SelectMany(t => t.Cells), c => Assert.Equal(c.Runs.Count, c.Runs.Select(r => r.Label).Distinct().Count()));
        foreach (Job job in ResultsDocument.Tables.SelectMany(t => t.Cells).SelectMany(c => c.Runs).Select(r => r.Job)) job.Check();
    }

    [Fact]
    public void should_renew_one_cell_and_keep_the_others()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "results.csv");
            RunResult result = new Job(new World().With("seconds", "60"), PolicyList.Fixed, 1).Run(CancellationToken.None);
            ResultsFile rows = ResultsFile.Read(file);
            rows.Add("a/one", "fixed", 2, result);
            rows.Add("a/one", "fixed", 10, result);
            rows.Add("b/two", "fixed", 1, result);
            rows.Save(file);
            rows = ResultsFile.Read(file);
            Assert.Equal([2UL, 10UL], rows.Seeds("a/one", "fixed"));
            Assert.Equal(result.Profit, rows.Values("b/two", "fixed", "profit").Single());
            Assert.True(rows.ArePaired("a/one", "fixed", "fixed"));
            rows.Add("a/one", "strict", 2, result);
            Assert.False(rows.ArePaired("a/one", "fixed", "strict"));
            rows.Clear("a/one", "strict");
            Assert.Equal(2, rows.Seeds("a/one", "fixed").Length);
            Assert.False(rows.ArePaired("a/one", "strict", "strict"));
            rows.Clear("a/one");
            Assert.False(rows.Has("a/one"));
            Assert.True(rows.Has("b/two"));
            File.AppendAllText(file, "half a line\n");
            Assert.Contains(":5:", Assert.Throws<FormatException>(() => ResultsFile.Read(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void should_write_what_is_there_when_only_some_runs_of_a_cell_were_made()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            ResultsFile rows = ResultsFile.Read(Path.Combine(folder, "none.csv"));
            RunResult result = new Job(new World().With("seconds", "60"), PolicyList.Fixed, 1).Run(CancellationToken.None);
            foreach (string label in (string[])["fixed", "adaptive", "static:5000:500"])
            {
                rows.Add("nine/tight-0", label, 1, result);
                rows.Add("nine/tight-0", label, 2, result);
            }

            rows.Add("nine/tight-0", "strict", 1, result);
            string file = Path.Combine(folder, "RESULTS.md");
            ResultsDocument.Write(file, rows);
            string line = File.ReadAllLines(file).Single(l => l.StartsWith("| tight, 0 ", StringComparison.Ordinal));
            Assert.EndsWith("| not run | not run | 1.00 ± 0.00 | not run | not run |  | 50, 5 of 1 | 1.00 ± 0.00 |", line, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(19, 2.093)]
    [InlineData(99, 1.984)]
    public void should_use_students_quantiles(int degrees, double quantile)
    {
        // n values whose deviation is known: half of them at -1, half at 1, and one at 0 when n is odd.
        int n = degrees + 1;
        double[] values = [.. Enumerable.Range(0, n).Select(i => n % 2 == 1 && i == n - 1 ? 0.0 : i % 2 == 0 ? 1 : -1)];
        double deviation = Math.Sqrt(values.Sum(v => v * v) / (n - 1));
        Assert.InRange(Estimate.OfMean(values).HalfWidth / (deviation / Math.Sqrt(n)), quantile * 0.99, quantile * 1.01);
    }

    [Fact]
    public void should_give_a_ratio_of_sums_and_no_width_to_a_constant_one()
    {
        Estimate ratio = Estimate.OfRatio([2, 4, 6], [1, 2, 3]);
        Assert.Equal(2, ratio.Value, 12);
        Assert.InRange(ratio.HalfWidth, 0, 1e-9);
        Assert.True(Estimate.OfRatio([1, 4, 6], [1, 2, 3]).HalfWidth > 0.1);
    }
}
