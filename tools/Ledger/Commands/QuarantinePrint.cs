using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Printing;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger print --quarantine</c>: what the venue said and nobody could book, or was booked against our terms.</summary>
internal static class QuarantinePrint
{
    private const int BatchRecords = 1024;

    /// <param name="reader">The journal.</param>
    /// <param name="output">Where the lines go.</param>
    /// <param name="afterNumber">Begin behind this number.</param>
    /// <param name="ticker">Only this ticker.</param>
    /// <param name="count">At most so many; 0: all.</param>
    /// <param name="format">text, csv or json.</param>
    internal static int Print(JournalReader reader, TextWriter output, long afterNumber, Symbol? ticker, long count, string format)
    {
        Action<string[]> write = Begin(output, format);
        long seenThrough = reader.QuarantineSeenThrough();
        QuarantineRecord[] batch = new QuarantineRecord[BatchRecords];
        long left = count == 0 ? long.MaxValue : count;
        bool isDamaged = false;
        while (left > 0)
        {
            JournalBatch read = reader.ReadQuarantineAfter(afterNumber, batch);
            for (int i = 0; i < read.Count && left > 0; i++)
            {
                if (ticker is { } only && batch[i].Symbol != only) continue;
                write(QuarantineFields.Of(batch[i], seenThrough));
                left--;
            }

            if (read.Count > 0) afterNumber = batch[read.Count - 1].Number;
            if (left > 0 && read.DamagedId != 0)
            {
                afterNumber = read.DamagedId;
                isDamaged = true;
                Console.Error.WriteLine($"mm-ledger: record {afterNumber} in quarantine is damaged and left out: compare its session with the venue's record");
            }

            if (read is { Count: 0, DamagedId: 0 }) break;
        }

        return isDamaged ? ExitStatus.Differences : ExitStatus.Success;
    }

    private static Action<string[]> Begin(TextWriter output, string format)
    {
        string[] names = [.. QuarantineFields.Columns.Select(column => column.Name)];
        switch (format)
        {
            case "json":
                JsonLine line = new(output);
                return values => line.Write(QuarantineFields.Columns, values);
            case "csv":
                Csv.WriteLine(output, names);
                return values => Csv.WriteLine(output, values);
            default:
                WriteColumns(output, names);
                return values => WriteColumns(output, values);
        }
    }

    private static void WriteColumns(TextWriter output, string[] cells)
    {
        ReadOnlySpan<int> widths = [8, -11, -25, -28, -11, 14, 12, 20, -8, -6, 10, 13, -16];
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0) output.Write(' ');
            output.Write(i == cells.Length - 1 ? cells[i] : widths[i] < 0 ? cells[i].PadRight(-widths[i]) : cells[i].PadLeft(widths[i]));
        }

        output.Write('\n');
    }
}
