using System.Globalization;
using System.Text;
using MarketMaker.Ledger.Printing;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Export;

/// <summary>Transactions as CSV: dollars with four decimals, times in UTC.</summary>
internal sealed class CsvExport : IExportWriter
{
    private readonly StreamWriter _text;

    public CsvExport(Stream file)
    {
        _text = new StreamWriter(file, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);
        Csv.WriteLine(_text, "id", "kind", "executed_at", "ticker", "action", "quantity", "price", "cash_amount", "reason", "venue_session", "venue_sequence", "match_number", "checksum");
    }

    public Task Write(ReadOnlyMemory<Transaction> transactions)
    {
        foreach (ref readonly Transaction one in transactions.Span)
        {
            Csv.WriteLine(_text, Text(one.Id), RecordFormat.Kind(one.Kind), RecordFormat.Time(one.ExecutedAtNs), RecordFormat.Ticker(one.Symbol), RecordFormat.Action(one.Side),
                Text(one.QuantityShares), RecordFormat.Dollars(one.Price), RecordFormat.Dollars(one.CashAmount), RecordFormat.Reason(one.Kind, one.ReasonCode), one.Session.ToString(),
                Text(one.Sequence), one.MatchNumber.ToString(CultureInfo.InvariantCulture), one.Checksum.ToString("x16", CultureInfo.InvariantCulture));
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _text.DisposeAsync();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
