using MarketMaker.Platform.Files;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Platform.Control;

/// <summary>What became of a command.</summary>
public enum ControlResult
{
    /// <summary>It holds, and the running engine has seen it.</summary>
    Taken,

    /// <summary>It holds; no engine is running, and the next start obeys it.</summary>
    NoEngine,

    /// <summary>It holds and stops the sends, but the running engine has not said so in time: its watching thread may hang.</summary>
    NotConfirmed,

    /// <summary>Nothing was changed.</summary>
    Refused,

    /// <summary>The running engine obeys, but the command is not on the disk: a restart would not know of it.</summary>
    NotDurable,
}

/// <summary>A command's result, with a sentence for people.</summary>
public sealed record ControlOutcome(ControlResult Result, string Text);

/// <summary>How people command an engine: halt, only sales, go on. For the command line, the console and tools.</summary>
/// <remarks>
/// A halt stores the page's word first: from then on nothing is sent, whatever becomes of the rest. A resume does so last, when it is on
/// the disk. Who commands is the user of the process; that he may is the files' permission. Each command is one line of the list.
/// </remarks>
public sealed class ControlPanel(ControlFiles files, TimeSpan patience)
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(2);

    /// <summary>A panel for the switch whose order lies at a path.</summary>
    public ControlPanel(string orderPath) : this(new ControlFiles(orderPath), DefaultPatience) { }

    /// <summary>Stops all sends.</summary>
    /// <param name="reason">For the log and the list.</param>
    /// <exception cref="IOException">The files cannot be opened; the message says why. Nothing was changed.</exception>
    public ControlOutcome Halt(string reason) => Stop(new GateWord(StopReasons.Person, StopReasons.None), "halt", reason);

    /// <summary>Stops all buys and short sales.</summary>
    /// <param name="reason">For the log and the list.</param>
    /// <exception cref="IOException">The files cannot be opened; the message says why. Nothing was changed.</exception>
    public ControlOutcome Reduce(string reason) => Stop(new GateWord(StopReasons.None, StopReasons.Person), "reduce", reason);

    /// <summary>Lifts what persons and, if they are named, the engine's breakers have stopped.</summary>
    /// <param name="reason">For the log and the list.</param>
    /// <param name="causes">Breakers that a person has looked into: only those that are named are lifted.</param>
    /// <param name="reduceOnly">Goes on with sales alone.</param>
    /// <exception cref="IOException">The files cannot be opened; the message says why.</exception>
    public ControlOutcome Resume(string reason, StopReasons causes = StopReasons.None, bool reduceOnly = false)
    {
        using ControlFlag flag = Open();
        if (TryResume(flag, reason, causes, reduceOnly) is { } refused) return refused;
        return Confirm(flag, reduceOnly ? "resumed with sales alone" : "resumed");
    }

    private ControlOutcome? TryResume(ControlFlag flag, string reason, StopReasons causes, bool reduceOnly)
    {
        using ControlTurn? turn = files.TryTakeTurn(patience);
        if (turn is null) return new(ControlResult.Refused, $"another command holds {files.AuditPath}; nothing was changed: try again");
        GateWord latched = Held(flag);
        StopReasons unnamed = latched.Sends & StopReasonsExtensions.Breakers & ~causes;
        if (unnamed != StopReasons.None)
        {
            string named = string.Join(' ', unnamed.ToText().Split(", ").Select(cause => $"--cause {cause}"));
            return new(ControlResult.Refused, $"the engine halted itself: {unnamed.ToText()}; nothing was changed: look into it (deploy/RUNBOOK.md), then add {named}");
        }

        GateWord kept = new(StopReasons.None, reduceOnly ? StopReasons.Person : StopReasons.None);
        ControlOrder order = Sign(kept, reason);
        string lifted = (latched.Sends & causes).ToText();
        turn.Note((reduceOnly ? "resume, only sales" : "resume") + (lifted.Length > 0 ? $", lifted {lifted}" : ""), order);
        files.WriteOrder(order);
        // Sales alone before the halt goes: there must be no moment at which a buy may pass.
        flag.Gate.Change(kept, stop: true);
        // Only what was seen and named: a breaker that has spoken since then holds.
        flag.Gate.Change(new GateWord(latched.Word & ~kept.Word), stop: false);
        return null;
    }

    /// <summary>What the switch says now, without changing it.</summary>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public string Describe()
    {
        using ControlFlag flag = Open();
        return StateOf(Held(flag));
    }

    private ControlOutcome Stop(GateWord stops, string what, string reason)
    {
        files.MakeFolder();
        using ControlFlag flag = files.OpenFlag();
        // First of all: nothing is sent from here on, and not being allowed to trust the files is no reason against that.
        flag.Gate.Change(stops, stop: true);
        string done = what == "halt" ? "halted" : "only sales";
        if (files.WhyUntrusted() is { } why) return NotOnDisk(flag, done, why);
        try
        {
            using ControlTurn? turn = files.TryTakeTurn(patience);
            if (turn is null) return NotOnDisk(flag, done, $"another command holds {files.AuditPath}");
            ControlOrder order = Sign(Held(flag), reason);
            files.WriteOrder(order);
            turn.Note(what, order);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return NotOnDisk(flag, done, cause.Message);
        }

        // Not before the turn is given back: the engine takes it to look at the text.
        return Confirm(flag, done);
    }

    private static ControlOutcome NotOnDisk(ControlFlag flag, string done, string why)
    {
        flag.CountCommand();
        return new(ControlResult.NotDurable, $"{done}, but this is not on the disk: {why}; a restart would not know of it: mend that and give the command again");
    }

    /// <summary>
    /// What holds: the page's word and, while no engine keeps the two alike, also the text's, which may be newer than a page that a power cut took.
    /// </summary>
    private GateWord Held(ControlFlag flag)
    {
        ControlOrder? order = File.Exists(files.OrderPath) ? ControlOrder.Parse(File.ReadAllBytes(files.OrderPath), out _) : null;
        GateWord text = order?.Stops ?? new GateWord(File.Exists(files.OrderPath) ? StopReasons.ControlFile : StopReasons.None, StopReasons.None);
        return new GateWord(flag.Gate.Look().Latched.Word | text.Word);
    }

    private ControlFlag Open()
    {
        files.MakeFolder();
        if (files.WhyUntrusted() is { } why) throw new IOException(why);
        return files.OpenFlag();
    }

    private ControlOutcome Confirm(ControlFlag flag, string done)
    {
        long command = flag.CountCommand();
        if (!flag.IsEngineRunning()) return new(ControlResult.NoEngine, $"{done}; no engine is running, the next start obeys");
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (flag.Taken < command)
        {
            if (Environment.TickCount64 >= deadline)
                return new(ControlResult.NotConfirmed, $"{done}: every send looks at it; but the engine, process {flag.EngineProcessId}, has not said so within {patience.TotalSeconds:0.#} s: look at its log");
            Thread.Sleep(1);
        }

        return new(ControlResult.Taken, $"{done}; the engine, process {flag.EngineProcessId}, has taken it: {StateOf(flag.Gate.Look())}");
    }

    private static string StateOf(GateWord word) =>
        !word.MaySend ? $"nothing is sent ({word.Sends.ToText()})" : !word.MayBuy ? $"only sales ({word.Buys.ToText()} stopped the buys)" : "trading";

    private static ControlOrder Sign(GateWord stops, string reason) => new(stops) { Reason = ControlOrder.OneLine(reason), By = ControlIdentity.OfThisProcess, At = DateTime.UtcNow };
}

/// <summary>Who commands: user and process, as the kernel knows them.</summary>
public static class ControlIdentity
{
    private const string NoLogin = "4294967295";

    /// <summary>This process: its user, the user who logged in if that is another, its number.</summary>
    public static string OfThisProcess
    {
        get
        {
            uint user = FileGuard.UserId;
            // The kernel's audit keeps who logged in, also through su and sudo; no variable of the environment is believed.
            string login = TryRead("/proc/self/loginuid");
            string behind = login.Length == 0 || login == NoLogin || login == $"{user}" ? "" : $", logged in as uid {login}";
            return $"{Environment.UserName} (uid {user}{behind}), process {Environment.ProcessId}";
        }
    }

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim('\0', '\n', ' ');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
