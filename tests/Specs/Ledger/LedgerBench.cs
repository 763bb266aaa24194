using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Commands;
using MarketMaker.Ledger.Verification;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Ledger;

/// <summary>A journal in a temporary folder whose records the test chooses, so that it can leave out, exchange and damage some.</summary>
internal sealed class LedgerBench : IDisposable
{
    public LedgerBench(params IEnumerable<JournalRecord> records)
    {
        Meta = JournalStore.Init(Options);
        Put([.. records]);
    }

    public JournalOptions Options { get; } = JournalBench.DefaultOptions();

    public JournalMeta Meta { get; }

    public static long Id(int counter) => TransactionId.Of(7, counter);

    public static JournalRecord Fill(int counter, Side side = Side.Buy, int quantity = 100, int price = 50_0000, string ticker = "AAPL", string session = "S1") => new()
    {
        Version = JournalRecord.CurrentVersion,
        Kind = JournalRecordKind.Execution,
        Id = Id(counter),
        Side = side,
        Symbol = Symbol.Parse(ticker),
        Session = JournalBench.Session(session),
        VenueSequence = counter * 3,
        MatchNumber = (ulong)counter * 10,
        QuantityShares = quantity,
        Price = price,
        UserRefNum = (uint)counter,
        ExecutedAtNs = new DateTimeOffset(2025, 6, 16, 14, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000 + counter * 1_000_000L,
    };

    /// <summary>The break of an execution.</summary>
    public static JournalRecord BreakOf(JournalRecord execution, int counter) => execution with
    {
        Kind = JournalRecordKind.Break,
        Id = Id(counter),
        VenueSequence = counter * 3,
        ReasonCode = (byte)'E',
    };

    public static JournalRecord Adjustment(int counter, byte reason, long cash = 0, string? ticker = null, long shares = 0, int price = 0) => new()
    {
        Version = JournalRecord.CurrentVersion,
        Kind = JournalRecordKind.Adjustment,
        Id = Id(counter),
        ReasonCode = reason,
        CashAmount = cash,
        Symbol = ticker is null ? default : Symbol.Parse(ticker),
        Side = shares < 0 ? Side.Sell : Side.Buy,
        QuantityShares = (int)Math.Abs(shares),
        Price = price,
        ExecutedAtNs = Fill(counter).ExecutedAtNs,
    };

    /// <summary>So many executions, one after the other.</summary>
    public static JournalRecord[] Executions(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Fill(i, i % 3 == 0 ? Side.Sell : Side.Buy, i, 50_0000 + i, i % 2 == 0 ? "AAPL" : "MSFT"))];

    /// <summary>Seals records and chains them in their order.</summary>
    public static JournalRecord[] Chain(params JournalRecord[] records)
    {
        ulong previous = 0;
        for (int i = 0; i < records.Length; i++)
        {
            records[i].PreviousChecksum = previous;
            RecordChecksum.Seal(ref records[i]);
            previous = records[i].Checksum;
        }

        return records;
    }

    public JournalReader OpenReader() => JournalReader.Open(Options.Path);

    public (List<(long Id, string Problem)> Problems, VerifyResult Result) Verify()
    {
        List<(long, string)> problems = [];
        using JournalReader reader = OpenReader();
        return (problems, new JournalVerifier(reader, (id, problem) => problems.Add((id, problem))).Run());
    }

    public string Print(string format = "text", long after = 0, string? ticker = null, long count = 0)
    {
        using JournalReader reader = OpenReader();
        using StringWriter output = new();
        PrintCommand.Print(reader, output, after, ticker is null ? null : Symbol.Parse(ticker), count, format);
        return output.ToString();
    }

    public void Put(params JournalRecord[] records) => Forge(Options, records);

    /// <summary>Changes a record's bytes where they lie.</summary>
    public void Damage(long id, Action<byte[]> change) => Edit((transaction, table) =>
    {
        Assert.Equal(LmdbStatus.Success, transaction.Get(table, id, out ReadOnlySpan<byte> value));
        byte[] bytes = value.ToArray();
        change(bytes);
        Assert.Equal(LmdbStatus.Success, transaction.Put(table, id, bytes));
    });

    public void Dispose() => Directory.Delete(Options.Path, recursive: true);

    /// <summary>Puts records into any journal that is closed.</summary>
    public static void Forge(JournalOptions options, JournalRecord[] records) => Edit(options, (transaction, table) =>
    {
        for (int i = 0; i < records.Length; i++) Assert.Equal(LmdbStatus.Success, transaction.Put(table, records[i].Id, StructBytes.Of(ref records[i])));
    });

    private void Edit(Action<LmdbTransaction, LmdbDatabase> edit) => Edit(Options, edit);

    private static void Edit(JournalOptions options, Action<LmdbTransaction, LmdbDatabase> edit)
    {
        using LmdbEnvironment environment = LmdbEnvironment.OpenWrite(options.Path, options.MapBytes);
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction));
        Assert.Equal(LmdbStatus.Success, transaction.OpenDatabase("executions", LmdbDatabaseOptions.IntegerKey, out LmdbDatabase table));
        edit(transaction, table);
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }
}
