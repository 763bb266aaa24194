using System.Text.Json;
using MarketMaker.Tests.Crash.Cuts;
using MarketMaker.Tests.Shared;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Crash;

/// <summary>
/// Power cuts, emulated: the writes and syncs of a booking process are recorded, and every file that a cut could have left is opened with
/// the engine's own code. Emulated: loss, any order and tearing (512 and 4,096 bytes) of what was not synced. Not emulated: a disk that lies
/// about a sync, and names lost from a folder.
/// </summary>
public sealed class PowerCutSpecs(ITestOutputHelper output)
{
    private const int ShortCommits = 60, LongCommits = 400, PlantedCommits = 15;

    // MM_CRASH_SEED and MM_CRASH_LONG=1: the seed of a failure again, and the long form.
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("MM_CRASH_SEED"), out int seed) ? seed : 20_250_616;

    private static bool IsLong => Environment.GetEnvironmentVariable("MM_CRASH_LONG") == "1";

    [Fact]
    public void should_hold_every_acknowledged_commit_and_nothing_half_wherever_the_power_is_cut()
    {
        using ScratchFolder folder = new();
        CutResult result = CutAndLook(folder, skipsSync: false);
        Assert.True(result.Bad == 0, $"seed {Seed}: {result.Bad} of {result.States} states are wrong:\n{string.Join('\n', result.FirstBad)}");
        // Two syncs a commit: the pages, then the meta page that makes them count. Were there fewer, nothing would have been tested.
        Assert.True(result.Syncs >= 2 * result.Commits, $"{result.Syncs} syncs for {result.Commits} commits");
        Assert.True(result.States > 5 * result.Writes, $"{result.States} states of {result.Writes} writes");
    }

    [Fact]
    public void should_notice_a_journal_that_does_not_sync()
    {
        using ScratchFolder folder = new();
        CutResult result = CutAndLook(folder, skipsSync: true);
        Assert.True(result.Bad > 0, $"seed {Seed}: none of {result.States} states without any sync was found to be wrong");
    }

    private CutResult CutAndLook(ScratchFolder folder, bool skipsSync)
    {
        string journal = folder.PathOf("journal"), marks = folder.PathOf("marks");
        CrashJournal.Make(journal);
        File.Copy(Path.Combine(journal, "data.mdb"), folder.PathOf(CutCheck.Start));
        Dictionary<string, string> environment = DiskShim.Environment("journal/data.mdb", folder.PathOf(CutCheck.Log));
        environment["DISK_SHIM_MARK"] = marks;
        if (skipsSync) environment["DISK_SHIM_SKIP"] = "1";
        int commits = skipsSync ? PlantedCommits : IsLong ? LongCommits : ShortCommits;
        (int status, string said) = Child.Run(environment, "book", journal, marks, $"{Seed}", $"{commits}");
        Assert.True(status == Booking.Done, $"booking ended with {status}: {said}");
        File.Copy(Path.Combine(journal, "data.mdb"), folder.PathOf(CutCheck.Final));

        File.WriteAllText(folder.PathOf(CutCheck.Plan), JsonSerializer.Serialize(new CutCheck.CutPlan(Seed, IsLong && !skipsSync)));
        (status, said) = Child.Run(null, "look", folder.Path);
        Assert.True(status == 0, $"seed {Seed}: looking ended with {status} at {ProgressOf(folder)}: {said}");
        CutResult result = JsonSerializer.Deserialize<CutResult>(File.ReadAllText(folder.PathOf(CutCheck.Result)))!;
        Assert.Equal(commits, result.Commits);
        output.WriteLine($"seed {Seed}: {result.Commits} commits, {result.Writes} writes, {result.Syncs} syncs, {result.States} states looked at, "
            + $"{result.BookedOn} of them booked on, {result.Bad} wrong, in {result.Seconds:0.0} s; LMDB's writes as recorded, states laid on {ScratchKind}");
        return result;
    }

    private static string ProgressOf(ScratchFolder folder) =>
        File.Exists(folder.PathOf(CutCheck.Progress)) ? File.ReadAllText(folder.PathOf(CutCheck.Progress)).Trim() : "the beginning";

    private static string ScratchKind => Directory.Exists("/dev/shm") ? "tmpfs" : "the folder for temporary files";
}
