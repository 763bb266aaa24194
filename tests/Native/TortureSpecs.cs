using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Native;

/// <summary>The short form of <c>./build.sh torture</c>: real processes, killed and cut off, against the venue's own record.</summary>
public sealed class TortureSpecs(ITestOutputHelper output)
{
    private const string Variable = "MARKETMAKER_FAULT";
    private const int PieceLetters = 8;

    private static string TortureDist => Path.Combine(Published.Root, "dist-torture");

    [SkippableFact]
    public void should_bring_every_execution_into_the_ledger_once_though_everything_is_killed_and_cut()
    {
        RequireFaultPoints();
        int seed = Random.Shared.Next(1, 1_000_000);
        using JsonDocument report = Torture("--seed", $"{seed}", "--minutes", "0.6", "--lives-per-day", "16", "--rate", "20000");
        JsonElement kills = report.RootElement.GetProperty("kills");
        Assert.NotEmpty(kills.GetProperty("engine").EnumerateObject());
        Assert.NotEmpty(kills.GetProperty("shipper").EnumerateObject());
        Assert.True(report.RootElement.GetProperty("executions").GetInt64() > 100);
        Assert.True(report.RootElement.GetProperty("cuts").GetInt32() > 0);
    }

    // Found by the runner: the next engine did not see a commit that was durable.
    [SkippableFact]
    public void should_start_again_after_a_kill_behind_the_last_write_of_a_commit()
    {
        RequireFaultPoints();
        using JsonDocument report = Torture("--seed", "2", "--kills", "4", "--lives-per-day", "4", "--only", "AfterMetaWrite");
        Assert.True(report.RootElement.GetProperty("kills").GetProperty("engine").GetProperty("AfterMetaWrite").GetInt32() >= 3);
    }

    [SkippableTheory]
    [InlineData("marketmaker")]
    [InlineData("mm-shipper")]
    public void should_ship_programs_without_fault_points(string program)
    {
        RequireFaultPoints();
        Assert.False(Contains(File.ReadAllBytes(Published.PathOf(program))), $"{program} has the variable's name in it");
        // If it were looked for in the wrong way, it would never be found.
        Assert.True(Contains(File.ReadAllBytes(Path.Combine(TortureDist, program))), $"the {program} with fault points does not have it");

        // Native AOT packs its data and may cut a text in two with a byte of its own, so pieces of the name are looked for.
        static bool Contains(byte[] file) => Enumerable.Range(0, Variable.Length - PieceLetters + 1).Select(at => Variable.Substring(at, PieceLetters))
            .Where(piece => piece.Contains('_', StringComparison.Ordinal))
            .Any(piece => file.AsSpan().IndexOf(Encoding.Unicode.GetBytes(piece)) >= 0 || file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(piece)) >= 0);
    }

    private JsonDocument Torture(params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("mm-torture-").FullName;
        string json = Path.Combine(folder, "report.json");
        try
        {
            (int status, string said) = RunningProgram.RunToEnd(Path.Combine(AppContext.BaseDirectory, "mm-torture"), [
                "--dist", Published.Folder, "--torture-dist", TortureDist, "--config", Published.HostIni, "--database", "sqlite", "--short",
                "--data", Path.Combine(folder, "data"), "--json", json, .. arguments]);
            output.WriteLine(said);
            Assert.True(status == 0, said);
            return JsonDocument.Parse(File.ReadAllText(json));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RequireFaultPoints()
    {
        Published.Require();
        if (File.Exists(Path.Combine(TortureDist, "marketmaker")) && File.Exists(Path.Combine(TortureDist, "mm-shipper"))) return;
        const string Reason = "dist-torture/ lacks the programs with fault points: run ./build.sh test or ./build.sh torture";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Skip.If(true, Reason);
    }
}
