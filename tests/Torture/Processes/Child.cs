using System.Diagnostics;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Torture.Processes;

/// <summary>One program of the run: in a session of its own, so that Ctrl-C reaches the runner alone; its output in a file.</summary>
internal sealed class Child : IDisposable
{
    public const int Continue = 18;
    public const int Pause = 19;
    public const int KilledStatus = 128 + ProcessSignal.Kill;

    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _logFile;

    private Child(string name, Process process, string logFile)
    {
        (Name, _process, _logFile) = (name, process, logFile);
        StartedNs = Stopwatch.GetTimestamp();
        _process.Start();
    }

    public string Name { get; }

    /// <summary>Monotonic ns.</summary>
    public long StartedNs { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>128 + the signal for one that was killed.</summary>
    public int Status => _process.ExitCode;

    /// <summary>Whether a signal holds it.</summary>
    public bool IsPaused
    {
        get
        {
            try
            {
                string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
                return stat[stat.LastIndexOf(')') + 2] == 'T';
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    public static Child Start(string program, string logFile, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        // Each of the two replaces itself by the next: the process id stays that of the program.
        ProcessStartInfo start = new("setsid") { ArgumentList = { "sh", "-c", "exec \"$0\" \"$@\" >>\"$TORTURE_LOG\" 2>&1 </dev/null", program } };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["TORTURE_LOG"] = logFile;
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new Child(Path.GetFileName(program), new Process { StartInfo = start }, logFile);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TortureFailedException">It did not end with 0.</exception>
    public static void RunToEnd(string program, string logFile, params string[] arguments)
    {
        using Child child = Start(program, logFile, arguments);
        child.End();
    }

    /// <summary>Waits for its orderly end.</summary>
    /// <exception cref="TortureFailedException">It ended otherwise, or not in time.</exception>
    public void End()
    {
        if (!_process.WaitForExit(EndMax)) throw Failure($"did not end within {EndMax.TotalSeconds} s");
        if (Status != 0) throw Failure($"ended with {Status}");
    }

    /// <summary>Asks it to stop and waits for its orderly end.</summary>
    /// <exception cref="TortureFailedException">As <see cref="End"/>.</exception>
    public void Stop()
    {
        Signal(ProcessSignal.Terminate);
        End();
    }

    public bool WaitForExit(int timeoutMs) => _process.WaitForExit(timeoutMs);

    public void Signal(int signal)
    {
        if (!_process.HasExited) ProcessSignal.Send(_process.Id, signal);
    }

    public void Kill()
    {
        Signal(ProcessSignal.Kill);
        _process.WaitForExit();
    }

    public TortureFailedException Failure(string what)
    {
        string tail = File.Exists(_logFile) ? string.Join('\n', File.ReadLines(_logFile).TakeLast(12)) : "";
        return new TortureFailedException($"{Name} {what}; the end of {_logFile}:\n{tail}");
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}

/// <summary>The run cannot go on: the message says which program, and why. A finding, unless the machine lacks something.</summary>
internal sealed class TortureFailedException(string message) : Exception(message);
