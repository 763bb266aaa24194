using System.CommandLine;
using System.Text;
using MarketMaker.Contracts;
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
        Option<string?> session = new("--session") { Description = "The session that is over, instead of the last one in which an order or a trade is untold." };
        Option<bool> yes = new("--yes") { Description = "Book it. Without this, only shows what would be booked." };
        Command command = new("resolve",
            "Ends a session of the venue that cannot be joined again, while no engine runs: proves that the journal agrees with the venue's record, books what the journal lacks, "
            + "and marks the session as over, so that 'marketmaker run' starts in the next one. Exit status 1 and no change when the contents differ.")
        {
            venue, participant, session, yes,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            string us = parsed.GetValue(participant) ?? settings.Participant
                ?? throw new FormatException("whose rows of the venue's record are ours? give --participant, or --config FILE with [execution] username");
            return Resolve(settings.EditOptions(), parsed.GetRequiredValue(venue), us, SessionOf(parsed.GetValue(session)), parsed.GetValue(yes), output);
        }));
        return command;
    }

    /// <exception cref="FormatException">It cannot be the name of a session.</exception>
    internal static SessionId? SessionOf(string? name)
    {
        if (name is null) return null;
        if (Ascii.IsValid(name) && SessionId.TryCreate(Encoding.ASCII.GetBytes(name), out SessionId session)) return session;
        throw new FormatException($"--session '{name}' is not 1 to {SessionId.Length} ASCII characters");
    }

    internal static int Resolve(JournalOptions options, string venueFile, string participant, SessionId? named, bool isConfirmed, TextWriter output)
    {
        using JournalEditor editor = JournalEditor.Open(options);
        using JournalReader reader = editor.OpenReader();
        if (editor.State.Session.IsNone && named is null)
        {
            output.WriteLine("the journal knows no session of the venue: there is nothing to resolve");
            return ExitStatus.Success;
        }

        SessionChoice choice = new(reader, editor.State);
        SessionProgress chosen = choice.Take(named);
        SessionId session = chosen.Session;
        SessionFindings findings = SessionFindings.Of(reader, chosen, isLast: session == editor.State.Session, venueFile, participant);
        foreach (string contradiction in findings.Contradictions) output.WriteLine(contradiction);
        if (findings.Contradictions.Count > 0)
            throw new JournalException($"the journal and the venue's record of session {session} contradict each other in {findings.Contradictions.Count} places; nothing was booked. "
                + "Ask the venue, and put an error of the journal right with 'mm-ledger adjust --reason correction'.");
        if (named is not null && findings.Missing.Count == 0 && !choice.IsUntold(chosen))
            throw new JournalException($"session {session} is complete already: {findings.Agreeing} transactions agree with the venue's record and none is missing; nothing was changed.");
        foreach (string line in findings.Left) output.WriteLine(line);
        foreach (var record in findings.Missing)
        {
            // Not booked yet when only shown: then it has no id.
            string id = isConfirmed ? $"booked as {editor.Append(record)}: " : "would book: ";
            output.WriteLine($"{id}{RecordFormat.Kind(record.Kind)} match {record.MatchNumber}, {RecordFormat.Action(record.Side)} {record.QuantityShares} {record.Symbol} at {RecordFormat.Dollars(record.Price)}");
        }

        string result = $"session {session}: {findings.Agreeing} transactions agree, {findings.Missing.Count} were missing";
        if (!isConfirmed)
        {
            output.WriteLine($"{result}; nothing was changed: give --yes to book and to mark the session as over");
            return ExitStatus.Success;
        }

        editor.ResolveSession(session, findings.LastSequence);
        editor.ClearIntents(session);
        SessionId next = editor.MarkQuarantineSeen(session);
        editor.Commit();
        output.WriteLine($"{result} and are booked; it is over; cash {RecordFormat.Dollars(editor.State.Cash)}");
        if (!next.IsNone)
        {
            output.WriteLine($"a trade of session {next} lies in quarantine and is not in the books: give --session {next} and the venue's record of it "
                + "('mm-ledger print --quarantine' shows it), and after that resolve what is left");
        }

        return ExitStatus.Success;
    }
}
