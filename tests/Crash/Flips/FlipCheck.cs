using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Crash.Flips;

/// <summary>What flipping brought.</summary>
/// <param name="Found">Flips that were refused with a sentence.</param>
/// <param name="Same">Flips after which everything read the same.</param>
/// <param name="Wrong">Flips after which something else was read, or the refusal was no sentence of ours.</param>
/// <param name="FirstWrong">Some of those.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record FlipResult(long Found, long Same, long Wrong, List<string> FirstWrong, double Seconds);

/// <summary>The child that flips bits of a journal's file, one at a time, and opens it as the engine or as a tool does.</summary>
internal static class FlipCheck
{
    internal const string Result = "result.json", Progress = "progress";
    private const int WrongMax = 20, Bits = 8;

    /// <param name="folder">The journal; it is as before when this returns.</param>
    /// <param name="report">Where progress and result go.</param>
    /// <param name="from">First bit of the file.</param>
    /// <param name="step">How many bits further the next one is: 1 for every bit.</param>
    internal static int Run(string folder, string report, long from, long step)
    {
        long begun = Stopwatch.GetTimestamp();
        string file = Path.Combine(folder, "data.mdb");
        List<byte[]> asEngine = AsEngine(folder), asTool = AsTool(folder);
        using FileStream data = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using FileStream progress = new(Path.Combine(report, Progress), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        long found = 0, same = 0, wrong = 0;
        List<string> firstWrong = [];
        for (long bit = from; bit < data.Length * Bits; bit += step)
        {
            progress.Position = 0;
            progress.Write(Encoding.ASCII.GetBytes($"{bit,-20}"));
            bool isEngine = bit / step % 2 == 0;
            Flip(data, bit);
            string? difference = Look(folder, isEngine, isEngine ? asEngine : asTool, out bool isFound);
            Flip(data, bit);
            if (isFound) found++;
            else if (difference is null) same++;
            if (difference is null) continue;
            wrong++;
            if (firstWrong.Count < WrongMax) firstWrong.Add($"byte {bit / Bits} (page {bit / Bits / 4096}, offset {bit / Bits % 4096}), bit {bit % Bits}, as {(isEngine ? "engine" : "tool")}: {difference}");
        }

        FlipResult result = new(found, same, wrong, firstWrong, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        File.WriteAllText(Path.Combine(report, Result), JsonSerializer.Serialize(result));
        return 0;
    }

    private static string? Look(string folder, bool isEngine, List<byte[]> expected, out bool isFound)
    {
        isFound = false;
        try
        {
            List<byte[]> read = isEngine ? AsEngine(folder) : AsTool(folder);
            for (int i = 0; i < Math.Max(read.Count, expected.Count); i++)
            {
                if (i >= read.Count || i >= expected.Count) return $"{read.Count} things were read instead of {expected.Count}";
                if (!read[i].AsSpan().SequenceEqual(expected[i])) return $"thing {i} of {read.Count} reads differently";
            }

            return null;
        }
        catch (JournalException)
        {
            isFound = true;
            return null;
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }

    private static List<byte[]> AsEngine(string folder)
    {
        using CrashJournal journal = new(folder, requireIds: false);
        return [Encoding.ASCII.GetBytes($"{journal.Store.Meta} {Promise.Of(journal.Store)}"), .. Bytes(journal.Records())];
    }

    private static List<byte[]> AsTool(string folder)
    {
        using JournalReader reader = JournalReader.Open(folder);
        JournalRecord[] buffer = new JournalRecord[1000];
        List<JournalRecord> records = [];
        for (int count = 1; count > 0;)
        {
            // As every tool goes on: what comes before a damaged page is given out, and the next look refuses.
            JournalBatch batch = reader.ReadAfter(records.Count == 0 ? 0 : records[^1].Id, buffer);
            if (batch.DamagedId != 0) throw new JournalException($"record {batch.DamagedId} is damaged");
            count = batch.Count;
            records.AddRange(buffer.Take(count));
        }

        string facts = $"{reader.Meta} {reader.Extent()} {reader.CountAfter(0, long.MaxValue)} {reader.QuarantineSeenThrough()}";
        return [Encoding.ASCII.GetBytes(facts), .. Bytes(records)];
    }

    private static IEnumerable<byte[]> Bytes(IEnumerable<JournalRecord> records) => records.Select(record =>
    {
        JournalRecord copy = record;
        return StructBytes.Of(ref copy).ToArray();
    });

    private static void Flip(FileStream data, long bit)
    {
        Span<byte> one = stackalloc byte[1];
        data.Position = bit / Bits;
        data.ReadExactly(one);
        one[0] ^= (byte)(1 << (int)(bit % Bits));
        data.Position = bit / Bits;
        data.Write(one);
    }
}
