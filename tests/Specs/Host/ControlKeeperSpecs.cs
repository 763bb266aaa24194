using MarketMaker.Host;
using MarketMaker.Platform.Control;
using MarketMaker.Platform.Threads;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketMaker.Tests.Specs.Host;

public sealed class ControlKeeperSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-keeper-").FullName;
    private readonly ControlFiles _files;

    public ControlKeeperSpecs()
    {
        _files = new ControlFiles(Path.Combine(_folder, "control", "switch"));
        ControlKeeper.Make(_files.OrderPath);
    }

    [Fact]
    public void should_trade_after_the_files_were_made()
    {
        using ControlKeeper keeper = OpenKeeper();
        Assert.False(keeper.Gate.IsOpen);
        keeper.Gate.Open();
        Assert.True(keeper.Gate.IsOpen);
    }

    [Fact]
    public void should_not_end_a_halt_by_making_the_files_again()
    {
        Panel().Halt("");
        ControlKeeper.Make(_files.OrderPath);
        using ControlKeeper keeper = OpenKeeper();
        Assert.Equal(StopReasons.Person, keeper.Gate.Look().Latched.Sends);
    }

    [Fact]
    public async Task should_confirm_a_command_and_keep_it_over_a_restart()
    {
        using (ControlKeeper keeper = OpenKeeper())
        {
            keeper.Gate.Open();
            Task<ControlOutcome> command = Task.Run(() => Panel().Halt("drill"));
            while (!command.IsCompleted) keeper.DoWork();
            Assert.Equal(ControlResult.Taken, (await command).Result);
            Assert.False(keeper.Gate.IsOpen);
        }

        using (ControlKeeper keeper = OpenKeeper())
        {
            keeper.Gate.Open();
            Assert.Equal(StopReasons.Person, keeper.Gate.Look().Sends);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_remember_a_halt_of_which_only_the_page_or_only_the_text_is_left(bool isPageLost)
    {
        Panel().Halt("");
        if (isPageLost) File.Delete(_files.FlagPath);
        else File.WriteAllText(_files.OrderPath, "resume\n");
        using ControlKeeper keeper = OpenKeeper();
        keeper.Gate.Open();
        Assert.False(keeper.Gate.IsOpen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage\n")]
    [InlineData(null)]
    public void should_halt_at_the_start_by_a_text_that_is_garbage_or_gone(string? text)
    {
        if (text is null) File.Delete(_files.OrderPath);
        else File.WriteAllText(_files.OrderPath, text);
        using (ControlKeeper keeper = OpenKeeper())
        {
            Assert.Equal(StopReasons.ControlFile, keeper.Gate.Look().Latched.Sends);
        }

        Assert.Equal(ControlResult.Refused, Panel().Resume("").Result);
        Assert.Equal(ControlResult.NoEngine, Panel().Resume("", StopReasons.ControlFile).Result);
        using ControlKeeper next = OpenKeeper();
        Assert.Equal(default, next.Gate.Look().Latched);
    }

    [Theory]
    [InlineData("halt\n", StopReasons.Person, StopReasons.None)]
    [InlineData("reduce\n", StopReasons.None, StopReasons.Person)]
    [InlineData("rubbish", StopReasons.ControlFile, StopReasons.None)]
    public void should_obey_a_text_that_is_written_by_hand_while_it_runs(string text, StopReasons sends, StopReasons buys)
    {
        using ControlKeeper keeper = OpenKeeper();
        keeper.Gate.Open();
        File.WriteAllText(_files.OrderPath, text);
        keeper.DoWork();
        Assert.Equal(new GateWord(sends, buys), keeper.Gate.Look().Latched);
        Assert.Single(File.ReadAllLines(_files.AuditPath));
        // A word by hand never resumes.
        File.WriteAllText(_files.OrderPath, "resume\n");
        keeper.DoWork();
        Assert.Equal(new GateWord(sends, buys), keeper.Gate.Look().Latched);
    }

    [Fact]
    public void should_write_down_what_the_engine_halted_itself_for()
    {
        using (ControlKeeper keeper = OpenKeeper())
        {
            keeper.Gate.StopSending(StopReasons.DayLoss | StopReasons.Fault, stop: true);
            keeper.DoWork();
        }

        // Also when the page is lost.
        File.Delete(_files.FlagPath);
        using ControlKeeper next = OpenKeeper();
        next.Gate.Open();
        Assert.Equal(StopReasons.DayLoss, next.Gate.Look().Sends);
        Assert.Contains("the engine\tday-loss", File.ReadAllText(_files.AuditPath), StringComparison.Ordinal);
    }

    [Fact]
    public void should_look_anew_at_what_ended_an_earlier_run()
    {
        using (ControlKeeper keeper = OpenKeeper())
        {
            keeper.Gate.StopSending(StopReasons.JournalFailed | StopReasons.Stopping | StopReasons.Ids, stop: true);
            keeper.Gate.StopBuying(StopReasons.Disk, stop: true);
        }

        using ControlKeeper next = OpenKeeper();
        Assert.Equal(new GateWord(StopReasons.NotOpen, StopReasons.None), next.Gate.Look());
    }

    [Fact]
    public void should_refuse_to_start_where_others_could_command()
    {
        File.SetUnixFileMode(_files.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
        EngineStartException refusal = Assert.Throws<EngineStartException>(() => OpenKeeper());
        Assert.Contains($"chmod go-w {_files.Folder}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_not_let_a_breaker_that_speaks_during_a_resume_be_lost()
    {
        Panel().Halt("");
        using ControlKeeper keeper = OpenKeeper();
        keeper.Gate.StopSending(StopReasons.Watchdog, stop: true);
        Assert.Equal(ControlResult.Refused, Panel().Resume("").Result);
        Assert.Equal(StopReasons.Person | StopReasons.Watchdog, keeper.Gate.Look().Latched.Sends);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ControlPanel Panel() => new(_files, TimeSpan.FromSeconds(5));

    private ControlKeeper OpenKeeper() => ControlKeeper.Open(_files.OrderPath, NullLogger.Instance);
}
