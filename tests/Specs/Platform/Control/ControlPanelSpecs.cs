using MarketMaker.Platform.Control;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Control;

public sealed class ControlPanelSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-control-").FullName;
    private readonly ControlFiles _files;
    private readonly ControlPanel _panel;

    public ControlPanelSpecs()
    {
        _files = new ControlFiles(Path.Combine(_folder, "control", "switch"));
        _panel = new ControlPanel(_files, TimeSpan.FromMilliseconds(200));
    }

    private GateWord Page
    {
        get
        {
            using ControlFlag flag = _files.OpenFlag();
            return flag.Gate.Look().Latched;
        }
    }

    [Fact]
    public void should_halt_an_engine_that_is_not_running_at_its_next_start()
    {
        ControlOutcome outcome = _panel.Halt("lunch");
        Assert.Equal(ControlResult.NoEngine, outcome.Result);
        Assert.Equal(StopReasons.Person, Page.Sends);
        Assert.StartsWith("halt\n", File.ReadAllText(_files.OrderPath), StringComparison.Ordinal);
    }

    [Fact]
    public void should_stop_the_buys_alone_and_lift_that_again()
    {
        _panel.Reduce("");
        Assert.Equal(new GateWord(StopReasons.None, StopReasons.Person), Page);
        Assert.Equal(ControlResult.NoEngine, _panel.Resume("").Result);
        Assert.Equal(default, Page);
    }

    [Fact]
    public void should_not_loosen_a_halt_by_a_reduce()
    {
        _panel.Halt("");
        _panel.Reduce("");
        Assert.False(Page.MaySend);
        Assert.StartsWith("halt\n", File.ReadAllText(_files.OrderPath), StringComparison.Ordinal);
    }

    [Fact]
    public void should_go_on_with_sales_alone_if_told_so()
    {
        _panel.Halt("");
        _panel.Resume("", reduceOnly: true);
        Assert.Equal(new GateWord(StopReasons.None, StopReasons.Person), Page);
    }

    [Fact]
    public void should_stay_halted_by_a_breaker_until_a_person_names_it()
    {
        using (ControlFlag flag = Opened()) flag.Gate.StopSending(StopReasons.DayLoss | StopReasons.Watchdog, stop: true);
        ControlOutcome refused = _panel.Resume("looks fine", StopReasons.DayLoss);
        Assert.Equal(ControlResult.Refused, refused.Result);
        Assert.Contains("--cause watchdog", refused.Text, StringComparison.Ordinal);
        Assert.Equal(StopReasons.DayLoss | StopReasons.Watchdog, Page.Sends);
        Assert.Equal(ControlResult.NoEngine, _panel.Resume("looked into", StopReasons.DayLoss | StopReasons.Watchdog).Result);
        Assert.Equal(default, Page);
    }

    [Fact]
    public void should_leave_what_the_engine_stopped_for_this_run_alone()
    {
        using (ControlFlag flag = Opened()) flag.Gate.StopSending(StopReasons.Disk, stop: true);
        _panel.Resume("");
        using ControlFlag after = _files.OpenFlag();
        Assert.Equal(StopReasons.Disk, after.Gate.Look().Sends & StopReasons.Disk);
    }

    [Fact]
    public void should_list_every_command_with_time_user_and_reason()
    {
        _panel.Halt("first\tone");
        _panel.Resume("second");
        string[] lines = File.ReadAllLines(_files.AuditPath);
        Assert.Equal(2, lines.Length);
        string[] cells = lines[0].Split('\t');
        Assert.Equal(4, cells.Length);
        Assert.Equal(("halt", "first one"), (cells[1], cells[3]));
        Assert.Contains($"process {Environment.ProcessId}", cells[2], StringComparison.Ordinal);
        Assert.Contains("uid ", cells[2], StringComparison.Ordinal);
        Assert.Equal(DateTime.UtcNow, DateTime.Parse(cells[0], null, System.Globalization.DateTimeStyles.RoundtripKind), TimeSpan.FromMinutes(1));
        Assert.Equal("resume", lines[1].Split('\t')[1]);
    }

    [Theory]
    [InlineData("control")]
    [InlineData("control/switch")]
    [InlineData("control/switch.flag")]
    [InlineData("control/switch.audit")]
    public void should_refuse_files_that_others_may_write(string name)
    {
        _panel.Halt("");
        string path = Path.Combine(_folder, name);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupWrite);
        IOException refusal = Assert.Throws<IOException>(() => _panel.Resume(""));
        Assert.Contains($"chmod go-w {path}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StopReasons.Person, Page.Sends);
    }

    [Fact]
    public void should_halt_even_where_others_may_write_and_say_what_mends_that()
    {
        _panel.Halt("");
        _panel.Resume("");
        File.SetUnixFileMode(_files.Folder, File.GetUnixFileMode(_files.Folder) | UnixFileMode.OtherWrite);
        ControlOutcome outcome = _panel.Halt("");
        Assert.Equal(ControlResult.NotDurable, outcome.Result);
        Assert.Contains($"chmod go-w {_files.Folder}", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(StopReasons.Person, Page.Sends);
    }

    [Fact]
    public void should_make_its_files_for_their_owner_alone()
    {
        _panel.Halt("");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        Assert.All(Directory.GetFiles(_files.Folder), file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others));
    }

    [Fact]
    public void should_halt_even_if_it_cannot_write_that_down()
    {
        _panel.Halt("");
        _panel.Resume("");
        File.Delete(_files.OrderPath);
        // A folder in its place: the rename fails.
        Directory.CreateDirectory(Path.Combine(_files.OrderPath, "in the way"));
        Assert.Equal(ControlResult.NotDurable, _panel.Halt("").Result);
        Assert.Equal(StopReasons.Person, Page.Sends);
    }

    [Fact]
    public void should_halt_at_once_while_another_command_writes()
    {
        using ControlFlag flag = Opened();
        using ControlTurn? turn = _files.TryTakeTurn(TimeSpan.Zero);
        Assert.NotNull(turn);
        Assert.Equal(ControlResult.NotDurable, _panel.Halt("").Result);
        Assert.Equal(ControlResult.Refused, _panel.Resume("").Result);
        Assert.False(flag.Gate.Look().Latched.MaySend);
    }

    [Fact]
    public void should_say_when_a_running_engine_does_not_answer()
    {
        _files.MakeFolder();
        using ControlFlag engine = ControlFlag.OpenForEngine(_files.FlagPath);
        ControlOutcome outcome = _panel.Halt("");
        Assert.Equal(ControlResult.NotConfirmed, outcome.Result);
        Assert.False(engine.Gate.Look().MaySend);
    }

    [Fact]
    public void should_steer_one_engine_at_a_time()
    {
        _files.MakeFolder();
        using (ControlFlag.OpenForEngine(_files.FlagPath))
        {
            IOException refusal = Assert.Throws<IOException>(() => ControlFlag.OpenForEngine(_files.FlagPath));
            Assert.Contains("[control] file of its own", refusal.Message, StringComparison.Ordinal);
        }

        ControlFlag.OpenForEngine(_files.FlagPath).Dispose();
    }

    [Fact]
    public void should_halt_by_a_page_of_garbage()
    {
        _files.MakeFolder();
        File.WriteAllText(_files.FlagPath, "garbage");
        using ControlFlag flag = _files.OpenFlag();
        Assert.Equal(StopReasons.ControlFile, flag.Gate.Look().Latched.Sends);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ControlFlag Opened()
    {
        _files.MakeFolder();
        return _files.OpenFlag();
    }
}
