using System.CommandLine;
using MarketMaker.Journal;
using MarketMaker.Ledger.Printing;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger resolve</c>: a session of the venue is gone for good; its end-of-day record says how it ended.</summary>
internal static class ResolveCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string> venue = new("--venue-record") { Description = "The venue's record of the session, a CSV file, complete.", Required = true };
        Option<string?> participant = new("--participant") { Description = "Whose rows of the venue's record are ours, instead of [execution] username." };
        Option<bool> yes = new("--yes") { Description = "Book it. Without this, only shows what would be booked." };
        Command command = new("resolve",
            "Ends a session of the venue that cannot be joined again, while no engine runs: proves that the journal agrees with the venue's record, books what the journal lacks, "
            + "and marks the session as over, so that 'marketmaker run' starts in the next one. Exit status 1 and no change when the contents differ.")
        {
            venue, participant, yes,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            string us = parsed.GetValue(participant) ?? settings.Participant
                ?? throw new FormatException("whose rows of the venue's record are ours? give --participant, or --config FILE with [execution] username");
            return Resolve(settings.EditOptions(), parsed.GetRequiredValue(venue), us, parsed.GetValue(yes), output);
        }));
        return command;
    }

    internal static int Resolve(JournalOptions options, string venueFile, string participant, bool isConfirmed, TextWriter output)
    {
        using JournalEditor editor = JournalEditor.Open(options);
        using JournalReader reader = editor.OpenReader();
        if (editor.State.Session.IsNone)
        {
            output.WriteLine("the journal knows no session of the venue: there is nothing to resolve");
            return ExitStatus.Success;
        }

        SessionFindings findings = SessionFindings.Of(reader, editor.State, venueFile, participant);
        foreach (string contradiction in findings.Contradictions) output.WriteLine(contradiction);
        if (findings.Contradictions.Count > 0)
            throw new JournalException($"the journal and the venue's record of session {editor.State.Session} contradict each other in {findings.Contradictions.Count} places; nothing was booked. "
                + "Ask the venue, and put an error of the journal right with 'mm-ledger adjust --reason correction'.");
        foreach (string line in findings.Left) output.WriteLine(line);
        foreach (var record in findings.Missing)
        {
            // Not booked yet when only shown: then it has no id.
            string id = isConfirmed ? $"booked as {editor.Append(record)}: " : "would book: ";
            output.WriteLine($"{id}{RecordFormat.Kind(record.Kind)} match {record.MatchNumber}, {RecordFormat.Action(record.Side)} {record.QuantityShares} {record.Symbol} at {RecordFormat.Dollars(record.Price)}");
        }

        string session = $"session {editor.State.Session}: {findings.Agreeing} transactions agree, {findings.Missing.Count} were missing";
        if (!isConfirmed)
        {
            output.WriteLine($"{session}; nothing was changed: give --yes to book and to mark the session as over");
            return ExitStatus.Success;
        }

        editor.ResolveSession(editor.State.Session, findings.LastSequence);
        editor.ClearIntents();
        editor.MarkQuarantineSeen();
        editor.Commit();
        output.WriteLine($"{session} and are booked; it is over; cash {RecordFormat.Dollars(editor.State.Cash)}");
        return ExitStatus.Success;
    }
}
