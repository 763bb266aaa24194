using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class StrategyStateSpecs : IDisposable
{
    private const int Today = 2026_11_23;
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-strategy-").FullName;
    private readonly Universe _universe;

    public StrategyStateSpecs()
    {
        Symbol[] names = [.. Enumerable.Range(0, 150).Select(i => Symbol.Parse($"T{i:D3}"))];
        Assert.True(Universe.TryCreate(names, out Universe? universe, out _));
        _universe = universe!;
    }

    private string File => Path.Combine(_folder, "strategy.state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_take_everything_back_on_the_same_day()
    {
        DecisionCore core = Traded();
        Write(core);
        Assert.Null(StrategyStateFile.Read(File, _universe, Today, out StrategyState state));
        Assert.Equal(core.OpeningEquity, state.OpeningEquity);
        Assert.Equal(new DayRange(102_0000, 102_0000, 103_0000), state.Range(7));
        Assert.Equal(default, state.Range(8));
        // Ten dollars a second was the prior; ticker 7 has seen a buyer since.
        Assert.InRange(state.SellRate(8), 99_000, 100_100);
        Assert.True(state.SellRate(7) > 105_000, $"{state.SellRate(7)}");
        Assert.Equal(102_0000, Restarted(state).OpenPriceOf(7));
    }

    [Fact]
    public void should_take_only_the_sell_rates_on_a_new_day()
    {
        Write(Traded());
        Assert.Null(StrategyStateFile.Read(File, _universe, Today + 1, out StrategyState state));
        Assert.Equal(StrategyState.Unknown, state.OpeningEquity);
        Assert.Equal(default, state.Range(7));
        Assert.True(state.SellRate(7) > 105_000);
    }

    [Fact]
    public void should_write_the_new_day_with_nothing_of_the_old_one_even_half_copied()
    {
        DecisionCore core = Traded();
        core.Snapshot.Ask();
        core.ServeSnapshot();
        core.OnPrice(Events.NewDay(Today + 1));
        core.OnPrice(Events.Price(8, 55_0000));
        for (int turn = 0; turn < 3; turn++)
        {
            Assert.False(core.Snapshot.IsReady);
            core.ServeSnapshot();
        }

        Assert.Equal(0, new StrategyStateFile(File, _universe, Today).TryWrite(core.Snapshot));
        Assert.Null(StrategyStateFile.Read(File, _universe, Today + 1, out StrategyState state));
        Assert.Equal((default, new DayRange(55_0000, 55_0000, 55_0000)), (state.Range(7), state.Range(8)));
        Assert.Equal(core.OpeningEquity, state.OpeningEquity);
    }

    [Fact]
    public void should_pass_over_tickers_that_are_gone_and_know_nothing_of_new_ones()
    {
        Write(Traded());
        Assert.True(Universe.TryCreate([Symbol.Parse("NEW"), Symbol.Parse("T007")], out Universe? other, out _));
        Assert.Null(StrategyStateFile.Read(File, other!, Today, out StrategyState state));
        Assert.Equal(StrategyState.Unknown, state.SellRate(0));
        Assert.Equal(102_0000, state.Range(1).Open);
    }

    [Fact]
    public void should_believe_nothing_of_a_file_with_any_byte_changed_or_cut()
    {
        Write(Traded());
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            Refused(changed);
            if (i % 16 == 0) Refused(whole[..i]);
        }

        void Refused(byte[] content)
        {
            System.IO.File.WriteAllBytes(File, content);
            Assert.NotNull(StrategyStateFile.Read(File, _universe, Today, out StrategyState state));
            Assert.Equal((StrategyState.Unknown, StrategyState.Unknown, default(DayRange)), (state.OpeningEquity, state.SellRate(7), state.Range(7)));
        }
    }

    [Fact]
    public void should_say_that_there_is_none_yet()
    {
        Assert.Contains("not there yet", StrategyStateFile.Read(File, _universe, Today, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void should_keep_the_old_file_and_say_why_when_it_cannot_write()
    {
        StrategyStateFile nowhere = new(Path.Combine(_folder, "none", "strategy.state"), _universe, Today);
        Assert.Equal(2, nowhere.TryWrite(Copied(Traded())));
        StrategyStateFile file = new(File, _universe, Today);
        Assert.Equal(0, file.TryWrite(Copied(Traded())));
        string before = System.IO.File.ReadAllText(File);
        // The temporary file's name is taken by a folder.
        Directory.CreateDirectory(File + ".tmp");
        Assert.NotEqual(0, file.TryWrite(Copied(Restarted(StrategyState.Nothing).Core)));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void should_keep_the_old_file_when_the_disk_is_full_and_write_again_when_it_is_not()
    {
        const int NoSpace = 28;
        StrategyStateFile file = new(File, _universe, Today);
        Assert.Equal(0, file.TryWrite(Copied(Traded())));
        string before = System.IO.File.ReadAllText(File);
        System.IO.File.CreateSymbolicLink(File + ".tmp", "/dev/full");
        Assert.Equal(NoSpace, file.TryWrite(Copied(Restarted(StrategyState.Nothing).Core)));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
        System.IO.File.Delete(File + ".tmp");
        Assert.Equal(0, file.TryWrite(Copied(Restarted(StrategyState.Nothing).Core)));
        Assert.Null(StrategyStateFile.Read(File, _universe, Today, out _));
        Assert.NotEqual(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void should_write_a_whole_market_in_parts_and_allocate_nothing()
    {
        const int Tickers = 5_000;
        Assert.True(Universe.TryCreate([.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:D4}"))], out Universe? universe, out _));
        DecisionCore core = new(new DecisionOptions(), new TradeBook(Tickers, 1_000_000L * Money.UnitsPerDollar));
        core.OnPrice(Events.Tick(1));
        for (ushort i = 0; i < Tickers; i++) core.OnPrice(Events.Price(i, 100_0000 + i));
        StrategyStateFile file = new(File, universe!, Today);
        file.TryWrite(Copied(core));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int error = file.TryWrite(Copied(core));
        Assert.Equal((0, 0L), (error, GC.GetAllocatedBytesForCurrentThread() - before));
        Assert.Null(StrategyStateFile.Read(File, universe!, Today, out StrategyState state));
        Assert.Equal(Enumerable.Range(0, Tickers).Select(i => 100_0000 + i), Enumerable.Range(0, Tickers).Select(i => state.Range(i).Open));
    }

    private DecisionCore Traded()
    {
        DecisionCore core = new(new DecisionOptions(), new TradeBook(_universe.Count, 1_000_000L * Money.UnitsPerDollar));
        core.OnPrice(Events.Tick(1));
        core.OnPrice(Events.Price(7, 102_0000));
        core.OnPrice(Events.Price(7, 103_0000));
        core.Judge(Events.Offer(Side.Buy, 103_0000, 100, ticker: 7, fair: 101_0000), TradingStops.None, out _, out _);
        return core;
    }

    private void Write(DecisionCore core) => Assert.Equal(0, new StrategyStateFile(File, _universe, Today).TryWrite(Copied(core)));

    private static StrategySnapshot Copied(DecisionCore core)
    {
        core.Snapshot.Release();
        core.Snapshot.Ask();
        for (int turn = 0; !core.Snapshot.IsReady; turn++)
        {
            Assert.True(turn < 100);
            core.ServeSnapshot();
        }

        return core.Snapshot;
    }

    private (DecisionCore Core, Func<int, int> OpenPriceOf) Restarted(StrategyState state)
    {
        DecisionCore core = new(new DecisionOptions(), new TradeBook(_universe.Count, 1), state);
        // The day's first price is known already: a later one does not take its place.
        core.OnPrice(Events.Price(7, 999_0000));
        return (core, ticker => Copied(core).Range(ticker).Open);
    }
}
