using System.Globalization;
using MarketMaker.Journal;

namespace MarketMaker.Tests.Crash;

/// <summary>An engine dies behind the last write of a commit, while a shipper holds the journal open: the commit is durable, and lock.mdb does not tell of it.</summary>
public sealed class DeadWriterSpecs
{
    private const int Killed = 128 + 9;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void should_see_the_last_commit_of_a_killed_writer_though_a_reader_keeps_its_lock_file(int metaWrites)
    {
        using ScratchFolder folder = new();
        string journal = folder.PathOf("journal");
        CrashJournal.Make(journal);
        using JournalReader shipper = JournalReader.Open(journal);
        Dictionary<string, string> environment = new() { ["LD_PRELOAD"] = BuildShim(folder), ["TORTURE_DIE_AFTER_METAS"] = $"{metaWrites}" };
        (int status, string said) = Child.Run(environment, "book", journal, folder.PathOf("marks"), "1", "50");
        Assert.True(status == Killed, $"booking was to be killed and ended with {status}: {said}");

        (status, said) = Child.Run(null, "last-id", journal);
        Assert.True(status == 0, $"opening ended with {status}: {said}");
        // The child has written since, so by now everybody sees what is durable.
        Assert.Equal(shipper.Extent().LastId, long.Parse(said, CultureInfo.InvariantCulture));
        Assert.NotEqual(0, shipper.Extent().LastId);
    }

    /// <summary>The child that starts again: says what it knows before it writes anything, then writes.</summary>
    internal static int PrintLastId(string folder)
    {
        using CrashJournal journal = new(folder);
        Console.WriteLine(journal.Store.Recovered.LastId);
        journal.Store.MarkInUse();
        return 0;
    }

    private static string BuildShim(ScratchFolder folder)
    {
        string library = folder.PathOf("inside_commit.so");
        using System.Diagnostics.Process gcc = System.Diagnostics.Process.Start(
            "gcc", ["-O2", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Shim", "inside_commit.c")]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        return library;
    }
}
