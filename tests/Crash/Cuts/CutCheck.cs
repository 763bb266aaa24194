using System.Diagnostics;
using System.Text.Json;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Crash.Cuts;

/// <summary>What looking at all cut states brought; also how the child tells its parent.</summary>
internal sealed record CutResult(int Commits, int Writes, int Syncs, int States, int BookedOn, int Bad, IReadOnlyList<string> FirstBad, double Seconds);

/// <summary>The child that opens every cut state with the engine's own code: a crash of LMDB would be its death, and the parent sees it.</summary>
internal static class CutCheck
{
    internal const string Start = "start.mdb", Final = "final.mdb", Log = "shim.log", Plan = "plan.json", Result = "result.json", Progress = "progress";

    private const int BadMax = 20, BookOnEvery = 16, SessionOfItsOwn = 1_000_000;

    internal sealed record CutPlan(int Seed, bool IsLong);

    internal static int Run(string folder)
    {
        long begun = Stopwatch.GetTimestamp();
        CutPlan plan = JsonSerializer.Deserialize<CutPlan>(File.ReadAllText(Path.Combine(folder, Plan)))!;
        List<ShimEvent> events = ShimEvent.ReadAll(Path.Combine(folder, Log));
        if (events.Any(now => now.Kind is ShimEventKind.Truncate or ShimEventKind.Fault)) throw new InvalidOperationException("the file was cut short or mapped for writing: the record is not the whole truth");
        string work = Directory.CreateDirectory(Path.Combine(folder, "state")).FullName;
        List<Promise> promises = [PromiseOf(work, Path.Combine(folder, Start)), .. Marks(events)];
        List<JournalRecord> records = RecordsOf(work, Path.Combine(folder, Final));
        CutStates states = new(File.ReadAllBytes(Path.Combine(folder, Start)), events, plan.Seed, plan.IsLong ? CutEffort.Long : CutEffort.Short);
        using FileStream progress = new(Path.Combine(folder, Progress), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        List<string> bad = [];
        int count = 0, badCount = 0, bookedOn = 0;
        foreach ((string name, FileImage image) in states.All())
        {
            progress.Position = 0;
            progress.Write(System.Text.Encoding.ASCII.GetBytes($"{count}: {name}".PadRight(200)));
            bool booksOn = count++ % BookOnEvery == 0;
            if (booksOn) bookedOn++;
            string? wrong = Look(work, image, promises, states.Promised, records, booksOn ? count : null);
            if (wrong is null) continue;
            if (badCount++ < BadMax) bad.Add($"{name}, after {states.Promised} acknowledged commits: {wrong}");
        }

        CutResult result = new(states.Promised, events.Count(now => now.IsWrite), events.Count(now => now.Kind is ShimEventKind.Sync or ShimEventKind.WriteDsync),
            count, bookedOn, badCount, bad, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        File.WriteAllText(Path.Combine(folder, Result), JsonSerializer.Serialize(result));
        return 0;
    }

    private static IEnumerable<Promise> Marks(List<ShimEvent> events) =>
        events.Where(now => now.Kind == ShimEventKind.Mark).Select(now => Promise.Parse(System.Text.Encoding.ASCII.GetString(now.Bytes)));

    /// <summary>Opens one state; null when it is one that may be.</summary>
    private static string? Look(string work, FileImage image, List<Promise> promises, int promised, List<JournalRecord> expected, int? bookOnSeed)
    {
        Lay(work, image.Bytes);
        try
        {
            List<JournalRecord> found;
            using (CrashJournal journal = new(work, requireIds: false))
            {
                Promise now = Promise.Of(journal.Store);
                // The commit under way may be there or not, but whole.
                bool isKept = now == promises[promised] || (promised + 1 < promises.Count && now == promises[promised + 1]);
                if (!isKept) return $"it holds {now} where {promises[promised]} was promised";
                found = journal.Records();
                if (found.Count != now.Records) return $"{found.Count} records can be read where {now.Records} were counted";
                if (!SameStart(found, expected)) return "its records are not those that were booked";
                if (bookOnSeed is null) return null;
                journal.Book(new History(bookOnSeed.Value, SessionOfItsOwn).NextBatch());
            }

            return BookedOn(work, found);
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }

    private static string? BookedOn(string work, List<JournalRecord> before)
    {
        using CrashJournal journal = new(work, requireIds: false);
        List<JournalRecord> after = journal.Records();
        return after.Count > before.Count && SameStart(before, after) ? null : "what was booked after the cut is not there at the next start";
    }

    private static bool SameStart(List<JournalRecord> shorter, List<JournalRecord> longer)
    {
        for (int i = 0; i < shorter.Count; i++)
        {
            JournalRecord mine = shorter[i], theirs = longer[i];
            if (!Platform.Memory.StructBytes.Of(ref mine).SequenceEqual(Platform.Memory.StructBytes.Of(ref theirs))) return false;
        }

        return true;
    }

    private static void Lay(string work, ReadOnlySpan<byte> image)
    {
        File.Delete(Path.Combine(work, "lock.mdb"));
        using FileStream file = new(Path.Combine(work, "data.mdb"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(image);
    }

    private static Promise PromiseOf(string work, string file)
    {
        Lay(work, File.ReadAllBytes(file));
        using CrashJournal journal = new(work, requireIds: false);
        return Promise.Of(journal.Store);
    }

    private static List<JournalRecord> RecordsOf(string work, string file)
    {
        Lay(work, File.ReadAllBytes(file));
        using CrashJournal journal = new(work, requireIds: false);
        return journal.Records();
    }
}
