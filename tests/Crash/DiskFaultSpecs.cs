using MarketMaker.Journal;
using MarketMaker.Tests.Crash.Cuts;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Crash;

/// <summary>A booking process whose disk fails, or that is killed, at one write or sync: it stops at once, and the journal opens as promised.</summary>
public sealed class DiskFaultSpecs
{
    private const int Seed = 7, Commits = 30, NoSpace = 28, InputOutputError = 5;

    public static TheoryData<int> Points => [1, 2, 3, 4, 5, 9, 20];

    [Theory]
    [MemberData(nameof(Points))]
    public void should_stop_at_a_failed_sync_and_never_try_it_again(int at)
    {
        List<ShimEvent> after = FailAndRecover($"fail-sync:{at}", Booking.JournalFailed, InputOutputError);
        // When the meta page's own write fails, LMDB puts the old one back, unsynced: nobody may take the failed commit for done.
        Assert.DoesNotContain(after.SkipWhile((now, index) => index == 0 && IsMetaPutBack(now)), now => now.IsWrite || now.Kind == ShimEventKind.Sync);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void should_stop_when_the_disk_is_full_and_write_no_more(int at)
    {
        List<ShimEvent> after = FailAndRecover($"fail-write:{at}", Booking.JournalFailed, NoSpace);
        Assert.DoesNotContain(after, now => now.IsWrite || now.Kind == ShimEventKind.Sync);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void should_open_as_promised_after_a_kill_at_a_sync(int at) => FailAndRecover($"kill-sync:{at}", Killed, error: 0);

    [Theory]
    [MemberData(nameof(Points))]
    public void should_open_as_promised_after_a_kill_at_a_write(int at) => FailAndRecover($"kill-write:{at}", Killed, error: 0);

    private const int Killed = 128 + 9;

    private static bool IsMetaPutBack(ShimEvent now) => now.Kind == ShimEventKind.Write && now.Offset < 2 * 4096 && now.Bytes.Length < 512;

    /// <summary>Books until the fault, opens what is left, and compares.</summary>
    /// <returns>What the process did to the file after the fault.</returns>
    private static List<ShimEvent> FailAndRecover(string fault, int expectedStatus, int error)
    {
        using ScratchFolder folder = new();
        string journal = folder.PathOf("journal"), marks = folder.PathOf("marks");
        CrashJournal.Make(journal);
        Promise atStart;
        using (CrashJournal before = new(journal)) atStart = Promise.Of(before.Store);
        Dictionary<string, string> environment = DiskShim.Environment("journal/data.mdb", folder.PathOf("shim.log"), fault);
        environment["DISK_SHIM_MARK"] = marks;
        (int status, string said) = Child.Run(environment, "book", journal, marks, $"{Seed}", $"{Commits}");
        Assert.True(status == expectedStatus, $"{fault}: booking ended with {status}: {said}");

        List<ShimEvent> events = ShimEvent.ReadAll(folder.PathOf("shim.log"));
        int faultAt = events.FindIndex(now => now.Kind == ShimEventKind.Fault);
        if (error != 0) Assert.Equal(error, events[faultAt].Error);
        string[] promised = File.ReadAllLines(marks);
        Promise least = promised.Length == 0 ? atStart : Promise.Parse(promised[^1]);
        if (faultAt >= 0 && events.FindIndex(faultAt, IsMetaPutBack) >= 0)
        {
            // Which of the two last commits the disk will show nobody can know: that is not traded on.
            JournalException refused = Assert.Throws<JournalException>(() => new CrashJournal(journal));
            Assert.Contains("the disk failed while the last commit was written", refused.Message, StringComparison.Ordinal);
            return events[(faultAt + 1)..];
        }

        using CrashJournal after = new(journal);
        Promise now = Promise.Of(after.Store);
        List<Contracts.JournalRecord> records = after.Records();
        Assert.Equal(now.Records, records.Count);
        // What was under way failed or died before its end, so it may be there only if it was killed when the meta page was written already.
        Assert.True(now == least || (error == 0 && now.Records > least.Records), $"{fault}: it holds {now} where {least} was promised");
        return faultAt < 0 ? [] : events[(faultAt + 1)..];
    }
}
