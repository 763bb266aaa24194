using System.CommandLine;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Printing;
using MarketMaker.Platform.Clock;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger adjust</c>: books what no venue told of. The only way by which a person changes cash and positions.</summary>
internal static class AdjustCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string> reason = new("--reason") { Description = "opening, deposit, withdrawal or correction.", Required = true };
        reason.AcceptOnlyFromAmong("opening", "deposit", "withdrawal", "correction");
        Option<string?> cash = new("--cash") { Description = "Change of cash in dollars; below zero it goes out." };
        Option<string?> ticker = new("--ticker") { Description = "The ticker whose shares move." };
        Option<long> shares = new("--shares") { Description = "Change of the position; below zero they go out." };
        Option<string?> price = new("--price") { Description = "What a share cost, in dollars: for the tax lots; it moves no cash." };
        Option<string> note = new("--note") { Description = "Why: up to 64 characters.", DefaultValueFactory = _ => "" };
        Option<bool> allowShort = new("--allow-short") { Description = "The position may fall below zero." };
        Option<bool> yes = new("--yes") { Description = "Do not ask." };
        Command command = new("adjust", "Books an opening balance, a deposit, a withdrawal or a correction, while no engine runs. Shows what it will do and asks first.")
        {
            reason, cash, ticker, shares, price, note, allowShort, yes,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            AdjustRequest request = new(parsed.GetRequiredValue(reason), parsed.GetValue(cash), parsed.GetValue(ticker), parsed.GetValue(shares),
                parsed.GetValue(price), parsed.GetRequiredValue(note), parsed.GetValue(allowShort));
            return Adjust(settings.EditOptions(), request, parsed.GetValue(yes), Console.In, output);
        }));
        return command;
    }

    internal static int Adjust(JournalOptions options, AdjustRequest request, bool isConfirmed, TextReader answers, TextWriter output)
    {
        JournalRecord record = request.ToRecord(new SystemClock().WallClockNs);
        using JournalEditor editor = JournalEditor.Open(options);
        if (request.Refuse(record, editor.State) is { } reason) throw new JournalException($"{reason}; nothing was booked");
        output.WriteLine($"{request.Reason}: cash {RecordFormat.Dollars(editor.State.Cash)} -> {RecordFormat.Dollars(editor.State.Cash + record.CashAmount)}");
        if (request.Shares != 0)
        {
            long before = editor.State.PositionOf(record.Symbol);
            output.WriteLine($"{request.Reason}: {record.Symbol} {before} -> {before + request.Shares} shares, at {RecordFormat.Dollars(record.Price)}");
        }

        if (!Confirmation.Ask(isConfirmed, answers, output)) return ExitStatus.Differences;
        long id = editor.Append(record);
        editor.Commit();
        output.WriteLine($"booked as {id}");
        return ExitStatus.Success;
    }
}
