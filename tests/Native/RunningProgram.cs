using System.Diagnostics;
using System.Text;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Native;

/// <summary>One program, started by a test and stopped by its id, with everything it said. Every wait has an end.</summary>
internal sealed class RunningProgram : IDisposable
{
    public const int Interrupt = 2;
    public const int Continue = 18;
    public const int Pause = 19;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProgram(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        Name = Path.GetFileName(program);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it said so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts one of the published programs.</summary>
    public static RunningProgram Start(string program, params IEnumerable<string> arguments) => new(Published.PathOf(program), arguments);

    /// <summary>Starts one of them with more in its environment.</summary>
    public static RunningProgram StartIn(IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments) =>
        new(Published.PathOf(program), arguments, environment);

    /// <summary>Starts any program, a shell say.</summary>
    public static RunningProgram StartAny(string path, params IEnumerable<string> arguments) => new(path, arguments);

    /// <summary>Starts one of them in a network namespace; its process is the program's own.</summary>
    public static RunningProgram StartOn(string networkNamespace, string program, params IEnumerable<string> arguments) =>
        new("ip", ["netns", "exec", networkNamespace, Published.PathOf(program), .. arguments]);

    /// <summary>Starts any program and waits for its end.</summary>
    public static (int Status, string Output) RunToEnd(string path, params IEnumerable<string> arguments)
    {
        using RunningProgram program = new(path, arguments);
        return (program.WaitForExit(), program.Output);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit status.</returns>
    public int WaitForExit()
    {
        bool ended = _process.WaitForExit(WaitMax);
        if (!ended)
        {
            // It may have started others, which it ends itself when it is asked to stop.
            Signal(ProcessSignal.Terminate);
            _process.WaitForExit(WaitMax / 4);
        }

        Assert.True(ended, $"{Name} did not end within {WaitMax.TotalSeconds} s; it said:\n{Output}");
        // The second wait is for the rest of its output.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop (SIGTERM) and waits.</summary>
    public int Stop()
    {
        Signal(ProcessSignal.Terminate);
        return WaitForExit();
    }

    public void Kill()
    {
        Signal(ProcessSignal.Kill);
        WaitForExit();
    }

    public void Signal(int signal) => ProcessSignal.Send(Id, signal);

    public void WaitUntilItSays(string text) => WaitUntil(() => Output.Contains(text, StringComparison.Ordinal), $"say '{text}'");

    /// <summary>Waits for something this program should bring about.</summary>
    public void WaitUntil(Func<bool> done, string what)
    {
        long deadline = Environment.TickCount64 + (long)WaitMax.TotalMilliseconds;
        while (!done())
        {
            if (HasExited)
            {
                // Its last lines may still be on their way; not for ever, since a program that it started may hold the pipe.
                _process.WaitForExitAsync().Wait(WaitMax / 10);
                Assert.True(done(), $"{Name} ended before it could {what}; it said:\n{Output}");
                return;
            }

            Assert.True(Environment.TickCount64 < deadline, $"{Name} did not {what} within {WaitMax.TotalSeconds} s; it said:\n{Output}");
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) ProcessSignal.Send(_process.Id, ProcessSignal.Kill);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
