using System.CommandLine;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Printing;
using Symbol = MarketMaker.Contracts.Symbol;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger print</c>: the journal's records.</summary>
internal static class PrintCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<long> after = new("--after") { Description = "Begin behind this id; with --quarantine, behind this number." };
        Option<string?> ticker = new("--ticker") { Description = "Only this ticker." };
        Option<long> count = new("--count") { Description = "At most so many records; 0: all.", DefaultValueFactory = _ => 0 };
        Option<string> format = new("--format") { Description = "text, csv or json (one object a line).", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "csv", "json");
        Option<bool> quarantine = new("--quarantine") { Description = "Instead of the records: what the venue said against what we know. 'not booked' is a trade that is missing in the books until 'mm-ledger resolve'." };
        Command command = new("print", "Prints the journal's records. Exit status 1 when one of them is damaged.") { after, ticker, count, format, quarantine };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            using JournalReader reader = settings.OpenJournal();
            (long afterId, Symbol? only) = (parsed.GetValue(after), CommonOptions.Ticker(parsed.GetValue(ticker)));
            (long most, string style) = (parsed.GetValue(count), parsed.GetRequiredValue(format));
            return parsed.GetValue(quarantine) ? QuarantinePrint.Print(reader, output, afterId, only, most, style) : Print(reader, output, afterId, only, most, style);
        }));
        return command;
    }

    internal static int Print(JournalReader reader, TextWriter output, long afterId, Symbol? ticker, long count, string format)
    {
        IRecordPrinter printer = format switch { "csv" => new CsvPrinter(output), "json" => new JsonPrinter(output), _ => new TextPrinter(output) };
        JournalRecord[] batch = new JournalRecord[4096];
        long left = count == 0 ? long.MaxValue : count;
        bool isDamaged = false;
        printer.Begin();
        while (left > 0)
        {
            JournalBatch read = reader.ReadAfter(afterId, batch);
            for (int i = 0; i < read.Count && left > 0; i++)
            {
                if (ticker is { } only && batch[i].Symbol != only) continue;
                printer.Write(batch[i]);
                left--;
            }

            if (read.Count > 0) afterId = batch[read.Count - 1].Id;
            if (left > 0 && read.DamagedId != 0)
            {
                afterId = read.DamagedId;
                isDamaged = true;
                Console.Error.WriteLine($"mm-ledger: record {afterId} is damaged and left out: see 'mm-ledger verify'");
            }

            if (read is { Count: 0, DamagedId: 0 }) break;
        }

        return isDamaged ? ExitStatus.Differences : ExitStatus.Success;
    }
}
