using MarketMaker.Contracts;
using MarketMaker.Ledger.Printing;
using MarketMaker.Records;
using Parquet;
using Parquet.Schema;

namespace MarketMaker.Ledger.Export;

/// <summary>Transactions as Parquet: amounts are decimals, times are microseconds in UTC. One row group a batch.</summary>
/// <remarks>Columns are written one by one; the library's serializer of classes finds properties at run time, which Native AOT forbids.</remarks>
internal sealed class ParquetExport : IExportWriter
{
    /// <summary>Rows of a group: large enough to compress, small enough to hold.</summary>
    public const int RowsPerGroup = 65_536;

    private static readonly DataField Id = new("id", typeof(long), isNullable: false);
    private static readonly DataField Kind = new("kind", typeof(string), isNullable: false);
    private static readonly DateTimeDataField ExecutedAt = new("executed_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: false);
    private static readonly DataField Ticker = new("ticker", typeof(string), isNullable: true);
    private static readonly DataField Action = new("action", typeof(string), isNullable: true);
    private static readonly DataField Quantity = new("quantity", typeof(int), isNullable: false);
    private static readonly DecimalDataField Price = new("price", 14, 4, isNullable: false);
    private static readonly DecimalDataField CashAmount = new("cash_amount", 20, 4, isNullable: false);
    private static readonly DataField Reason = new("reason", typeof(string), isNullable: true);
    private static readonly DataField Session = new("venue_session", typeof(string), isNullable: true);
    private static readonly DataField Sequence = new("venue_sequence", typeof(long), isNullable: false);
    private static readonly DataField Match = new("match_number", typeof(ulong), isNullable: false);
    private static readonly DataField Checksum = new("checksum", typeof(ulong), isNullable: false);
    private static readonly ParquetSchema Schema = new(Id, Kind, ExecutedAt, Ticker, Action, Quantity, Price, CashAmount, Reason, Session, Sequence, Match, Checksum);

    private readonly ParquetWriter _writer;

    private ParquetExport(ParquetWriter writer) => _writer = writer;

    public static async Task<ParquetExport> Create(Stream file) => new(await ParquetWriter.CreateAsync(Schema, file));

    public async Task Write(ReadOnlyMemory<Transaction> transactions)
    {
        Transaction[] rows = transactions.ToArray();
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(Id, Array.ConvertAll(rows, row => row.Id));
        await group.WriteAsync(Kind, Array.ConvertAll(rows, row => RecordFormat.Kind(row.Kind)));
        await group.WriteAsync<DateTime>(ExecutedAt, Array.ConvertAll(rows, row => DateTime.UnixEpoch.AddTicks(row.ExecutedAtNs / TimeSpan.NanosecondsPerTick)));
        await group.WriteAsync(Ticker, Array.ConvertAll(rows, row => OrNull(RecordFormat.Ticker(row.Symbol))));
        await group.WriteAsync(Action, Array.ConvertAll(rows, row => OrNull(RecordFormat.Action(row.Side))));
        await group.WriteAsync<int>(Quantity, Array.ConvertAll(rows, row => row.QuantityShares));
        await group.WriteAsync<decimal>(Price, Array.ConvertAll(rows, row => Dollars(row.Price)));
        await group.WriteAsync<decimal>(CashAmount, Array.ConvertAll(rows, row => Dollars(row.CashAmount)));
        await group.WriteAsync(Reason, Array.ConvertAll(rows, row => OrNull(RecordFormat.Reason(row.Kind, row.ReasonCode))));
        await group.WriteAsync(Session, Array.ConvertAll(rows, row => OrNull(row.Session.ToString())));
        await group.WriteAsync<long>(Sequence, Array.ConvertAll(rows, row => row.Sequence));
        await group.WriteAsync<ulong>(Match, Array.ConvertAll(rows, row => row.MatchNumber));
        await group.WriteAsync<ulong>(Checksum, Array.ConvertAll(rows, row => row.Checksum));
        group.CompleteValidate();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static decimal Dollars(long units) => (decimal)units / Money.UnitsPerDollar;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
