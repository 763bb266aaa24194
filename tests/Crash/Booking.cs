using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Crash;

/// <summary>The child that books: after each commit it writes down what the journal promised, in the file the shim takes for marks.</summary>
internal static class Booking
{
    internal const int Done = 0, JournalFailed = 3, NothingCommitted = 4, GateOpen = 5;

    internal static int Run(string folder, string marks, int seed, int commits)
    {
        // Unbuffered: a mark belongs between the events before and after it.
        using FileStream marked = new(marks, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using CrashJournal journal = new(folder);
        Promise promise = Promise.Of(journal.Store);
        History history = new(seed);
        for (int i = 0; i < commits; i++)
        {
            ResponseEvent[] events = history.NextBatch();
            long before = journal.Commits;
            try
            {
                journal.Book(events);
            }
            catch (JournalFailedException)
            {
                return (journal.Gate.Look().Sends & StopReasons.JournalFailed) != 0 ? JournalFailed : GateOpen;
            }

            if (journal.Commits == before) return NothingCommitted;
            promise = promise.After(events, journal.Cash);
            marked.Write(Encoding.ASCII.GetBytes(promise.ToLine()));
        }

        return Done;
    }
}
