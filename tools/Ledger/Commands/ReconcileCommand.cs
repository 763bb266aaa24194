using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Journal;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger reconcile</c>: the venue's record, the journal and the database, transaction by transaction.</summary>
internal static class ReconcileCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string[]> venue = new("--venue-record") { Description = "The venue's record, a CSV file; may be given several times. Left out: not compared." };
        Option<bool> withoutJournal = new("--without-journal") { Description = "Compare the venue's record with the database alone, as when the journal is lost." };
        Option<bool> withoutDatabase = new("--without-database") { Description = "Compare the venue's record with the journal alone." };
        Option<string?> participant = new("--participant") { Description = "Whose rows of the venue's record are ours, instead of [execution] username." };
        Option<string?> node = new("--node") { Description = "Whose rows of the database are ours, instead of the journal's node." };
        Option<bool> strict = new("--strict") { Description = "What is not shipped yet is a difference too." };
        Option<bool> allSessions = new("--all-sessions") { Description = "The venue's record covers every session booked; else only those it has a row of ours in." };
        Option<string> format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command command = new("reconcile",
            "Compares the venue's record, the journal and the database, any two or all of them. Each difference is a line; exit status 1 if there is one.")
        {
            venue, withoutJournal, withoutDatabase, participant, node, strict, allSessions, format, common.Database, common.PasswordFile,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            string[] files = parsed.GetValue(venue) ?? [];
            string? us = parsed.GetValue(participant) ?? settings.Participant;
            if (files.Length > 0 && us is null) throw new FormatException("whose rows of the venue's record are ours? give --participant, or --config FILE with [execution] username");
            using JournalReader? journal = parsed.GetValue(withoutJournal) ? null : settings.OpenJournal();
            using LedgerDatabase? database = parsed.GetValue(withoutDatabase) ? null : settings.OpenDatabase();
            if ((files.Length > 0 ? 1 : 0) + (journal is null ? 0 : 1) + (database is null ? 0 : 1) < 2)
                throw new FormatException("there is only one record to compare: give --venue-record, or leave out --without-journal or --without-database");
            ReconciliationInput input = new()
            {
                Journal = journal,
                Database = database,
                Node = parsed.GetValue(node) ?? journal?.Meta.Node ?? settings.Node,
                VenueFiles = files,
                Participant = us ?? "",
                CoversAllSessions = parsed.GetValue(allSessions),
                IsStrict = parsed.GetValue(strict),
            };
            return Reconcile(input, output, parsed.GetRequiredValue(format) == "json", common.Stop);
        }));
        return command;
    }

    internal static int Reconcile(ReconciliationInput input, TextWriter output, bool asJson, CancellationToken stop)
    {
        using DifferenceWriter writer = new(output, asJson);
        long startedAt = Stopwatch.GetTimestamp();
        long total = input.Journal?.Extent().Records ?? 0;
        ReconciliationResult result = LongWork.Run("reconciling", total, progress => Reconciliation.Run(input, writer.Write, done =>
        {
            stop.ThrowIfCancellationRequested();
            progress(done);
        }));
        writer.End(input, result, Stopwatch.GetElapsedTime(startedAt));
        return result.Differences == 0 ? ExitStatus.Success : ExitStatus.Differences;
    }
}
