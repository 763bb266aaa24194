using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Printing;
using MarketMaker.OperatorConsole.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarketMaker.Tests.Specs.OperatorConsole;

public sealed class ScreenSpecs : IDisposable
{
    private readonly ScriptedCounters _engine = new([.. Enumerable.Range(0, 60).Select(i => $"T{i:00}")]);

    public ScreenSpecs()
    {
        // The largest figures that may come: what fits then fits always.
        _engine.File.Set(Counter.DecisionEquity, 1_234_567_890_123_4567);
        _engine.File.Set(Counter.DecisionOpeningEquity, 1_334_567_890_123_4567);
        _engine.File.Set(Counter.DecisionCashFree, 1_234_567_890_123_4567);
        _engine.File.Set(Counter.DecisionInventoryValue, -1_234_567_890_123_4567);
        foreach (StageCounters stage in StageList.All) _engine.File.Set(stage.DutyCycles, 1);
        for (int i = 0; i < 8; i++)
        {
            _engine.File.Set(Counter.RingsOffersSlots + i * 4, 65_536);
            _engine.File.Set(Counter.RingsOffersHighWater + i * 4, 65_536);
            _engine.File.Set(Counter.RingsOffersRecentHighWater + i * 4, 65_536);
        }

        foreach (HopHistogram hop in Enum.GetValues<HopHistogram>().Where(hop => hop != HopHistogram.Count)) _engine.File[hop].Record(999_999_999);
        foreach (RefusalReason reason in Enum.GetValues<RefusalReason>().Skip(1)) _engine.File.Refuse(Counter.DecisionRefused, reason);
        for (int i = 0; i < 60; i++) _engine.File.Tickers[i].Used = _engine.File.Tickers[i].PositionShares = 999_999_999_9999 - i;
        for (Alarm alarm = 0; alarm < Alarm.Count; alarm++) _engine.File.Set(Counter.AlarmSince + (int)alarm, 1);
        _engine.File.Set(Counter.HostState, (long)EngineState.Halted);
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(200, 60)]
    public void should_fill_the_terminal_exactly_on_every_page(int width, int height)
    {
        EngineFigures figures = _engine.Figures();
        foreach (ScreenPage page in Enum.GetValues<ScreenPage>())
        {
            string[] lines = Draw(Screen.Draw(figures, new ScreenState { Page = page }, width, height), width);
            Assert.Equal(height, lines.Length);
            Assert.All(lines, line => Assert.True(line.Length <= width, $"{page} {width}: {line.Length} characters: {line}"));
        }
    }

    [Fact]
    public void should_show_on_the_smallest_terminal_state_alarms_pipeline_money_and_lags()
    {
        string screen = string.Join('\n', Draw(Screen.Draw(_engine.Figures(), new ScreenState(), 80, 23), 80));
        Assert.All((string[])["HALTED", "person-halt", "Feed", "offers", "Execution", "equity", "database", "prices", "journal", "q quit"], text => Assert.Contains(text, screen, StringComparison.Ordinal));
    }

    [Fact]
    public void should_show_only_tickers_that_pass_the_filter()
    {
        string screen = string.Join('\n', Draw(Screen.Draw(_engine.Figures(), new ScreenState { Page = ScreenPage.Tickers, Filter = "t07" }, 80, 23), 80));
        Assert.Contains("1 of 60 tickers", screen, StringComparison.Ordinal);
        Assert.Contains("T07", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("T08", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void should_take_letters_into_the_filter_only_while_it_is_typed()
    {
        ScreenState state = new();
        ScreenKeys keys = new(state, player: null, killSwitch: null);
        foreach (char letter in "/q1") Assert.True(keys.Press(Key(letter)));
        Assert.Equal(("q1", ScreenPage.Tickers), (state.Filter, state.Page));
        keys.Press(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false));
        Assert.False(keys.Press(Key('q')));
    }

    [Fact]
    public void should_trip_the_kill_switch_only_by_a_whole_word_and_enter()
    {
        string folder = Directory.CreateTempSubdirectory("mm-kill-").FullName;
        try
        {
            string control = Path.Combine(folder, "control", "marketmaker.control");
            ScreenState state = new();
            ScreenKeys keys = new(state, player: null, new KillSwitch(control));
            Type("khalx");
            Assert.Contains("nothing was changed", state.Note, StringComparison.Ordinal);
            Assert.False(File.Exists(control));
            Type("khalt");
            Assert.StartsWith("halted; no engine is running", state.Note, StringComparison.Ordinal);
            Assert.StartsWith("halt\n", File.ReadAllText(control), StringComparison.Ordinal);

            void Type(string letters)
            {
                foreach (char letter in letters) keys.Press(Key(letter));
                keys.Press(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void should_print_the_same_figures_as_text_and_json()
    {
        using StringWriter text = new();
        EngineFigures figures = _engine.Figures();
        FiguresPage.Write(figures, text);
        Assert.Contains("critical  person-halt", text.ToString(), StringComparison.Ordinal);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(FiguresJson.Indented(figures));
        Assert.Equal("HALTED", json.RootElement.GetProperty("state").GetString());
        Assert.Equal(60, json.RootElement.GetProperty("tickers").GetArrayLength());
    }

    private static ConsoleKeyInfo Key(char letter) => new(letter, default, false, false, false);

    private static string[] Draw(IRenderable screen, int width)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(screen);
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
