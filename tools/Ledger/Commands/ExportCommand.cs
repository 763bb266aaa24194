using System.CommandLine;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Ledger.Export;
using MarketMaker.Platform.Files;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Commands;

/// <summary><c>mm-ledger export</c>: every transaction, as a file for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string> format = new("--format") { Description = "csv or parquet.", Required = true };
        format.AcceptOnlyFromAmong("csv", "parquet");
        Option<string> file = new("--out") { Description = "The file; one that is there is replaced when the new one is whole.", Required = true };
        Command command = new("export", "Writes every transaction into a file. The file is there whole or not at all.")
        {
            format, file, common.From, common.Database, common.PasswordFile,
        };
        command.SetAction(parsed => common.Run(parsed, (settings, output) =>
        {
            using BookSource source = BookSource.Open(settings, parsed.GetValue(common.From) == "database");
            string path = parsed.GetRequiredValue(file);
            bool asParquet = parsed.GetValue(format) == "parquet";
            long rows = LongWork.Run("exporting", source.Count, progress => Export(source.Read, path, asParquet, progress, common.Stop).GetAwaiter().GetResult());
            output.WriteLine($"{rows} transactions are in {path}");
            return ExitStatus.Success;
        }));
        return command;
    }

    internal static async Task<long> Export(Func<ITransactionSource> open, string path, bool asParquet, Action<long> progress, CancellationToken stop)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            long rows;
            await using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                await using (IExportWriter writer = asParquet ? await ParquetExport.Create(file) : new CsvExport(file)) rows = await Copy(open, writer, progress, stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return rows;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<long> Copy(Func<ITransactionSource> open, IExportWriter writer, Action<long> progress, CancellationToken stop)
    {
        using ITransactionSource source = open();
        Transaction[] batch = new Transaction[ParquetExport.RowsPerGroup];
        long rows = 0;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            int filled = 0, count;
            while (filled < batch.Length && (count = source.Read(batch.AsSpan(filled))) > 0) filled += count;
            if (filled == 0) return rows;
            await writer.Write(batch.AsMemory(0, filled));
            progress(rows += filled);
        }
    }
}
