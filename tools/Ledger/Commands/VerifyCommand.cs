using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MarketMaker.Journal;
using MarketMaker.Ledger.Printing;
using MarketMaker.Ledger.Verification;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger verify</c>: proves the journal, record by record.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions common)
    {
        Command command = new("verify", "Proves every record of the journal: checksum, chain, ids without gaps, nothing booked twice. Exit status 1 when something is wrong.");
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            using JournalReader reader = settings.OpenJournal();
            return Verify(reader, output, common.Stop);
        }));
        return command;
    }

    internal static int Verify(JournalReader reader, TextWriter output, CancellationToken stop)
    {
        (_, long total) = reader.Extent();
        long startedAt = Stopwatch.GetTimestamp();
        VerifyResult result = LongWork.Run("verifying", total, progress => new JournalVerifier(reader, Report).Run(progress, stop));
        double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        string cash = result.Cash is { } sum ? $", cash {RecordFormat.Dollars(sum)}" : "";
        string purged = result.Purged == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {result.Purged} before them were purged");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Records} records are whole, {result.Problems} problems; last id {result.LastId}{cash}{purged}; {result.Records / Math.Max(seconds, 1e-6):N0} records/s"));
        return result.Problems == 0 ? ExitStatus.Success : ExitStatus.Differences;

        void Report(long id, string problem) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"record {id} {problem}"));
    }
}
