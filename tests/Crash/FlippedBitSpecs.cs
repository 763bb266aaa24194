using System.Globalization;
using System.Text.Json;
using MarketMaker.Tests.Crash.Flips;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Crash;

/// <summary>
/// A journal with flipped bits: each is refused with a sentence, or lies where nothing is read. The process that opens it never dies and
/// never reads something else. The short form flips every 61st bit, which meets other places in each page; the long form (MM_CRASH_LONG=1) every bit.
/// </summary>
public sealed class FlippedBitSpecs(ITestOutputHelper output)
{
    private const int Records = 40;
    private const long ShortStep = 61;

    private static long Step => Environment.GetEnvironmentVariable("MM_CRASH_LONG") == "1" ? 1 : ShortStep;

    [Fact]
    public void should_find_every_flipped_bit_of_a_journal_or_read_the_same()
    {
        using ScratchFolder folder = new();
        string journal = folder.PathOf("journal");
        MakeSmall(journal);
        long from = 0, found = 0, same = 0;
        List<string> bad = [];
        for (bool isOver = false; !isOver && bad.Count < 50;)
        {
            (int status, string said) = Child.Run(null, "flip", journal, folder.Path, $"{from}", $"{Step}");
            isOver = status == 0;
            if (isOver)
            {
                FlipResult result = JsonSerializer.Deserialize<FlipResult>(File.ReadAllText(folder.PathOf(FlipCheck.Result)))!;
                (found, same) = (found + result.Found, same + result.Same);
                bad.AddRange(result.FirstWrong);
                output.WriteLine($"{found} flips found, {same} without effect, {result.Wrong} wrong, in {result.Seconds:0.0} s; every {Step}th bit of {new FileInfo(Path.Combine(journal, "data.mdb")).Length} bytes");
            }
            else
            {
                // It died of a flip: that bit is named and set right, and the next child goes on behind it.
                long bit = long.Parse(File.ReadAllText(folder.PathOf(FlipCheck.Progress)).Trim(), CultureInfo.InvariantCulture);
                bad.Add($"byte {bit / 8} (page {bit / 8 / 4096}, offset {bit / 8 % 4096}), bit {bit % 8}: the process ended with {status}: {said.AsSpan(0, Math.Min(200, said.Length))}");
                Flip(Path.Combine(journal, "data.mdb"), bit);
                from = bit + Step;
            }
        }

        Assert.True(bad.Count == 0, $"{found} found, {same} without effect, but:\n{string.Join('\n', bad)}");
        // Most of so small a file are pages in use; were hardly any flip found, nothing would have been looked at.
        Assert.True(found > same / 4, $"{found} found, {same} without effect");
    }

    private static void MakeSmall(string folder)
    {
        CrashJournal.Make(folder);
        using CrashJournal journal = new(folder);
        History history = new(seed: 3);
        // Several commits, so that there are free pages too.
        for (long records = 0; records < Records;)
        {
            journal.Book(history.NextBatch());
            records = journal.Records().Count;
        }
    }

    private static void Flip(string file, long bit)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        File.WriteAllBytes(file, bytes);
    }
}
