using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class RestoreSpecs : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"mm-restore-{Guid.NewGuid():N}", RestoreFile.NameOf("NODE1"));

    public RestoreSpecs() => Directory.CreateDirectory(Path.GetDirectoryName(_path)!);

    [Fact]
    public void should_read_back_what_was_written()
    {
        Lost().Write(_path);
        Assert.Equal("restore-NODE1.state", Path.GetFileName(_path));
        RestoreFile read = RestoreFile.Read(_path);
        Assert.Equivalent(Lost(), read, strict: true);
        RestoreFile nothing = new() { Node = "N", OpeningCash = 0, Cash = -5, Transactions = 0, PositionsShares = new Dictionary<Symbol, long>() };
        nothing.Write(_path);
        Assert.Equivalent(nothing, RestoreFile.Read(_path), strict: true);
    }

    [Fact]
    public void should_refuse_a_file_with_any_byte_changed_or_cut()
    {
        Lost().Write(_path);
        byte[] whole = File.ReadAllBytes(_path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            CheckDamaged(damaged);
            CheckDamaged(whole[..at]);
        }

        File.Delete(_path);
        Assert.Contains("mm-shipper restore", Assert.Throws<JournalException>(() => RestoreFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_begin_where_the_database_ends()
    {
        using JournalBench bench = new(from: Lost());
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal((OpeningCash - 1_234, 1_000_002, true), (state.Cash, state.Transactions, state.WasKilled));
        Assert.Equal((60, -7, 5), (state.PositionOf(Symbol.Parse("AAPL")), state.PositionOf(Symbol.Parse("MSFT")), state.PositionOf(Symbol.Parse("GONE"))));
        // From the first message on: what is still open, the database cannot tell.
        Assert.Equal(("S1", 20L, 1L, 20250616), (state.Session.ToString(), state.BookedThrough, state.ReplayFrom, state.TradingDate));
        Assert.Equal(Lost().Executions, state.Executions);
        Assert.Equal((1_000_002, 900_000), (bench.Counters.Read(Counter.JournalBooked), bench.Counters.Read(Counter.JournalBuys)));
        using JournalReader reader = bench.Store.OpenReader();
        Assert.Equal((OpeningCash - 1_234, 1_000_002), (reader.Genesis()!.Cash, reader.Genesis()!.Transactions));
    }

    [Fact]
    public void should_book_from_the_replay_what_the_database_had_not_and_nothing_twice()
    {
        using JournalBench bench = new(from: Lost());
        bench.Book(Message(1), Message(2, replayFrom: 2), Executed(18, 71), Executed(20, 72), Executed(21, 73), Message(22), Executed(23, 74));
        Assert.Equal([73UL, 74UL], bench.Records().Select(record => record.MatchNumber));
        Assert.Equal(2, bench.Counters.Read(Counter.JournalDuplicates));
        ResponseEvent broken = Executed(24, 72, Side.Sell, 40, 60_0000);
        broken.Kind = ResponseKind.Broken;
        bench.Book(broken);
        bench.Restart();
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal(1_000_005, state.Transactions);
        Assert.Equal(60 + 200 + 40, state.PositionOf(Symbol.Parse("AAPL")));
        Assert.Equal([70UL, 71UL, 73UL, 74UL], state.Executions.Select(execution => execution.MatchNumber));
        Assert.Equal(0UL, bench.Records()[0].PreviousChecksum);
    }

    [Fact]
    public void should_forget_the_lost_executions_when_their_session_is_over()
    {
        using JournalBench bench = new(from: Lost());
        bench.Book(Executed(21, 73), Executed(1, 1, session: "S2"));
        bench.Restart();
        Assert.Equal([1UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
        bench.Book(Executed(22, 74));
        bench.Restart();
        Assert.Equal([73UL, 74UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
    }

    [Fact]
    public void should_load_no_more_executions_than_there_is_room_for()
    {
        using JournalBench bench = new(DefaultOptions() with { ExecutionsMax = 2 }, from: Lost());
        Assert.Equal([71UL, 72UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
        bench.Book(Executed(21, 73));
        bench.Restart();
        Assert.Equal([72UL, 73UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
    }

    [Fact]
    public void should_refuse_the_file_of_another_node_or_of_other_opening_cash_and_leave_nothing()
    {
        JournalOptions options = DefaultOptions();
        Assert.Contains("node NODE2", Refusal(options, Lost() with { Node = "NODE2" }), StringComparison.Ordinal);
        Assert.Contains("[capital]", Refusal(options, Lost() with { OpeningCash = 1 }), StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.Path));
    }

    [Fact]
    public void should_never_restore_over_a_journal()
    {
        using JournalBench bench = new(start: false);
        Assert.Contains("never overwritten", Refusal(bench.Options, Lost()), StringComparison.Ordinal);
    }

    [Fact]
    public void should_make_a_journal_behind_an_init_that_was_killed()
    {
        JournalOptions options = DefaultOptions();
        Directory.CreateDirectory(Path.Combine(options.Path, "init.tmp"));
        File.WriteAllText(Path.Combine(options.Path, "init.tmp", "data.mdb"), "half");
        Assert.Contains("there is no journal", Assert.Throws<JournalException>(() => JournalStore.Open(options)).Message, StringComparison.Ordinal);
        JournalMeta meta = JournalStore.Init(options);
        Assert.Equal(meta, JournalReader.ReadMeta(options.Path));
        Assert.False(Directory.Exists(Path.Combine(options.Path, "init.tmp")));
        Directory.Delete(options.Path, recursive: true);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private static string Refusal(JournalOptions options, RestoreFile from) => Assert.Throws<JournalException>(() => JournalStore.Init(options, from)).Message;

    private void CheckDamaged(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        Assert.Contains("damaged", Assert.Throws<JournalException>(() => RestoreFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    private static RestoreFile Lost() => new()
    {
        Node = "NODE1",
        OpeningCash = OpeningCash,
        Cash = OpeningCash - 1_234,
        Transactions = 1_000_002,
        Buys = 900_000,
        Sells = 100_002,
        SharesBought = 5_000_000,
        SharesSold = 4_999_942,
        Session = Session("S1"),
        TradingDate = 20250616,
        BookedThrough = 20,
        PositionsShares = new Dictionary<Symbol, long> { [Symbol.Parse("AAPL")] = 60, [Symbol.Parse("MSFT")] = -7, [Symbol.Parse("GONE")] = 5 },
        Executions =
        [
            new(70, Symbol.Parse("GONE"), Side.Buy, 1_0000, 5, 11),
            new(71, Symbol.Parse("AAPL"), Side.Buy, 50_0000, 100, 12),
            new(72, Symbol.Parse("AAPL"), Side.Sell, 60_0000, 40, uint.MaxValue),
        ],
    };
}
