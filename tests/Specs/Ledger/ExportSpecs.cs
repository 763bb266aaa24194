using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Commands;
using Parquet;
using Parquet.Schema;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class ExportSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-export-").FullName;
    private readonly JournalRecord[] _records = Chain([.. Executions(9), Adjustment(10, AdjustmentReason.Deposit, cash: -12_3456)]);

    private string Target => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task should_export_every_transaction_as_csv()
    {
        Assert.Equal(10, await Export(asParquet: false));
        string[] lines = await File.ReadAllLinesAsync(Target);
        Assert.Equal(11, lines.Length);
        Assert.Equal($"{Id(3)},EXECUTION,2025-06-16T14:00:00.0030000Z,MSFT,SELL,3,50.0003,0.0000,,S1,9,30,{_records[2].Checksum:x16}", lines[3]);
        Assert.StartsWith($"{Id(10)},ADJUSTMENT,2025-06-16T14:00:00.0100000Z,,BUY,0,0.0000,-12.3456,deposit,,0,0,", lines[10], StringComparison.Ordinal);
    }

    [Fact]
    public async Task should_export_parquet_that_reads_back_the_same()
    {
        Assert.Equal(10, await Export(asParquet: true));
        await using ParquetReader reader = await ParquetReader.CreateAsync(Target);
        Assert.Equal(1, reader.RowGroupCount);
        Assert.Equal(["id", "kind", "executed_at", "ticker", "action", "quantity", "price", "cash_amount", "reason", "venue_session", "venue_sequence", "match_number", "checksum"],
            reader.Schema.GetDataFields().Select(field => field.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(_records.Select(record => record.Id), await Values<long>("id"));
        Assert.Equal(_records.Select(record => record.Price / 10_000m), await Values<decimal>("price"));
        Assert.Equal(-12.3456m, (await Values<decimal>("cash_amount"))[9]);
        Assert.Equal(_records.Select(record => DateTime.UnixEpoch.AddTicks(record.ExecutedAtNs / 100)), await Values<DateTime>("executed_at"));
        Assert.Equal(_records.Select(record => record.Checksum), await Values<ulong>("checksum"));

        async Task<T[]> Values<T>(string name) where T : struct
        {
            DataField field = reader.Schema.GetDataFields().Single(field => field.Name == name);
            T[] values = new T[10];
            await group.ReadAsync<T>(field, values);
            return values;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task should_leave_the_old_file_and_no_other_when_it_is_stopped(bool asParquet)
    {
        await File.WriteAllTextAsync(Target, "old");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => ExportCommand.Export(() => new ArraySource(_records), Target, asParquet, _ => { }, stop.Token));
        await Assert.ThrowsAsync<JournalException>(() => ExportCommand.Export(() => throw new JournalException("damaged"), Target, asParquet, _ => { }, CancellationToken.None));
        Assert.Equal("old", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    private Task<long> Export(bool asParquet) => ExportCommand.Export(() => new ArraySource(_records), Target, asParquet, _ => { }, CancellationToken.None);
}
